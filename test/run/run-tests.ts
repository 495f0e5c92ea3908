/** `./lz test [NAME …]`: runs all usual parts, or those named, and ends with one line of counts. */
import { NO_COUNTS } from "./step.ts";
import { PARTS, add, runPart } from "./parts.ts";
import type { Part } from "./parts.ts";

/** @returns the exit code: 0 when nothing failed, 1 otherwise, 64 for an unknown name */
export async function runTests(names: readonly string[]): Promise<number> {
  if (names.includes("--help") || names.includes("-h")) return help(process.stdout, 0);
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`lz test: there is no part '${unknown}'\n\n`);
    return help(process.stderr, 64);
  }
  let counts = NO_COUNTS;
  for (const part of chosen(names)) counts = add(counts, await runPart(part));
  const { passed, failed, skipped } = counts;
  process.stdout.write(
    `\n${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped\n`,
  );
  return failed === 0 && passed > 0 ? 0 : 1;
}

function chosen(names: readonly string[]): readonly Part[] {
  return PARTS.filter(({ name, isUsual }) => (names.length === 0 ? isUsual : names.includes(name)));
}

function help(stream: NodeJS.WriteStream, exitCode: number): number {
  const lines = PARTS.map(({ name, about, isUsual }) => {
    return `  ${name.padEnd(10)} ${about}${isUsual ? "" : " (only when named)"}`;
  });
  stream.write(`Usage: ./lz test [PART …]\n\nParts:\n${lines.join("\n")}\n`);
  return exitCode;
}
