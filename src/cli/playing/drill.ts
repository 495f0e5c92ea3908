import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { KeyCompromise } from "./drill-key-compromise.ts";
import type { DrillReport, VerifierReport } from "./drill-report.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { integer } from "../terminal/options.ts";
import { untilInterrupted } from "../terminal/until-interrupted.ts";

export function drillCommand(): Command {
  const command = new Command("drill").description(
    "Rehearse what must work on the worst day, on a chain of its own\n演练",
  );
  command
    .command("key-compromise")
    .description(
      "A thief issues with an operator's key: how long until every verifier says no?\n密钥失窃演练",
    )
    .option("--verifiers <n>", "how many verifiers run, 1 to 16", verifierCount, 3)
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(drillKeyCompromise);
  return command;
}

const NOTES = `
Everything is real: a local chain, processes that answer over HTTP, files and keys in a temporary folder that is
removed at the end. Your own chain and settings are not touched. Exit code: 0 every verifier rejected the forgery
within 2 s of the block and none refused a good certificate; 1 otherwise.

Example:
  ./lz drill key-compromise --verifiers 3
Next: ./lz agency operator distrust --help, for the real day`;

const MOST_VERIFIERS = 16;

function verifierCount(text: string): number {
  const count = integer(text);
  if (count >= 1 && count <= MOST_VERIFIERS) return count;
  throw new InvalidArgumentError(`1 to ${String(MOST_VERIFIERS)} expected.`);
}

interface DrillOptions {
  readonly verifiers: number;
  readonly json?: true;
}

/** What a shell gives a command that Ctrl-C ended before its work was done. */
const INTERRUPTED = 130;

async function drillKeyCompromise(options: DrillOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const folder = await mkdtemp(join(tmpdir(), "liangzheng-drill-"));
  const drill = new KeyCompromise(output, folder);
  try {
    const interrupted = untilInterrupted().then(() => null);
    const report = await Promise.race([drill.play(options.verifiers), interrupted]);
    if (report !== null) sayReport(output, report);
    process.exitCode = exitOf(report);
  } finally {
    await drill.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function exitOf(report: DrillReport | null): number {
  if (report === null) return INTERRUPTED;
  return report.isMet ? 0 : 1;
}

function sayReport(output: Output, report: DrillReport): void {
  const { slowestMs, targetMs, isMet, verifiers, history } = report;
  for (const { recordedAt, words } of history) {
    output.say(`   ${recordedAt}  ${words.zh}\n${" ".repeat(25)}${words.en}`);
  }
  output.say("");
  output.table(HEADER, verifiers.map(rowOf));
  const slowest = slowestMs === null ? "never" : `${String(slowestMs)} ms`;
  output.say(
    `${isMet ? "✓ 达标" : "✗ 未达标"} From the block until the last verifier said no: ${slowest} (target: under ${String(targetMs)} ms).`,
  );
  output.result(report);
}

const HEADER = [
  "verifier 核验服务",
  "rejected after 用时",
  "forgery 伪造证照",
  "certificates from before 此前证照",
  "once lifted 解除后",
];

function rowOf(report: VerifierReport): string[] {
  const { server, rejectedAfterMs, forged, goodAccepted, goodRefused, lifted } = report;
  const after = rejectedAfterMs === null ? "never" : `${String(rejectedAfterMs)} ms`;
  const good = `accepted ${String(goodAccepted)}, refused ${String(goodRefused)}`;
  return [server, after, forged, good, lifted];
}
