/** 8. Is it shown by its holder? */
import { equalBytes, fromHex } from "../../encoding/bytes.ts";
import type { P256PublicKey } from "../../hashing.ts";
import { trustedDocumentKeys } from "../../ledger/document-keys.ts";
import type { DocumentKey } from "../../ledger/state.ts";
import { isBearer } from "../../certificate/certificate-file.ts";
import type { Binding } from "../../presentation/binding.ts";
import { MAX_BINDING_SECONDS, MAX_DELEGATED_BINDING_SECONDS } from "../../presentation/binding.ts";
import type { Grant } from "../../presentation/grant.ts";
import { verifySign1 } from "../../presentation/cose.ts";
import type { Case } from "../case.ts";
import { knownUntil } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, notAsked, pass, prerequisite, unknown } from "../check.ts";
import { describeAge, unlessStale } from "../staleness.ts";
import { MAX_CLOCK_SKEW_SECONDS } from "./freshness.ts";

const DAY = 86_400;

export function checkHolder(it: Case): CheckOutcome {
  const { sign1, holderKey, binding } = it.shown.presentation ?? {};
  if (sign1 === undefined || holderKey === undefined) {
    return it.request.requiresHolder === true ? fail("HOLDER_PROOF_REQUIRED") : notAsked;
  }
  if (!verifySign1(it.primitives, holderKey, sign1)) return fail("SIGNATURE_INVALID");
  if (binding !== undefined) return checkBinding(it, holderKey, binding);
  if (it.provenHolder === null) return prerequisite;
  return isBearer(it.provenHolder) ? fail("HOLDER_MISMATCH") : pass;
}

function checkBinding(it: Case, holderKey: P256PublicKey, binding: Binding): CheckOutcome {
  const { key } = binding;
  if (!equalBytes(key.x, holderKey.x) || !equalBytes(key.y, holderKey.y)) {
    return fail("HOLDER_MISMATCH", "the binding is for another key");
  }
  const { agency, root, index } = it.shown.proof;
  if (binding.agency !== agency || !equalBytes(binding.root, root) || binding.index !== index) {
    return fail("BINDING_INVALID", "it is for another certificate");
  }
  if (it.request.now >= binding.expiresAt) return fail("BINDING_EXPIRED");
  if (binding.issuedAt > it.request.now + MAX_CLOCK_SKEW_SECONDS) {
    return fail("BINDING_INVALID", "it begins in the future");
  }
  const longest = longestLife(binding);
  if (binding.expiresAt - binding.issuedAt > longest) {
    return fail("BINDING_INVALID", `it lives longer than ${String(longest / DAY)} days`);
  }
  if (it.view === null) return unknown("CHAIN_STALE", describeAge(it));
  return unlessStale(it, checkBindingSignature(it, binding));
}

function longestLife({ grant }: Binding): number {
  return grant === undefined ? MAX_BINDING_SECONDS : MAX_DELEGATED_BINDING_SECONDS;
}

function checkBindingSignature(it: Case, binding: Binding): CheckOutcome {
  const keys = trustedDocumentKeys(it.agency, binding.issuedAt, knownUntil(it));
  const isSigned = keys.some((key) => {
    return verifySign1(it.primitives, publicKeyOf(key), binding.sign1, key.algorithm);
  });
  if (!isSigned) return fail("BINDING_INVALID", "no trusted key of the agency signed it");
  return binding.grant === undefined ? pass : checkGrant(it, binding.grant);
}

/** A delegate acts in the matters that were named, and in no other. */
function checkGrant({ request }: Case, { matters }: Grant): CheckOutcome {
  const asked = [request.purpose, request.serviceItem];
  const isNamed = asked.some((word) => word !== undefined && matters.includes(word));
  return isNamed ? pass : fail("GRANT_NOT_FOR_PURPOSE", `it is for ${matters.join(", ")}`);
}

/** The grant under which a delegate shows it, once the agency's word for it is proven. */
export function provenGrant({ shown }: Case, holder: CheckOutcome): Grant | null {
  const isProven =
    holder.result === "pass" || ("code" in holder && holder.code === "GRANT_NOT_FOR_PURPOSE");
  return isProven ? (shown.presentation?.binding?.grant ?? null) : null;
}

function publicKeyOf({ x, y }: DocumentKey): P256PublicKey {
  return { x: fromHex(x.slice(2)) as Uint8Array, y: fromHex(y.slice(2)) as Uint8Array };
}
