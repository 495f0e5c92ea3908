/**
 * What there is on the ledger, in numbers for everyone to see (公开目录): agencies by province, types, what was
 * anchored when, and what became of it. No certificate is named.
 */
import { dateOfDay } from "../core/identifiers/calendar-date.ts";
import { NATIONAL } from "../core/identifiers/region.ts";
import type { AgencyStatus } from "../core/ledger/events.ts";
import type { Anchor, BatchStatuses, LedgerState, RuleRecord } from "../core/ledger/state.ts";
import { batchKey } from "../core/ledger/state.ts";
import { ACTIVE, STATUS_NAMES, recordedStatus, statusName } from "../core/ledger/statuses.ts";
import { ledgerVersion } from "../core/ledger/version.ts";
import type { Words } from "../core/words.ts";
import { regionWords } from "./answer.ts";

export interface Overview {
  readonly totals: OverviewTotals;
  /** By province, in the order of their codes; only those that have an agency. */
  readonly regions: readonly RegionAgencies[];
  /** Every type that was published: those with the most certificates first. */
  readonly types: readonly TypeCertificates[];
  /** Every month in which something was anchored, Beijing time, the oldest first. */
  readonly months: readonly Anchored[];
  /** The same by day, for the last days up to the newest block. */
  readonly days: readonly Anchored[];
}

export interface OverviewTotals {
  readonly agencies: number;
  readonly types: number;
  readonly batches: number;
  readonly certificates: number;
  /** Rules of recognition that nobody has ended. */
  readonly rules: number;
}

export interface RegionAgencies extends Readonly<Record<AgencyStatus, number>> {
  /** A province's code, or 0 for agencies of the whole country. */
  readonly region: string;
  readonly regionName: Words;
}

/** How many certificates stand in which status, by the status's name, as recorded last. */
export type StatusCounts = Readonly<Record<string, number>>;

export interface TypeCertificates {
  readonly type: string;
  readonly name: Words;
  readonly batches: number;
  readonly certificates: number;
  readonly statuses: StatusCounts;
  /** Rules of recognition that name this type, and that nobody has ended. */
  readonly rules: number;
}

export interface Anchored {
  /** `2026-03` or `2026-03-14`. */
  readonly period: string;
  readonly batches: number;
  readonly certificates: number;
}

/** How many days are told one by one. */
export const OVERVIEW_DAYS = 31;
const DAY_SECONDS = 86_400;
const BEIJING_OFFSET_SECONDS = 8 * 3600;

interface Kept {
  readonly version: string;
  readonly overview: Overview;
}

/** Counted once for all who look before the ledger grows. */
const kept = new WeakMap<LedgerState, Kept>();

/** @param now the time of the newest block, in seconds since 1970: where the days end */
export function overviewOf(state: LedgerState, now: number): Overview {
  const version = `${ledgerVersion(state)}/${String(dayOf(now))}`;
  const known = kept.get(state);
  if (known?.version === version) return known.overview;
  const overview = countAll(state, dayOf(now));
  kept.set(state, { version, overview });
  return overview;
}

function countAll(state: LedgerState, today: number): Overview {
  const types = new Map([...state.types.keys()].map((code) => [code, new TypeCount()]));
  const days = new Map<number, Count>();
  for (const anchor of state.anchors.values()) {
    const statuses = state.statuses.get(batchKey(anchor.agency, anchor.root));
    entryOf(types, anchor.type, () => new TypeCount()).add(anchor, statuses);
    entryOf(days, dayOf(anchor.position.time), () => new Count()).add(anchor);
  }
  return {
    totals: totalsOf(state, days.values()),
    regions: countAgencies(state),
    types: [...types].map(([code, count]) => count.told(state, code)).sort(byCertificates),
    months: monthsOf(days),
    days: lastDays(days, today),
  };
}

class Count {
  batches = 0;
  certificates = 0;

  add({ size }: Pick<Anchor, "size">): void {
    this.batches++;
    this.certificates += size;
  }
}

class TypeCount {
  readonly #count = new Count();
  readonly #statuses = new Map<number, number>();

