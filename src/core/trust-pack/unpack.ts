/** Turns trust packs back into a ledger view, on which the judge says what it would say on the followed one. */
import { FormatError, malformed } from "../encoding/format-error.ts";
import type { Anchor, BatchStatuses, LedgerState } from "../ledger/state.ts";
import { batchKey, emptyLedger } from "../ledger/state.ts";
import { Problem } from "../problem.ts";
import type { LedgerView } from "../verify/case.ts";
import { unpackBatches } from "./batches.ts";
import { rulesByRegion } from "./governance.ts";
import { parsePlace } from "./place.ts";
import type { PackPlace } from "./place.ts";
import type { Selection } from "./selection.ts";
import { coverageOf } from "./selection.ts";
import { unpackStatuses, withChangesSince } from "./statuses.ts";
import type { TrustPack } from "./trust-pack.ts";

/** What a device holds of a service's packs. */
export interface HeldTrust {
  readonly view: LedgerView;
  readonly selection: Selection;
  /** To ask for what came after it. */
  readonly place: string;
}

/**
 * @param before what is held so far, to which a pack that is not whole is added; it stays as it was
 * @throws Problem TRUST_PACK_INVALID, or TRUST_PACK_OUT_OF_STEP where the pack goes on from another one
 */
export function unpackTrust(pack: TrustPack, before: HeldTrust | null): HeldTrust {
  const { after, selection, place, block, asOf, pending } = pack.head;
  const held = after === null ? null : before;
  if (after !== null && held?.place !== after) {
    throw new Problem("TRUST_PACK_OUT_OF_STEP", "it goes on from another pack");
  }
  try {
    const state = stateOf(pack, held);
    const coverage = coverageOf(state, selection);
    const view = { state, block, asOf, pending: new Set(pending), coverage };
    return { view, selection, place };
  } catch (error) {
    if (error instanceof FormatError) throw new Problem("TRUST_PACK_INVALID", error.message, error);
    throw error;
  }
}

function stateOf({ head, content }: TrustPack, held: HeldTrust | null): LedgerState {
  const { identity, sequence, logHead } = head;
  const governance = content.governance ?? held?.view.state;
  if (governance === undefined) throw malformed("pack.content.governance", "it is missing");
  const { agencies, operators, types, rules, groups, freezes } = governance;
  const anchors = anchorsOf(content, placeOf(head.place), held);
  return {
    ...{ ...emptyLedger(identity), agencies, operators, types, rules, groups, freezes },
    anchors: new Map(anchors.map((anchor) => [keyOf(anchor), anchor])),
    statuses: statusesOf(content, anchors, held),
    rulesOf: rulesByRegion({ rules }),
    sequences: head.sequences,
    sequence,
    head: logHead,
  };
}

function placeOf(text: string): PackPlace {
  const place = parsePlace(text);
  if (place === null) throw malformed("pack.head.place", "it can't be read");
  return place;
}

/** Those that are new, each at its place among those that were held. */
function anchorsOf(
  { batches }: TrustPack["content"],
  { batches: total }: PackPlace,
  held: HeldTrust | null,
): Anchor[] {
  const before = held?.view.state.anchors.values() ?? [].values();
  const anchors: Anchor[] = [];
  for (const { ordinal, anchor } of unpackBatches(batches)) {
    while (anchors.length < ordinal) anchors.push(taken(before));
    anchors.push(anchor);
  }
  anchors.push(...before);
  if (anchors.length !== total) throw malformed("pack.content.batches", "not as many as it says");
  return anchors;
}

function taken(anchors: IterableIterator<Anchor>): Anchor {
  const next = anchors.next();
  if (next.done === true) throw malformed("pack.content.batches", "one is missing");
  return next.value;
}

function statusesOf(
  content: TrustPack["content"],
  anchors: readonly Anchor[],
  held: HeldTrust | null,
): Map<string, BatchStatuses> {
  const all = new Map(held?.view.state.statuses);
  const since = held === null ? 0 : placeOf(held.place).time;
  for (const { ordinal, statuses } of unpackStatuses(content.statuses)) {
    const anchor = anchors[ordinal];
    if (anchor === undefined) throw malformed("pack.content.statuses", "of a batch not there");
    const key = keyOf(anchor);
    all.set(key, withChangesSince(all.get(key), statuses, since));
  }
  return all;
}

function keyOf({ agency, root }: Anchor): string {
  return batchKey(agency, root);
}
