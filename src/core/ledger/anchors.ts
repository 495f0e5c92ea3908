/** Which batches exist, folded from BatchAnchor's events, and the head that no one can leave one out of. */
import { concatBytes, fromHex, toHex } from "../encoding/bytes.ts";
import type { Hash } from "../hashing.ts";
import { entitlementOf } from "./agencies.ts";
import type { BatchAnchored, Positioned } from "./events.ts";
import type { Anchor, LedgerState } from "./state.ts";
import { batchKey } from "./state.ts";
import { distrustedSince } from "./trust.ts";

/** keccak256("liangzheng/batch-anchor/1"), as in BatchAnchor.sol. */
const DOMAIN_TEXT = "liangzheng/batch-anchor/1";
const WORD_BYTES = 32;

/** A root anchored again by the same agency changes nothing: the first record stands. */
export function applyAnchor(state: LedgerState, event: Positioned<BatchAnchored>): void {
  const key = batchKey(event.agency, event.root);
  state.sequence = event.sequence;
  state.head = event.head;
  if (state.anchors.has(key)) return;
  const entitlement = entitlementOf(state, event.operator, event.agency, event.type, event.time);
  const isPublished = state.types.get(event.type)?.versions.has(event.schemaVersion) === true;
  const assurance = isPublished && entitlement !== null ? entitlement.assurance : null;
  state.anchors.set(key, { ...event, assurance });
}

export function findAnchor(state: LedgerState, agency: string, root: string): Anchor | undefined {
  return state.anchors.get(batchKey(agency, root));
}

/** Whether its operator's key was known by then to be stolen when it anchored. */
export function isDistrusted(state: LedgerState, anchor: Anchor, asKnownAt = Infinity): boolean {
  const trust = state.operators.get(anchor.operator)?.trust ?? [];
  const since = distrustedSince(trust, asKnownAt);
  return since !== null && anchor.time >= since;
}

/** The contract that anchors in the ledger's present generation. */
function anchorContract({ identity, freezes }: LedgerState): string {
  return identity.predecessors[freezes.length]?.anchor ?? identity.anchor;
}

/**
 * The head after the next anchor, head_k = keccak256(abi.encode(DOMAIN, chainid, contract, k, agency, root,
 * type, schemaVersion, size, suite, time, manifestHash, head_{k−1})): 13 words of 32 bytes (protocol, 7).
 */
export function nextHead(keccak256: Hash, state: LedgerState, event: BatchAnchored): string {
  const { identity, head } = state;
  const words = [
    ...[keccak256(new TextEncoder().encode(DOMAIN_TEXT)), uintWord(identity.chainId)],
    ...[hexWord(anchorContract(state)), uintWord(event.sequence), textWord(event.agency)],
    ...[hexWord(event.root), textWord(event.type), uintWord(event.schemaVersion)],
    ...[uintWord(event.size), uintWord(event.suite), uintWord(event.time)],
    ...[hexWord(event.manifestHash), hexWord(head)],
  ];
  return `0x${toHex(keccak256(concatBytes(...words)))}`;
}

function uintWord(value: number): Uint8Array {
  return fromHex(value.toString(16).padStart(2 * WORD_BYTES, "0")) as Uint8Array;
}

/** Addresses and bytes32: right-aligned when shorter, as abi.encode does with an address. */
function hexWord(hex: string): Uint8Array {
  return fromHex(hex.slice(2).padStart(2 * WORD_BYTES, "0")) as Uint8Array;
}

/** bytes18 and bytes21: left-aligned. */
function textWord(text: string): Uint8Array {
  const word = new Uint8Array(WORD_BYTES);
  word.set(new TextEncoder().encode(text));
  return word;
}
