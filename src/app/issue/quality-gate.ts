/**
 * The quality gate (质检): lets records through that were found right and whose numbers are new, reports every
 * fault of the others, and at the end it is said whether what passed may be issued.
 */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { Mapping } from "../../core/catalogue/mapping.ts";
import { recordFault } from "../../core/catalogue/record-fault.ts";
import { decodeCbor } from "../../core/encoding/cbor.ts";
import { claimValueFromCbor } from "../../core/encoding/claim-value.ts";
import { Problem } from "../../core/problem.ts";
import type { IssuedPlace } from "../../ports/issued.ts";
import type { Progress } from "../../ports/progress.ts";
import type { FaultReport, RecordSource } from "../../ports/record-source.ts";
import type { IssuedNumbers } from "../../ports/agency-store.ts";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";
import type {
  CheckedRecords,
  ColumnFault,
  FaultyRecord,
  FlatRecords,
} from "../../ports/issuing-workers.ts";
import { DigestSet, NUMBER_DIGEST_WORDS } from "./digest-set.ts";
import type { FaultTally } from "./fault-tally.ts";
import type { RecordRun } from "./flat-runs.ts";
import { claimAt } from "./flat-runs.ts";
import type { Field } from "./mapping.ts";
import { claimNames, fault, numberText, placedFault } from "./record-reader.ts";

export interface GateOrder {
  readonly type: CertificateType;
  /** The code of the agency that issues; absent where nobody does yet. */
  readonly agency?: string;
  /** Null where the columns are named as the claims are. */
  readonly mapping?: Mapping | null;
  /** Issue the valid records although others are not. */
  readonly skipInvalid: boolean;
  /** Give up once more records than that are at fault; null for never. */
  readonly maxErrors?: number | null;
  /** Reissue what was issued before with the same number, and mark that superseded. */
  readonly supersede?: boolean;
  /** YYYY-MM-DD in Beijing. */
  readonly today: string;
}

export interface GateTools {
  readonly source: Pick<RecordSource, "name">;
  readonly faults: FaultReport;
  /** What stops nothing, but is to be looked at. */
  readonly warnings?: FaultTally;
  /** What the agency issued before; absent where nobody keeps it. */
  readonly issued?: Pick<IssuedNumbers, "hasAny" | "find">;
  /** The job that the records are for, whose own numbers were not issued before. */
  readonly job?: string;
  readonly progress?: Progress;
}

export interface PassedRecords {
  readonly runs: readonly RecordRun[];
  /** Certificates issued before whose place they take. */
  readonly replaced: readonly IssuedPlace[];
}

export class QualityGate {
  readonly #order: GateOrder;
  readonly #tools: GateTools;
  readonly #fields: readonly Field[];
  /** The certificate numbers seen so far. */
  readonly #numbers = new DigestSet();
  /** The place of the number's claim among the type's. */
  readonly #numberName: number;
  #valid = 0;
  #invalid = 0;
  #replacing = 0;

  constructor(order: GateOrder, fields: readonly Field[], tools: GateTools) {
    this.#order = order;
    this.#fields = fields;
    this.#tools = tools;
    this.#numberName = claimNames(order.type).indexOf(order.type.numberClaim);
  }

  get valid(): number {
    return this.#valid;
  }

  get invalid(): number {
    return this.#invalid;
  }

  /** How many take the place of a certificate issued before. */
  get replacing(): number {
    return this.#replacing;
  }

