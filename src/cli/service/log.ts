/** The log of uses (用证记录): is it still what was written, what is in it, and how far is it on the chain? */
import { Command } from "commander";
import { loadSettings } from "../../config.ts";
import { USE_FINDINGS } from "../../core/uses/findings.ts";
import type { UseFinding } from "../../core/uses/findings.ts";
import { listUses } from "../../app/uses/uses-desk.ts";
import { addUseLog, anchorNow, checkUses, withServiceStore } from "../../main/use-log-commands.ts";
import type { CheckedUseLog, UseLogCheckFlags, UseLogFlags } from "../../main/use-log-commands.ts";
import { address, collect, instant, integer } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";

export function logCommand(): Command {
  const command = new Command("log").description(
    "The log of uses: check it, read it, anchor it\n用证记录：核对、查看、上链",
  );
  addCheck(command);
  addShow(command);
  addAnchor(command);
  addDeploy(command);
  return command;
}

interface JsonOption {
  readonly json?: true;
}

function withStore(command: Command): Command {
  return command
    .option(
      "--service-store <place>",
      "the service's store or a copy of it: a file or postgres://… (default: LZ_SERVICE_STORE, or service.sqlite in LZ_HOME)",
    )
    .option("--json", "end with one line of JSON instead of words");
}

function withContract(command: Command): Command {
  return command
    .option("--rpc <url>", "JSON-RPC address of the chain (default: as configured)")
    .option(
      "--use-log <address>",
      "the contract that logs are anchored in (default: as configured)",
      address,
    )
    .option("--key <file>", "key of the account that anchors (default: keys/use-log.key)");
}

const CHECK_NOTES = `
Reads every line, sees that each follows from the one before it, and compares with what was anchored on the chain. It finds
lines that were edited, taken out or moved, an end that was cut off, and whole strands that are gone; also where all
hashes were made anew to hide it, up to the last anchor. Lines after that one can be hidden so until the next.
Exit code: 0 all is well, 1 something is wrong.

Examples:
  ./lz log check
  ./lz log check --service-store copy.sqlite --rpc http://127.0.0.1:8545 --use-log 0x… --account 0x…
  ./lz log check --offline`;

function addCheck(parent: Command): void {
  const command = parent
    .command("check")
    .description("Check every line, and what the chain says of it\n核对用证记录");
  withStore(withContract(command))
    .option(
      "--account <address>",
      "an account that anchors; may be given several times (default: that of the key)",
      (text: string, earlier?: readonly string[]) => collect(address(text), earlier),
    )
    .option("--offline", "don't compare with the chain")
    .addHelpText("after", CHECK_NOTES)
    .action(check);
}

async function check(options: UseLogCheckFlags & JsonOption): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  try {
    const checked = await checkUses(loadSettings(), options, progress.show);
    progress.end();
    sayChecked(output, checked);
    output.result({ ok: checked.findings.length === 0, ...checked });
    process.exitCode = checked.findings.length === 0 ? 0 : 1;
  } finally {
    progress.end();
  }
}

function sayChecked(output: Output, checked: CheckedUseLog): void {
  const { strands, lines, erased, anchored, accounts, findings } = checked;
  output.say(`链段 Strands: ${String(strands)}    记录 Lines: ${String(lines)}`);
  if (erased > 0) output.say(`到期清除 Erased in due time: ${String(erased)}`);
  if (accounts === null) output.say("未与链上核对 Not compared with the chain.");
  else output.say(`链上可证 Vouched for by the chain: ${String(anchored)} lines`);
  if (findings.length === 0) output.say("✓ 未发现改动 Nothing was altered.");
  else sayFindings(output, findings);
}

const MOST_FINDINGS = 20;

function sayFindings(output: Output, findings: readonly UseFinding[]): void {
  output.say(`✗ 发现问题 Findings: ${String(findings.length)}. 首个 The first:`);
  for (const finding of findings.slice(0, MOST_FINDINGS)) {
    const { zh, en } = USE_FINDINGS[finding.code];
    output.say(`  [${finding.code}] ${placeOf(finding)}: ${zh} ${en} ${finding.detail}`.trimEnd());
  }
}

