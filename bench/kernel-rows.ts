/** The hashing kernel beside the limit and the peers. */
import { hashRows } from "./hash-rows.ts";
import { pipelineRows } from "./pipeline-rows.ts";
import type { Row } from "./report.ts";
import { treeRows } from "./tree-rows.ts";

/** @param isQuick whether a glance is enough: shorter rounds, fewer of them, a tree over fewer leaves */
export async function kernelRows(isQuick: boolean): Promise<Row[]> {
  const timing = isQuick ? { rounds: 3, milliseconds: 20 } : { rounds: 15, milliseconds: 100 };
  const [leaves, rounds] = isQuick ? [100_000, 1] : [1_000_000, 3];
  const chunks = isQuick ? 20 : 100;
  return [
    ...(await hashRows(1, 64, timing)),
    ...(await hashRows(1, 100, timing)),
    ...(await hashRows(2, 64, timing)),
    ...(await hashRows(2, 100, timing)),
    ...(await treeRows(leaves, rounds)),
    ...(await pipelineRows(chunks, 5)),
  ];
}
