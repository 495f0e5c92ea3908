/**
 * How fast certificates are hashed, beside the limit and the peers in one run.
 *
 *     node bench/hashing.ts [--json] [--quick]
 */
import { parseArgs } from "node:util";
import { kernelRows } from "./kernel-rows.ts";
import { machineName, print } from "./report.ts";

const options = {
  json: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
} as const;
const { json, quick } = parseArgs({ options }).values;

print({ machine: machineName(), rows: await kernelRows(quick) }, json);
