import { Command } from "commander";
import { replayHistory } from "../../app/replay-history.ts";
import { loadSettings } from "../../config.ts";
import type { Finding } from "../../core/audit/findings.ts";
import { FINDINGS } from "../../core/audit/findings.ts";
import { openChain } from "../../main/chain/chain.ts";
import { primitives } from "../../main/system.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { withChain } from "../terminal/options.ts";
import { createProgress } from "../terminal/progress.ts";

export function auditCommand(): Command {
  return withChain(new Command("audit"))
    .description("Replay the whole history from the chain alone and check every step\n审计")
    .addHelpText(
      "after",
      `
Needs nothing but --rpc and --directory. Exit code: 0 all is well, 1 something is wrong.

Example:
  ./lz audit --rpc http://127.0.0.1:8545 --directory 0x…

What an agency keeps of its own is checked by ./lz store check.`,
    )
    .action(audit);
}

async function audit(options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const chain = await openChain(loadSettings(), { ...options, isAudited: true });
  try {
    const replay = await replayHistory(chain.reader, primitives, progress.show);
    progress.end();
    const { state, block, events, findings } = replay;
    output.say(`已重放 Replayed ${String(events)} events up to block ${String(block.number)}.`);
    output.say(`批次 Batches: ${String(state.sequence)}    链头 Head: ${state.head}`);
    sayFindings(output, findings, ALL_IS_WELL);
    const { sequence, head } = state;
    output.result({ ok: findings.length === 0, events, block, sequence, head, findings });
    process.exitCode = findings.length === 0 ? 0 : 1;
  } finally {
    progress.end();
    chain.close();
  }
}

const ALL_IS_WELL =
  "✓ 未发现问题，与链上一致 Nothing is wrong: it arrives at the chain's own head.";

/** @param well what is said where there is none */
export function sayFindings(output: Output, findings: readonly Finding[], well: string): void {
  if (findings.length === 0) {
    output.say(well);
    return;
  }
  output.say(`✗ 发现问题 Findings: ${String(findings.length)}. 首个 The first:`);
  for (const { code, place, detail } of findings) {
    const { zh, en } = FINDINGS[code];
    output.say(`  [${code}] ${place}: ${zh} ${en} ${detail}`);
  }
}