  add({ size }: Anchor, statuses: BatchStatuses | undefined): void {
    this.#count.add({ size });
    for (const [status, certificates] of countStatuses(size, statuses)) {
      this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + certificates);
    }
  }

  told(state: LedgerState, type: string): TypeCertificates {
    const { batches, certificates } = this.#count;
    const statuses = Object.fromEntries([...STATUS_NAMES.values()].map(({ name }) => [name, 0]));
    for (const [status, count] of this.#statuses) {
      const { name } = statusName(status);
      statuses[name] = (statuses[name] ?? 0) + count;
    }
    const rules = rulesInForce(state).filter(({ rule }) => rule.type === type).length;
    return { type, name: nameOf(state, type), batches, certificates, statuses, rules };
  }
}

/** What was counted of a batch, for as long as no change of it comes. */
interface CountedBatch {
  readonly changes: number;
  readonly counts: ReadonlyMap<number, number>;
}
const counted = new WeakMap<BatchStatuses, CountedBatch>();

/** A batch's own status comes before those of its certificates. */
function countStatuses(
  size: number,
  statuses: BatchStatuses | undefined,
): ReadonlyMap<number, number> {
  if (statuses === undefined) return new Map([[ACTIVE, size]]);
  const whole = recordedStatus(statuses.whole);
  if (whole !== ACTIVE) return new Map([[whole, size]]);
  const changes = statuses.certificates.count;
  const known = counted.get(statuses);
  if (known?.changes === changes) return known.counts;
  const counts = countCertificates(size, statuses);
  counted.set(statuses, { changes, counts });
  return counts;
}

function countCertificates(size: number, { certificates }: BatchStatuses): Map<number, number> {
  const counts = new Map([[ACTIVE, size]]);
  const add = (status: number, by: number) => counts.set(status, (counts.get(status) ?? 0) + by);
  for (const [, changes] of certificates.all()) {
    add(recordedStatus(changes), 1);
    add(ACTIVE, -1);
  }
  return counts;
}

function nameOf({ types }: LedgerState, code: string): Words {
  const latest = [...(types.get(code)?.versions.values() ?? [])].at(-1);
  return latest === undefined ? { zh: code, en: code } : { zh: latest.name, en: latest.nameEn };
}

function byCertificates(a: TypeCertificates, b: TypeCertificates): number {
  return b.certificates - a.certificates || a.type.localeCompare(b.type);
}

function totalsOf(state: LedgerState, days: Iterable<Count>): OverviewTotals {
  const { agencies, types, anchors } = state;
  const certificates = [...days].reduce((sum, day) => sum + day.certificates, 0);
  const batches = anchors.size;
  return {
    ...{ agencies: agencies.size, types: types.size, batches, certificates },
    rules: rulesInForce(state).length,
  };
}

function rulesInForce({ rules }: LedgerState): RuleRecord[] {
  return [...rules.values()].filter(({ endedAt }) => endedAt === null);
}

function countAgencies({ agencies }: LedgerState): RegionAgencies[] {
  const regions = new Map<string, Record<AgencyStatus, number>>();
  for (const { region, status } of agencies.values()) {
    const none = () => ({ active: 0, suspended: 0, closed: 0 });
    entryOf(regions, provinceOf(region), none)[status]++;
  }
  const told = [...regions].map(([region, counts]) => {
    return { region, regionName: regionWords(region), ...counts };
  });
  return told.sort((a, b) => a.region.localeCompare(b.region));
}

function provinceOf(region: string): string {
  return region === NATIONAL ? NATIONAL : `${region.slice(0, 2)}0000`;
}

/** Days since 1970, Beijing time. */
function dayOf(seconds: number): number {
  return Math.floor((seconds + BEIJING_OFFSET_SECONDS) / DAY_SECONDS);
}

function monthsOf(days: ReadonlyMap<number, Count>): Anchored[] {
  const months = new Map<string, Anchored>();
  for (const [day, { batches, certificates }] of days) {
    const period = dateOfDay(day).slice(0, "2026-03".length);
    const month = entryOf(months, period, () => ({ period, batches: 0, certificates: 0 }));
    const more = certificates + month.certificates;
    months.set(period, { period, batches: batches + month.batches, certificates: more });
  }
  return [...months.values()].sort((a, b) => a.period.localeCompare(b.period));
}

/** Every one of them, also where nothing was anchored. */
function lastDays(days: ReadonlyMap<number, Count>, today: number): Anchored[] {
  return Array.from({ length: OVERVIEW_DAYS }, (_, i) => {
    const day = today - OVERVIEW_DAYS + 1 + i;
    const { batches, certificates } = days.get(day) ?? new Count();
    return { period: dateOfDay(day), batches, certificates };
  });
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