  /**
   * @param before how many lines of the source came before
   * @throws Problem RECORDS_INVALID once too many are at fault
   */
  async pass(checked: CheckedRecords, before: number): Promise<PassedRecords> {
    const { valid, lines, digests, faulty } = checked;
    const issued = await this.#issuedBefore(digests);
    const refused = new FaultyInOrder(faulty, await this.#issuedBefore(digestsOf(faulty)));
    const runs = new RunGatherer(valid, digests);
    const replaced: IssuedPlace[] = [];
    const words = wordsOf(digests);
    const leftOut = new Set<number>();
    for (let i = 0; i < valid.count; i++) {
      const line = lines[i] as number;
      if (refused.isDue(line)) {
        for (const each of refused.before(line)) await this.#refuseFaulty(each, before);
      }
      const place = issued?.[i] ?? null;
      const found = this.#numberFaults(place, words, i * NUMBER_DIGEST_WORDS);
      if (found.length === 0) {
        if (place !== null) replaced.push(place);
        continue;
      }
      runs.leaveOut(i);
      leftOut.add(i);
      await this.#refuse(before + line, this.#placed(found, this.#numberIn(valid, i)));
    }
    for (const each of refused.before(Infinity)) await this.#refuseFaulty(each, before);
    this.#warn(checked, leftOut, before);
    return this.#passed({ runs: runs.end(), replaced });
  }

  /** Closes the error file. @returns where it is, null where there was no fault. */
  async close(): Promise<string | null> {
    return this.#tools.faults.close();
  }

  /** Closes the error file. @throws Problem RECORDS_INVALID, SOURCE_EMPTY */
  async requireIssuable(): Promise<string | null> {
    const file = await this.close();
    const { skipInvalid } = this.#order;
    if (this.#invalid > 0 && (!skipInvalid || this.#valid === 0)) {
      const counts = `${String(this.#invalid)} of ${String(this.#valid + this.#invalid)} records`;
      throw new Problem("RECORDS_INVALID", `${counts}; see ${file ?? this.#tools.source.name}`);
    }
    if (this.#valid === 0) throw new Problem("SOURCE_EMPTY", this.#tools.source.name);
    return file;
  }

  #passed(passed: PassedRecords): PassedRecords {
    for (const { from, to } of passed.runs) this.#valid += to - from;
    this.#replacing += passed.replaced.length;
    this.#tools.progress?.("records", this.#valid + this.#invalid, null);
    return passed;
  }

  /** Of records that pass and name another issuer: some agencies issue for others, and may. */
  #warn({ otherIssuers, lines }: CheckedRecords, leftOut: Set<number>, before: number): void {
    for (const { claim, issuer, places } of otherIssuers) {
      const passed = places.filter((place) => !leftOut.has(place));
      if (passed.length === 0) continue;
      const found = { code: "OTHER_ISSUER", severity: "warning" } as const;
      const said = { ...recordFault(this.#order.type, claim, found, ""), value: issuer };
      const { column, fault: placed } = placedFault(said, this.#fields);
      const at = passed.map((place) => before + (lines[place] as number));
      this.#tools.warnings?.addAll(at, placed, column);
    }
  }

  /** Null where nothing was ever issued. */
  async #issuedBefore(digests: Uint8Array): Promise<readonly (IssuedPlace | null)[] | null> {
    const { issued, job = null } = this.#tools;
    if (issued === undefined || digests.length === 0 || !(await issued.hasAny())) return null;
    return issued.find(digests, job);
  }

  #numberFaults(
    place: IssuedPlace | null,
    digests: Uint32Array,
    at: number,
  ): readonly NumberFault[] {
    const isNew = this.#numbers.add(digests, at);
    if (isNew && place === null) return NO_FAULTS;
    const faults: NumberFault[] = isNew ? [] : ["NUMBER_DOUBLED"];
    if (place !== null && this.#order.supersede !== true) faults.push("NUMBER_ISSUED");
    return faults;
  }

  #placed(codes: readonly NumberFault[], number: string): ColumnFault[] {
    const { type } = this.#order;
    return codes.map((code) => {
      return placedFault(fault(type, type.numberClaim, code, number), this.#fields);
    });
  }

  #numberIn(records: FlatRecords, place: number): string {
    const { numberClaim } = this.#order.type;
    const cbor = decodeCbor(claimAt(records, place, this.#numberName));
    return numberText(claimValueFromCbor(cbor, numberClaim)) as string;
  }

  async #refuseFaulty({ record, place }: FaultyWithPlace, before: number): Promise<void> {
    const { line, faults, number } = record;
    const more =
      number === null
        ? []
        : this.#placed(this.#numberFaults(place, wordsOf(number.digest), 0), number.text);
    await this.#refuse(before + line, [...faults, ...more]);
  }

  async #refuse(line: number, faults: readonly ColumnFault[]): Promise<void> {
    for (const { fault: each, column } of faults) this.#tools.faults.write(line, each, column);
    this.#invalid++;
    const { maxErrors = null } = this.#order;
    if (maxErrors === null || this.#invalid <= maxErrors) return;
    const file = await this.close();
    const where = `more than ${String(maxErrors)} by line ${String(line)}`;
    throw new Problem("RECORDS_INVALID", `${where}; see ${file ?? this.#tools.source.name}`);
  }
}

/** Each digest lies in a buffer from its beginning on, or after others: where a word may begin. */
function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT);
}

type NumberFault = "NUMBER_DOUBLED" | "NUMBER_ISSUED";

const NO_FAULTS: readonly NumberFault[] = [];

interface FaultyWithPlace {
  readonly record: FaultyRecord;
  readonly place: IssuedPlace | null;
}

function digestsOf(records: readonly FaultyRecord[]): Uint8Array {
  const digests = records.flatMap(({ number }) => (number === null ? [] : [number.digest]));
  const all = new Uint8Array(digests.length * NUMBER_DIGEST_BYTES);
  digests.forEach((digest, i) => {
    all.set(digest, i * NUMBER_DIGEST_BYTES);
  });
  return all;
}

/** Gives records at fault when their lines have come. */
class FaultyInOrder {
  readonly #records: readonly FaultyRecord[];
  /** One for each that has a number; null where none was issued. */
  readonly #places: readonly (IssuedPlace | null)[] | null;
  #next = 0;
  #numbered = 0;

  constructor(records: readonly FaultyRecord[], places: readonly (IssuedPlace | null)[] | null) {
    this.#records = records;
    this.#places = places;
  }

  /** Whether there are any before a line. */
  isDue(line: number): boolean {
    const record = this.#records[this.#next];
    return record !== undefined && record.line < line;
  }

  *before(line: number): Generator<FaultyWithPlace> {
    for (let record; (record = this.#records[this.#next]) !== undefined; this.#next++) {
      if (record.line >= line) return;
      const place = record.number === null ? null : (this.#places?.[this.#numbered++] ?? null);
      yield { record, place };
    }
  }
}

/** Of some records the runs that are left when some are left out. */
class RunGatherer {
  readonly #records: FlatRecords;
  readonly #digests: Uint8Array;
  readonly #runs: RecordRun[] = [];
  #from = 0;

  constructor(records: FlatRecords, digests: Uint8Array) {
    this.#records = records;
    this.#digests = digests;
  }

  leaveOut(place: number): void {
    this.#endAt(place);
    this.#from = place + 1;
  }

  end(): readonly RecordRun[] {
    this.#endAt(this.#records.count);
    const last = this.#runs.pop();
    return last === undefined ? [] : [...this.#runs, { ...last, isLast: true }];
  }

  #endAt(to: number): void {
    const from = this.#from;
    if (to > from) this.#runs.push({ records: this.#records, digests: this.#digests, from, to });
  }
}
