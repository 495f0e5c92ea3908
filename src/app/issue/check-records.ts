/** The records of a source, checked on threads and let through the quality gate. */
import type { RecordSource } from "../../ports/record-source.ts";
import type { IssuedNumbers, JobSecrets } from "../../ports/agency-store.ts";
import type {
  CheckedRecords,
  IssuingWorkers,
  OpenIssuingWorkers,
  RecordBlock,
} from "../../ports/issuing-workers.ts";
import { inOrder } from "./in-order.ts";
import type { Field } from "./mapping.ts";
import { fieldsOf } from "./mapping.ts";
import { QualityGate } from "./quality-gate.ts";
import type { GateOrder, GateTools, PassedRecords } from "./quality-gate.ts";

/** A thread works on one task while the next waits for it. */
export const TASKS_PER_THREAD = 2;

export interface CheckTools extends GateTools {
  readonly source: RecordSource;
  readonly issued?: Pick<IssuedNumbers, "hasAny" | "find" | "key">;
  readonly openWorkers: OpenIssuingWorkers;
}

/** What an order would come to. */
export interface RecordCounts {
  readonly valid: number;
  readonly invalid: number;
  /** How many would take the place of certificates issued before. */
  readonly replacing: number;
  /** Null where there was no fault. */
  readonly errorFile: string | null;
}

/** Nothing is written but the error file. @throws Problem COLUMN_…, SOURCE_…, RECORDS_INVALID past maxErrors. */
export async function checkRecords(order: GateOrder, tools: CheckTools): Promise<RecordCounts> {
  const { source, mapping = null } = { ...order, ...tools };
  return countRecords(order, fieldsOf(order.type, source, mapping), tools);
}

/** The same, whatever columns there are. */
export async function countRecords(
  order: GateOrder,
  fields: readonly Field[],
  tools: CheckTools,
): Promise<RecordCounts> {
  const gate = new QualityGate(order, fields, tools);
  // Nothing is sealed; digests are compared with each other and with what was issued.
  const key = new Uint8Array(32);
  const secrets = { suite: 1, pageKey: key, numberKey: tools.issued?.key ?? key } as const;
  const workers = openFor(order, tools, secrets);
  try {
    for await (const _ of passedRecords(gate, tools.source, workers));
    const { valid, invalid, replacing } = gate;
    return { valid, invalid, replacing, errorFile: await gate.close() };
  } finally {
    await workers.close();
  }
}

export function openFor(
  { type, today, mapping = null, ...order }: GateOrder,
  { source, openWorkers }: CheckTools,
  secrets: JobSecrets,
): IssuingWorkers {
  const { columns, text = null } = source;
  const form = text && { encoding: text.encoding, separator: text.separator };
  return openWorkers({
    type,
    agency: order.agency ?? null,
    today,
    mapping,
    columns,
    text: form,
    secrets,
  });
}

export async function* passedRecords(
  gate: QualityGate,
  source: RecordSource,
  workers: IssuingWorkers,
): AsyncGenerator<PassedRecords> {
  let before = 0;
  for await (const checked of checkedBlocks(source, workers)) {
    requireText(checked, source, before);
    yield await gate.pass(checked, before);
    before += checked.lineCount;
  }
}

interface CheckedBlock extends CheckedRecords {
  /** Where it begins in the source, in bytes. */
  readonly position: number;
}

function checkedBlocks(
  source: RecordSource,
  workers: IssuingWorkers,
): AsyncGenerator<CheckedBlock> {
  const blocks: AsyncIterable<RecordBlock> = source.text?.blocks() ?? source.pages();
  const check = async (block: RecordBlock): Promise<CheckedBlock> => {
    const position = "position" in block ? block.position : 0;
    return { ...(await workers.check(block)), position };
  };
  return inOrder(blocks, check, TASKS_PER_THREAD * workers.threads);
}

function requireText(
  { fault, position }: CheckedBlock,
  { text }: RecordSource,
  before: number,
): void {
  if (fault === null || text === undefined) return;
  const at = fault.position === null ? null : position + fault.position;
  throw text.problemOf({ ...fault, line: before + fault.line, position: at });
}
