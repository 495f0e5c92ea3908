/** What of a ledger somebody needs: a region's counters, one type, or whoever looks at one batch. */
import { ancestryOf, isRegionWithin } from "../identifiers/region.ts";
import type { Coverage } from "../ledger/coverage.ts";
import type { Agency, Anchor, LedgerState, RuleRecord } from "../ledger/state.ts";
import { batchKey } from "../ledger/state.ts";
import type { Governance } from "./governance.ts";

/** Null where nothing is said: every region, every type, every batch. */
export interface Selection {
  /** Of the counters: what they, those above and those below them may be shown and could accept. */
  readonly region: string | null;
  readonly type: string | null;
  readonly batch: { readonly agency: string; readonly root: string } | null;
}

/** @param knownBefore only rules recorded before that time count: what was covered then */
export function coverageOf(
  state: LedgerState,
  { region, type, batch }: Selection,
  knownBefore = Infinity,
): Coverage {
  const key = batch === null ? null : batchKey(batch.agency, batch.root);
  const without = region === null ? [] : unrecognised(state, region, type, knownBefore);
  return { without: new Set(without), type, batch: key };
}

export function isSelected({ without, type, batch }: Coverage, anchor: Anchor): boolean {
  if (batch !== null) return batchKey(anchor.agency, anchor.root) === batch;
  return (type === null || anchor.type === type) && !without.has(anchor.agency);
}

/** Agencies that no rule, of whatever effect or time, makes a matter for the region. */
function unrecognised(
  state: LedgerState,
  region: string,
  type: string | null,
  knownBefore: number,
): string[] {
  const concerned = new Set<string>();
  for (const { rule, recordedAt } of state.rules.values()) {
    const isAboutType = type === null || rule.type === null || rule.type === type;
    const isMade = recordedAt < knownBefore && isRelated(rule.recognising, region);
    if (isMade && isAboutType) {
      for (const one of issuersOf(state, rule, knownBefore)) concerned.add(one);
    }
  }
  const others = [...state.agencies.values()].filter((agency) => {
    const isConcerned = ancestryOf(agency.region).some((one) => concerned.has(one));
    return !isConcerned && !isRelated(agency.region, region);
  });
  return others.map(({ code }) => code);
}

/** One above the other, or the same. */
function isRelated(a: string, b: string): boolean {
  return isRegionWithin(a, b) || isRegionWithin(b, a);
}

function issuersOf(
  state: LedgerState,
  { group, recognised }: RuleRecord["rule"],
  knownBefore = Infinity,
): readonly string[] {
  if (group === null) return [recognised];
  const definitions = state.groups.get(group) ?? [];
  return definitions.flatMap(({ recordedAt, regions }) =>
    recordedAt < knownBefore ? regions : [],
  );
}

/** For one batch, what a verdict on it can come to; everything otherwise, which is small beside batches. */
export function governanceFor(state: LedgerState, { batch }: Selection): Governance {
  if (batch === null) return state;
  const anchor = state.anchors.get(batchKey(batch.agency, batch.root));
  const agency = state.agencies.get(batch.agency);
  const rules = new Map(
    [...state.rules].filter(([, record]) => {
      return agency !== undefined && mayDecide(state, record, agency, anchor);
    }),
  );
  const groups = new Set([...rules.values()].map(({ rule }) => rule.group));
  return {
    agencies: agency === undefined ? new Map<string, Agency>() : lineOf(state, agency),
    operators: picked(state.operators, [anchor?.operator]),
    types: picked(state.types, [anchor?.type]),
    rules,
    groups: picked(state.groups, [...groups]),
    freezes: state.freezes,
  };
}

function mayDecide(
  state: LedgerState,
  { rule }: RuleRecord,
  { region }: Agency,
  anchor: Anchor | undefined,
): boolean {
  if (rule.type !== null && rule.type !== anchor?.type) return false;
  return issuersOf(state, rule).some((issuers) => isRegionWithin(region, issuers));
}

/** The agency with all that go on with its work, one after another. */
function lineOf(state: LedgerState, agency: Agency): Map<string, Agency> {
  const line = new Map<string, Agency>();
  let next: Agency | undefined = agency;
  while (next !== undefined && !line.has(next.code)) {
    line.set(next.code, next);
    next = state.agencies.get(next.successor?.agency ?? "");
  }
  return line;
}

function picked<T>(
  map: ReadonlyMap<string, T>,
  keys: readonly (string | null | undefined)[],
): Map<string, T> {
  return new Map([...map].filter(([key]) => keys.includes(key)));
}
