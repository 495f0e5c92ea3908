/** `./lz test [NAME …]`: runs all usual parts, or those named, and ends with one line of counts. */
import { PARTS, add, runParts } from "./parts.ts";
import type { Part } from "./parts.ts";
import { NO_COUNTS } from "./step.ts";
import type { Counts } from "./step.ts";

/** @returns the exit code: 0 when nothing failed, 1 otherwise, 64 for an unknown name */
export async function runTests(names: readonly string[]): Promise<number> {
  if (names.includes("--help") || names.includes("-h")) return help(process.stdout, 0);
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`lz test: there is no part '${unknown}'\n\n`);
    return help(process.stderr, 64);
  }
  const { passed, failed, skipped } = await (names.length === 0 ? runUsual() : runNamed(names));
  process.stdout.write(
    `\n${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped\n`,
  );
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** Two lanes side by side: much of either is waiting, or work for one core. */
async function runUsual(): Promise<Counts> {
  const waiting = partsOf("usual").values();
  const first = runParts(partsOf("first"), "named");
  const besideIt = runParts(partsOf("beside the first"), "named");
  const lanes = [first, Promise.all([first, besideIt])].map(async (begun) => {
    await begun;
    return runLane(waiting);
  });
  return (await Promise.all([first, besideIt, ...lanes])).reduce(add);
}

/** Takes one part after the other of those that no other lane has taken. */
async function runLane(waiting: Iterator<Part, undefined>): Promise<Counts> {
  let counts = NO_COUNTS;
  for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
    counts = add(counts, await runParts([next.value], "named"));
  }
  return counts;
}

function partsOf(turn: Part["turn"]): readonly Part[] {
  return PARTS.filter((part) => part.turn === turn);
}

function runNamed(names: readonly string[]): Promise<Counts> {
  const named = PARTS.filter(({ name }) => names.includes(name));
  return runParts(named, "plain");
}

function help(stream: NodeJS.WriteStream, exitCode: number): number {
  const lines = PARTS.map(({ name, about, turn }) => {
    return `  ${name.padEnd(10)} ${about}${turn === "only when named" ? ` (${turn})` : ""}`;
  });
  stream.write(`Usage: ./lz test [PART …]\n\nParts:\n${lines.join("\n")}\n`);
  return exitCode;
}
