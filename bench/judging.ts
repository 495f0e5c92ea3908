/**
 * How fast the judge is, alone: one core, no network, beside what the signatures in it cost.
 *
 *     node bench/judging.ts [--rounds N] [--milliseconds N] [--peers] [--json]
 */
import { parseArgs } from "node:util";
import { JUDGE_PEERS, judgeRows } from "./judge-rows.ts";
import { machineName, print } from "./report.ts";

const { rounds, milliseconds, peers, json } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    milliseconds: { type: "string", default: "400" },
    peers: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
}).values;

const timing = { rounds: Number(rounds), milliseconds: Number(milliseconds) };
const rows = await judgeRows(timing, peers ? JUDGE_PEERS : [], (step) => {
  process.stderr.write(`· ${step}\n`);
});
print({ machine: machineName(), rows }, json);
