/** `./lz bench`: what is claimed of speed, measured beside the peers. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { integer } from "../src/cli/terminal/options.ts";
import { drawGrowth } from "./growth-plot.ts";
import { benchIssuing } from "./issue-bench.ts";
import type { IssueBench } from "./issue-bench.ts";
import { benchPages } from "./pages.ts";
import { machineName, print } from "./report.ts";
import { benchVerifying } from "./verify-bench.ts";

const RECORDS = 1_000_000;
const QUICK_RECORDS = 10_000;
const PICTURE = join(import.meta.dirname, "..", "dist", "issuing-growth.svg");

export function benchCommand(): Command {
  const command = new Command("bench").description("Measure, beside the peers\n性能测量");
  command
    .command("issue")
    .description(
      "Issue many certificates end to end on a local chain, and say where the time goes\n签发性能",
    )
    .option("--records <n>", "certificates end to end (default: a million)", integer)
    .option(
      "--quick",
      "a glance in under a minute: 10,000 certificates, short rounds, without the peers that wrap documents",
    )
    .option("--large", "ten million too; that takes minutes, and some 12 GB of disk")
    .option("--strict", "exit code 1 where a target is missed")
    .option(
      "--picture <file>",
      "where it draws how the cost grows (SVG), with the figures in FILE.json (default: dist/issuing-growth.svg; none with --quick)",
    )
    .option("--json", "end with one line of JSON instead of a table")
    .addHelpText("after", NOTES)
    .action(benchIssue);
  command
    .command("verify")
    .description("Verify certificates: the judge alone, over HTTP, in batches\n核验性能")
    .option("--quick", "a glance in about a minute: short rounds, without the peers")
    .option("--strict", "exit code 1 where a target is missed")
    .option("--json", "end with one line of JSON instead of a table")
    .addHelpText("after", VERIFY_NOTES)
    .action(benchVerify);
  command
    .command("pages")
    .description(
      "The pages in a real browser: size, a slow network, codes renewed, verdicts a second, accessibility\n页面性能",
    )
    .option("--quick", "a glance: fewer rounds, a smaller trust pack")
    .option("--strict", "exit code 1 where a target is missed")
    .option("--json", "end with one line of JSON instead of a table")
    .addHelpText("after", PAGES_NOTES)
    .action(benchInPages);
  return command;
}

const NOTES = `
It starts a chain of its own, writes tables of synthetic records and issues them by ./lz issue. Peers are installed
once, into .toolchain/bench-peers/. Times are of the processor where nothing else is said, so that other work on the
machine falls on all alike; targets of a million certificates are judged from a million on.

Examples:
  ./lz bench issue --quick
  ./lz bench issue --large --strict --picture docs/pictures/issuing-growth.svg`;

const VERIFY_NOTES = `
It starts a chain of its own, issues a batch and asks a service that lz serve started, as a counter with an API key. The
load comes from a process of its own on the same machine. The limit is a bare Koa handler that reads the same body and
answers as many bytes; it takes turns with the service. Peers are installed once, into .toolchain/bench-peers/. Times are
of the processor where nothing else is said.

Examples:
  ./lz bench verify --quick
  ./lz bench verify --strict --json`;

const PAGES_NOTES = `
It builds the pages, serves them from a service of its own and opens them in Debian's Chromium, which is installed where
it is missing. Slow 3G is 400 kbit/s with 400 ms for each request, as WebPageTest has it; a slow phone is this machine
with its processor slowed four times.

Examples:
  ./lz bench pages --quick
  ./lz bench pages --strict --json`;

interface BenchIssueOptions {
  readonly records?: number;
  readonly quick?: true;
  readonly large?: true;
  readonly strict?: true;
  readonly picture?: string;
  readonly json?: true;
}

async function benchIssue(options: BenchIssueOptions): Promise<void> {
  const isQuick = options.quick === true;
  const bench = await benchIssuing({
    isQuick,
    records: options.records ?? (isQuick ? QUICK_RECORDS : RECORDS),
    isLarge: options.large === true,
    say,
  });
  const { rows } = bench;
  print({ machine: machineName(), rows }, options.json === true);
  const picture = options.picture ?? (isQuick ? null : PICTURE);
  if (picture !== null) await draw(picture, bench);
  if (options.strict === true && rows.some(({ met }) => met === false)) process.exitCode = 1;
}

interface BenchVerifyOptions {
  readonly quick?: true;
  readonly strict?: true;
  readonly json?: true;
}

async function benchVerify(options: BenchVerifyOptions): Promise<void> {
  const rows = await benchVerifying({ isQuick: options.quick === true, say });
  print({ machine: machineName(), rows }, options.json === true);
  if (options.strict === true && rows.some(({ met }) => met === false)) process.exitCode = 1;
}

interface BenchPagesOptions {
  readonly quick?: true;
  readonly strict?: true;
  readonly json?: true;
}

async function benchInPages(options: BenchPagesOptions): Promise<void> {
  const rows = await benchPages({ isQuick: options.quick === true });
  print({ machine: machineName(), rows }, options.json === true);
  if (options.strict === true && rows.some(({ met }) => met === false)) process.exitCode = 1;
}

function say(step: string): void {
  process.stderr.write(`· ${step}\n`);
}

async function draw(file: string, { growth }: IssueBench): Promise<void> {
  const machine = machineName();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, drawGrowth(growth, machine));
  await writeFile(`${file}.json`, `${JSON.stringify({ machine, growth }, null, 2)}\n`);
  say(`how the cost grows is drawn in ${file}`);
}
