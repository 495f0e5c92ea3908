/** Makes a trust pack of a ledger view: whole, or what came after the pack that somebody has. */
import type { Primitives } from "../hashing.ts";
import type { Coverage } from "../ledger/coverage.ts";
import type { Anchor, LedgerState } from "../ledger/state.ts";
import { batchKey } from "../ledger/state.ts";
import { governanceVersion } from "../ledger/version.ts";
import type { LedgerView } from "../verify/case.ts";
import type { PlacedAnchor } from "./batches.ts";
import { packBatches } from "./batches.ts";
import type { PackPlace } from "./place.ts";
import { formatPlace, parsePlace } from "./place.ts";
import type { Selection } from "./selection.ts";
import { coverageOf, governanceFor, isSelected } from "./selection.ts";
import { StatusPacker } from "./statuses.ts";
import type { PackHead } from "./trust-pack.ts";
import { encodeContent } from "./trust-pack.ts";

/** A pack before it is signed. */
export interface PackedTrust {
  readonly head: Omit<PackHead, "form" | "keyId">;
  readonly content: Uint8Array;
  /** How many batches are held with it. */
  readonly batches: number;
}

/** @param after the place of the pack before; one that doesn't fit gives a whole pack */
export function packTrust(
  view: LedgerView,
  selection: Selection,
  after: string | null,
  { sha256 }: Pick<Primitives, "sha256">,
): PackedTrust {
  const { state } = view;
  const coverage = coverageOf(state, selection);
  const selected = selectedOf(state, coverage);
  const base = after === null ? null : baseOf(state, selection, selected, parsePlace(after));
  const isKnown = base !== null && hasGovernance(base, state, selection, selected.length);
  const content = encodeContent({
    governance: isKnown ? null : governanceFor(state, selection),
    batches: packBatches(selected.filter(({ anchor }) => base?.has(anchor) !== true)),
    statuses: packStatuses(state, selected, base),
  });
  const contentHash = sha256(content);
  const unfinished = { after: base === null ? null : after, batches: selected.length, contentHash };
  return { head: headOf(view, selection, coverage, unfinished), content, batches: selected.length };
}

/** The same content, as it is confirmed by now. */
export function withAge({ head, content, batches }: PackedTrust, view: LedgerView): PackedTrust {
  const { after, contentHash, selection } = head;
  const coverage = coverageOf(view.state, selection);
  const renewed = headOf(view, selection, coverage, { after, batches, contentHash });
  return { head: renewed, content, batches };
}

function headOf(
  { state, block, asOf, pending }: LedgerView,
  selection: Selection,
  coverage: Coverage,
  rest: Pick<PackHead, "after" | "contentHash"> & Pick<PackPlace, "batches">,
): PackedTrust["head"] {
  const { identity, sequence, head, sequences } = state;
  const { chainId, directory } = identity;
  const { batches, after, contentHash } = rest;
  const governance = governanceVersion(state);
  const at = { block: block.number, time: block.time, governance, batches, selection };
  return {
    identity,
    selection,
    block,
    asOf,
    pending: [...pending].filter((key) => coverage.batch === null || coverage.batch === key).sort(),
    sequence,
    logHead: head,
    sequences: { ...sequences },
    after,
    place: formatPlace({ chainId, directory, ...at }),
    contentHash,
  };
}

function selectedOf(state: LedgerState, coverage: Coverage): PlacedAnchor[] {
  const anchors = coverage.batch === null ? state.anchors.values() : oneOf(state, coverage.batch);
  const selected: PlacedAnchor[] = [];
  for (const anchor of anchors) {
    if (isSelected(coverage, anchor)) selected.push({ ordinal: selected.length, anchor });
  }
  return selected;
}

function oneOf({ anchors }: LedgerState, key: string): Anchor[] {
  const anchor = anchors.get(key);
  return anchor === undefined ? [] : [anchor];
}

/** What the holder of a pack has. */
interface Base {
  readonly governance: string;
  readonly batches: number;
  /** The time of the last block that he has all of. */
  readonly time: number;
  has(anchor: Anchor): boolean;
}

/** Null where the place is another ledger's, another selection's, or what he has can't be told any more. */
function baseOf(
  state: LedgerState,
  selection: Selection,
  selected: readonly PlacedAnchor[],
  place: PackPlace | null,
): Base | null {
  if (place === null || !isOf(state, selection, place)) return null;
  const { time, block, governance, batches } = place;
  const coverage = coverageOf(state, selection, time);
  const has = (anchor: Anchor) => anchor.position.block <= block && isSelected(coverage, anchor);
  const had = selected.filter(({ anchor }) => has(anchor)).length;
  return had === batches ? { governance, batches, time, has } : null;
}

/** What goes with one batch is known only once the batch is. */
function hasGovernance(
  base: Base,
  state: LedgerState,
  { batch }: Selection,
  batches: number,
): boolean {
  const isComplete = batch === null || base.batches === batches;
  return isComplete && base.governance === governanceVersion(state);
}

function isOf({ identity }: LedgerState, selection: Selection, place: PackPlace): boolean {
  const { chainId, directory } = identity;
  const isLedgers = place.chainId === chainId && place.directory === directory;
  return isLedgers && JSON.stringify(place.selection) === JSON.stringify(selection);
}

function packStatuses(
  state: LedgerState,
  selected: readonly PlacedAnchor[],
  base: Base | null,
): ReturnType<StatusPacker["columns"]> {
  const packer = new StatusPacker();
  for (const { ordinal, anchor } of selected) {
    const statuses = state.statuses.get(batchKey(anchor.agency, anchor.root));
    const since = base?.has(anchor) === true ? base.time : -Infinity;
    if (statuses !== undefined) packer.add({ ordinal, statuses }, since);
  }
  return packer.columns();
}
