/**
 * A million hostile things: codes and files to the judge, requests to the service.
 *
 *     node test/faults/hostile-run.ts [--shown 900000] [--requests 100000] [--seed WORD]
 *
 * Ends with 1 when anything altered was accepted, anything broke, or the slowest hundredth took over 50 ms.
 */
import { parseArgs } from "node:util";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { judgeHostile } from "./hostile/judge-hostile.ts";
import type { HostileResult } from "./hostile/judge-hostile.ts";
import { postHostile } from "./hostile/post-hostile.ts";

const { values: options } = parseArgs({
  options: {
    shown: { type: "string", default: "900000" },
    requests: { type: "string", default: "100000" },
    seed: { type: "string", default: new Date().toISOString() },
  },
});
const LONGEST_P99 = 50;
const SHOWN_WRONG = 20;

const primitives = await loadPrimitives();
const results = {
  "codes and files": judgeHostile(primitives, Number(options.shown), options.seed),
  requests: await postHostile(primitives, Number(options.requests), options.seed),
};

let bad = 0;
for (const [what, result] of Object.entries(results)) {
  say(what, result);
  bad += result.wrong.length + (result.p99 > LONGEST_P99 ? 1 : 0);
}
const all = Object.values(results).reduce((sum, { shown }) => sum + shown, 0);
process.stdout.write(`hostile: ${String(all - bad)} refused or harmless, ${String(bad)} not\n`);
process.exit(bad === 0 ? 0 : 1);

function say(what: string, { shown, verdicts, wrong, p99, longest }: HostileResult): void {
  const figures = { shown, verdicts, p99, longest: Math.round(longest) };
  process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
  for (const line of wrong.slice(0, SHOWN_WRONG)) process.stdout.write(`  ${line}\n`);
}
