/** What is kept of a verification: pseudonyms, names and codes, nothing that says who or what. */
import { encodeCbor } from "../../core/encoding/cbor.ts";
import { fromHex, toHex } from "../../core/encoding/bytes.ts";
import type { Primitives } from "../../core/hashing.ts";
import { batchKey } from "../../core/ledger/state.ts";
import type { Proof } from "../../core/presentation/proof.ts";
import { codesOf, hasPassed, resultLetters } from "../../core/uses/check-results.ts";
import { PSEUDONYM_BYTES } from "../../core/uses/entry.ts";
import { shownDigest } from "../../core/uses/shown-digest.ts";
import type { Use, UsePosition, UseQuestion } from "../../core/uses/use.ts";
import type { CounterRequest, LedgerView } from "../../core/verify/case.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { Judged } from "../verify-presentation.ts";
import type { UseFacts } from "./use-recorder.ts";

const utf8 = new TextEncoder();

export interface UseTools {
  readonly primitives: Pick<Primitives, "sha256">;
  readonly keys: Pick<ServiceKeys, "pseudonym">;
}

export function useOf({ primitives, keys }: UseTools, facts: UseFacts): Use {
  const { caller, judged, given, mode, useCause, claims } = facts;
  const { verdict, request } = judged;
  const results = resultLetters(verdict.checks);
  return {
    at: request.now,
    mode,
    certificate: pseudonymIn(keys, judged, results),
    shown: shownDigest(primitives.sha256, given),
    client: caller.client?.id ?? null,
    cause: useCause === null ? null : causePseudonym(keys, useCause),
    isByDelegate: (verdict.certificate?.delegate ?? null) !== null,
    claims,
    question: questionOf(request, caller.client !== null),
    verdict: verdict.verdict,
    results,
    codes: codesOf(verdict.checks),
    position: positionOf(judged),
  };
}

/** Of what names a certificate but is not proven to be it, nothing is said that its holder would find. */
function pseudonymIn(
  keys: UseTools["keys"],
  { verdict }: Judged,
  results: string,
): Uint8Array | null {
  const { certificate } = verdict;
  if (certificate === null || !hasPassed(results, "integrity")) return null;
  return certificatePseudonym(keys, certificate.proof);
}

/** The same for every use of a certificate, and nothing to whoever has not the service's key. */
export function certificatePseudonym(
  keys: UseTools["keys"],
  { agency, root, index }: Pick<Proof, "agency" | "root" | "index">,
): Uint8Array {
  const bytes = encodeCbor([agency, root, index]);
  return keys.pseudonym("use certificate", bytes).slice(0, PSEUDONYM_BYTES);
}

/** Whoever has the words, as the counter's own record does, can ask the service whether they are these. */
export function causePseudonym(keys: UseTools["keys"], useCause: string): Uint8Array {
  return keys.pseudonym("use cause", utf8.encode(useCause)).slice(0, PSEUDONYM_BYTES);
}

/** Texts that just anyone wrote are not kept: there may be a name in them, and no receipt needs them. */
function questionOf(request: CounterRequest, isClient: boolean): UseQuestion {
  const { at = null, shownAt = null, asKnownAt = null, region = null, maxLedgerAge } = request;
  const { requiresHolder = false, isReplayed = false } = request;
  const { purpose = null, serviceItem = null, audience = null, nonce = null } = request;
  const { requiredClaims = [] } = request;
  const texts = isClient
    ? { purpose, serviceItem, audience, nonce, requiredClaims }
    : { purpose: null, serviceItem: null, audience: null, nonce: null, requiredClaims: [] };
  const flags = { requiresHolder, isReplayed };
  return { at, shownAt, asKnownAt, region, ...texts, ...flags, maxLedgerAge };
}

function positionOf({ verdict, view }: Judged): UsePosition | null {
  if (view === null) return null;
  const { block, asOf, pending } = view;
  const proof = verdict.certificate?.proof;
  const isPending = proof !== undefined && pending.size > 0 && pending.has(keyOf(proof));
  return { block: block.number, hash: hashOf(block), asOf, isPending };
}

function keyOf({ agency, root }: Pick<Proof, "agency" | "root">): string {
  return batchKey(agency, `0x${toHex(root)}`);
}

/** Thousands of uses rest on one block. */
const hashes = new WeakMap<LedgerView["block"], Uint8Array>();

function hashOf(block: LedgerView["block"]): Uint8Array {
  const hash = hashes.get(block) ?? fromHex(block.hash.slice(2)) ?? new Uint8Array();
  hashes.set(block, hash);
  return hash;
}
