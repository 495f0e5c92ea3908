/**
 * How fast certificates are hashed, beside the limit and the peers in one run.
 *
 *     node bench/hashing.ts [--json] [--quick]
 */
import { parseArgs } from "node:util";
import { hashRows } from "./hash-rows.ts";
import { pipelineRows } from "./pipeline-rows.ts";
import { machineName, print } from "./report.ts";
import type { Row } from "./report.ts";
import { treeRows } from "./tree-rows.ts";

const options = {
  json: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
} as const;
const { json, quick } = parseArgs({ options }).values;

const timing = quick ? { rounds: 5, milliseconds: 40 } : { rounds: 15, milliseconds: 100 };
const [leaves, rounds] = quick ? [100_000, 2] : [1_000_000, 3];
const chunks = quick ? 20 : 100;

print({ machine: machineName(), rows: await allRows() }, json);

async function allRows(): Promise<Row[]> {
  return [
    ...(await hashRows(1, 64, timing)),
    ...(await hashRows(1, 100, timing)),
    ...(await hashRows(2, 64, timing)),
    ...(await hashRows(2, 100, timing)),
    ...(await treeRows(leaves, rounds)),
    ...(await pipelineRows(chunks, 5)),
  ];
}
