/** Synthetic records of any certificate type, for demonstrations, tests and load. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { NO_END } from "../../core/catalogue/coerce-cell.ts";
import { dateOfDay, dayOfDate } from "../../core/identifiers/calendar-date.ts";
import { isRegionWithin } from "../../core/identifiers/region.ts";
import type { DemoAgency } from "./demo-agencies.ts";
import { DEMO_AGENCIES } from "./demo-agencies.ts";
import type { Run } from "./field-values.ts";
import { mapValue } from "./field-values.ts";
import { createPrng } from "./prng.ts";

export interface SampleOptions {
  readonly count: number;
  readonly seed: string;
  /** YYYY-MM-DD: certificates begin to hold in the year up to this day. */
  readonly today: string;
  /** The issuer; one of the demonstration agencies in the type's region where it is left out. */
  readonly agency?: DemoAgency;
}

const TAG_CHARACTERS = Array.from("0123456789ABCDEFGHJKLMNPQRTUWXY");
const TAG_LENGTH = 6;

/**
 * Table rows, one cell of text per claim, that the type's validator accepts. Nobody is in them: see
 * `fictitious.ts`. The same options give the same rows; numbers and identifiers are unique in a run.
 */
export function* generateRecords(
  type: CertificateType,
  options: SampleOptions,
): Generator<Record<string, string>> {
  const run = startRun(type, options);
  for (let index = 0; index < options.count; index++) {
    const startDate = dateOfDay(dayOfDate(options.today) - run.prng.below(365));
    const scope = { run, index, startDate, people: new Map(), members: {} };
    const record = mapValue(type.schema, type.claims, scope);
    yield Object.fromEntries(Object.entries(record).map(([name, value]) => [name, toCell(value)]));
  }
}

function startRun(type: CertificateType, { count, seed, today, agency }: SampleOptions): Run {
  const prng = createPrng(`${type.code} ${seed}`);
  const tag = Array.from({ length: TAG_LENGTH }, () => prng.pick(TAG_CHARACTERS)).join("");
  const inRegion = DEMO_AGENCIES.filter(({ region }) => isRegionWithin(region, type.region));
  const issuer = agency ?? prng.pick(inRegion.length === 0 ? DEMO_AGENCIES : inRegion);
  return { type, count, today, agency: issuer, prng, tag, drawn: 0 };
}

/** The text that `coerceCell` turns back into the value. */
function toCell(value: unknown): string {
  if (value === null) return NO_END;
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const hasMaps = value.some((item) => typeof item === "object");
  return hasMaps ? JSON.stringify(value) : value.join(";");
}
