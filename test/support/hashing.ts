/** Hashes a source as `lz issue` does, into a store in memory. */
import type { HashOrder, HashTools, HashedRecords } from "../../src/app/issue/hash-records.ts";
import { hashRecords } from "../../src/app/issue/hash-records.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { IssuedCertificate } from "../../src/ports/issued.ts";
import type { RecordSource } from "../../src/ports/record-source.ts";
import type { OpenIssuingWorkers } from "../../src/ports/issuing-workers.ts";
import { SHANGHAI, TODAY, operationType } from "./good-rows.ts";
import { IntakeInMemory, workersInProcess } from "./intake-in-memory.ts";
import { IDENTITY } from "./ledger-story.ts";

export const primitives = await loadPrimitives();
export const type = await operationType();

export interface Fault {
  readonly line: number;
  readonly column: string;
  readonly code: string;
}

export interface Hashing {
  readonly intake: IntakeInMemory;
  readonly faults: Fault[];
  /** Begins at once; rejects where `hashRecords` does. */
  readonly hashed: Promise<HashedRecords>;
}

export interface HashingOptions extends Partial<HashOrder>, Partial<Omit<HashTools, "source">> {
  readonly intake?: IntakeInMemory;
  readonly openWorkers?: OpenIssuingWorkers;
}

/** Faults are skipped if nothing else is said. The source is closed at the end. */
export function hashing(source: RecordSource, options: HashingOptions = {}): Hashing {
  const order: HashOrder = {
    ...{ type, agency: SHANGHAI.code, suite: 1, today: TODAY, skipInvalid: true },
    ...{ batchSize: 4096, isPadded: false, ...options },
  };
  const intake = options.intake ?? new IntakeInMemory(order.suite);
  const faults: Fault[] = [];
  const report: HashTools["faults"] = {
    write: (line, { field, code }, column = field) => faults.push({ line, column, code }),
    close: async () => (faults.length === 0 ? null : "errors.csv"),
  };
  const tools: HashTools = {
    ...{ faults: report, job: "J-1", identity: IDENTITY, primitives },
    ...{ openWorkers: workersInProcess, ...options, source },
  };
  const hashed = hashRecords(order, tools, intake).finally(() => source.close());
  return { intake, faults, hashed };
}

export function certificatesIn(intake: IntakeInMemory): IssuedCertificate[] {
  return intake.batches.flatMap((_, ordinal) => intake.certificates(ordinal));
}

export function claimsIn({ claims }: IssuedCertificate): Readonly<Record<string, unknown>> {
  return Object.fromEntries(claims.map(({ name, value }) => [name, value]));
}