function placeOf({ strand, from, to }: UseFinding): string {
  if (to === 0) return strand;
  return from === to ? `${strand}-${String(from)}` : `${strand}-${String(from)}…${String(to)}`;
}

const SHOW_NOTES = `
What is kept of each verification: when, who, for which service item, the names of the claims told, verdict and codes, and
pseudonyms of certificate and cause. Neither names nor numbers nor values of claims are in it.

Examples:
  ./lz log show --limit 20
  ./lz log show --client C-7Q2K9MXA --from 2026-04-01 --to 2026-05-01`;

function addShow(parent: Command): void {
  const command = parent.command("show").description("List uses, the newest first\n查看用证记录");
  withStore(command)
    .option("--client <id>", "only what this client verified")
    .option("--from <time>", "not before then", instant)
    .option("--to <time>", "not after then", instant)
    .option("--limit <n>", "how many at most", integer, 50)
    .option("--cursor <text>", "go on where an earlier list ended")
    .addHelpText("after", SHOW_NOTES)
    .action(show);
}

interface ShowOptions extends UseLogFlags, JsonOption {
  readonly client?: string;
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  readonly cursor?: string;
}

const HEADER = [
  ...["时间 At", "编号 No.", "调用方 Client", "结论 Verdict"],
  ...["代码 Codes", "事项 Item", "告知信息 Claims told"],
];

async function show({ json, ...options }: ShowOptions): Promise<void> {
  const output = createOutput(json === true);
  const { serviceStore: _place, ...query } = options;
  const page = await withServiceStore(loadSettings(), options, ({ uses }) => {
    return listUses(uses, query);
  });
  const rows = page.items.map((use) => {
    const { at, id, client, verdict, codes, question, claims } = use;
    const told = [codes.join(" "), question.purpose ?? "", claims.join()];
    return [at, id, client ?? "–", verdict, ...told.map((cell) => (cell === "" ? "–" : cell))];
  });
  output.table(HEADER, rows);
  if (page.next !== null) output.say(`下一页 Next: ./lz log show --cursor ${page.next}`);
  output.result(page);
}

const ANCHOR_NOTES = `
A service that runs does so by itself, every hour unless its configuration says otherwise, and when it ends. The account
needs no role: whoever checks says which accounts count.

Example:
  ./lz log anchor
Next: ./lz log check`;

function addAnchor(parent: Command): void {
  const command = parent
    .command("anchor")
    .description("Put on the chain how far each strand has come\n用证记录上链");
  withStore(withContract(command)).addHelpText("after", ANCHOR_NOTES).action(anchor);
}

async function anchor(options: UseLogFlags & JsonOption): Promise<void> {
  const output = createOutput(options.json === true);
  const anchored = await anchorNow(loadSettings(), options);
  if (anchored === null) output.say("另一实例正在上链 Another instance is at it.");
  else output.say(`✓ 已上链 Anchored: ${String(anchored.strands)} strands`);
  for (const strand of anchored?.shorter ?? []) {
    output.say(`✗ ${strand}: ${USE_FINDINGS.CUT_OFF.zh} ${USE_FINDINGS.CUT_OFF.en}`);
  }
  output.result(anchored ?? { strands: 0, transactions: [], shorter: [], isElsewhere: true });
  process.exitCode = (anchored?.shorter.length ?? 0) > 0 ? 1 : 0;
}

const DEPLOY_NOTES = `
./lz deploy does so already: this is for a ledger that was deployed before there was such a contract. It is no part of the
ledger and changes nothing in it.

Example:
  ./lz log deploy
Next: ./lz serve`;

function addDeploy(parent: Command): void {
  parent
    .command("deploy")
    .description("Add the contract of use logs to a deployment\n部署用证记录合约")
    .option("--rpc <url>", "JSON-RPC address of the chain (default: as configured)")
    .option("--key <file>", "key of the account that deploys (default: keys/authority.key)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", DEPLOY_NOTES)
    .action(deploy);
}

async function deploy(options: UseLogFlags & JsonOption): Promise<void> {
  const output = createOutput(options.json === true);
  const useLog = await addUseLog(loadSettings(), options);
  output.say(`✓ 用证记录合约 Contract of use logs: ${useLog}`);
  output.say("下一步 Next: ./lz serve");
  output.result({ useLog });
}
