import { Command } from "commander";
import { auditBatch } from "../app/audit-batch.ts";
import { replayHistory } from "../app/replay-history.ts";
import { loadSettings } from "../config.ts";
import type { Finding } from "../core/audit/findings.ts";
import { FINDINGS } from "../core/audit/findings.ts";
import { openChain } from "../main/chain.ts";
import { batchFolder } from "../main/files.ts";
import { primitives } from "../main/system.ts";
import { createOutput } from "./output.ts";
import type { Output } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { collect, withChain } from "./options.ts";
import { createProgress } from "./progress.ts";

export function auditCommand(): Command {
  return withChain(new Command("audit"))
    .description("Replay the whole history from the chain alone and check every step\n审计")
    .option(
      "--batch <folder>",
      "also recompute this batch's root; give it several times",
      collect,
      [],
    )
    .addHelpText(
      "after",
      `
Needs nothing but --rpc and --directory. Exit code: 0 all is well, 1 something is wrong.

Example:
  ./lz audit --rpc http://127.0.0.1:8545 --directory 0x… --batch batch-1`,
    )
    .action(audit);
}

interface AuditOptions extends ChainOptions {
  readonly batch: readonly string[];
}

async function audit(options: AuditOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const chain = await openChain(loadSettings(), options);
  try {
    const replay = await replayHistory(chain.reader, primitives, progress.show);
    const findings = [...replay.findings];
    for (const folder of options.batch) {
      findings.push(...(await auditBatch(batchFolder(folder), replay.state, primitives)));
    }
    progress.end();
    const { state, block, events } = replay;
    output.say(`已重放 Replayed ${String(events)} events up to block ${String(block.number)}.`);
    output.say(`批次 Batches: ${String(state.sequence)}    链头 Head: ${state.head}`);
    if (options.batch.length > 0) {
      output.say(`重算批次文件夹 Batch folders recomputed: ${String(options.batch.length)}`);
    }
    sayFindings(output, findings);
    const { sequence, head } = state;
    output.result({ ok: findings.length === 0, events, block, sequence, head, findings });
    process.exitCode = findings.length === 0 ? 0 : 1;
  } finally {
    progress.end();
    chain.close();
  }
}

function sayFindings(output: Output, findings: readonly Finding[]): void {
  if (findings.length === 0) {
    output.say("✓ 未发现问题，与链上一致 Nothing is wrong: it arrives at the chain's own head.");
    return;
  }
  output.say(`✗ 发现问题 Findings: ${String(findings.length)}. 首个 The first:`);
  for (const { code, place, detail } of findings) {
    const { zh, en } = FINDINGS[code];
    output.say(`  [${code}] ${place}: ${zh} ${en} ${detail}`);
  }
}
