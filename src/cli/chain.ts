import { Command } from "commander";
import { startLocalNode } from "../main/chain/local-chain.ts";
import { createOutput } from "./terminal/output.ts";
import { portNumber } from "./terminal/options.ts";
import { untilInterrupted } from "./terminal/until-interrupted.ts";

export function chainCommand(): Command {
  return new Command("chain")
    .description("Start a local Hardhat chain that listens on JSON-RPC, until Ctrl-C\n启动本地链")
    .option("--port <number>", "port to listen on; 0 for any that is free", portNumber, 8545)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--json", "print one line of JSON when it listens")
    .addHelpText(
      "after",
      "\nNothing is kept when it stops.\n\nExample:\n  ./lz chain --port 8545\nNext: ./lz deploy",
    )
    .action(startChain);
}

interface ChainCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly json?: true;
}

async function startChain({ port, host, json }: ChainCommandOptions): Promise<void> {
  const output = createOutput(json === true);
  const node = await startLocalNode(port, host);
  const interrupted = untilInterrupted();
  output.say(
    `本地链已启动 The local chain listens at ${node.url} (chain ${String(node.chainId)}).`,
  );
  output.say("按 Ctrl-C 停止，数据不保留 Ctrl-C stops it; nothing is kept. Next: ./lz deploy");
  output.result({ rpc: node.url, chainId: node.chainId });
  await interrupted;
  await node.close();
}
