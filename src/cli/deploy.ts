import { Command } from "commander";
import { deployContracts } from "../adapters/chain/deploy.ts";
import { findDeployment } from "../adapters/chain/deployment.ts";
import { governance } from "../adapters/chain/governance.ts";
import { connectRpc } from "../adapters/chain/rpc.ts";
import { publishCatalogue } from "../app/publish-catalogue.ts";
import { loadSettings, writeConfiguration } from "../config.ts";
import { authorityAccount, loadCatalogue, primitives } from "../main.ts";
import { createOutput } from "./output.ts";
import { integer } from "./options.ts";
import { createProgress } from "./progress.ts";

export function deployCommand(): Command {
  return new Command("deploy")
    .description(
      "Deploy the contracts, publish the catalogue, and write the agreed configuration\n部署合约",
    )
    .option("--rpc <url>", "JSON-RPC address of the chain", "http://127.0.0.1:8545")
    .option(
      "--key <file>",
      "key of the national authority (default: keys/authority.key, made once)",
    )
    .option(
      "--catalogue <folder>",
      "certificate types to publish (default: the project's catalogue/)",
    )
    .option("--confirmations <n>", "blocks after which a block is final; 0 for QBFT", integer, 0)
    .option("--json", "end with one line of JSON instead of words")
    .action(deploy);
}

interface DeployOptions {
  readonly rpc: string;
  readonly key?: string;
  readonly catalogue?: string;
  readonly confirmations: number;
  readonly json?: true;
}

async function deploy(options: DeployOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const settings = loadSettings();
  const types = await loadCatalogue(options.catalogue);
  const rpc = await connectRpc(options.rpc, settings.rpcTimeoutMs);
  try {
    const account = await authorityAccount(settings, rpc, options.key);
    const directory = await deployContracts(rpc, account, progress.show);
    const authority = governance(await findDeployment(rpc, directory), account);
    await publishCatalogue(authority, primitives.keccak256, types, progress.show);
    progress.end();
    const { chainId } = rpc;
    const { confirmations } = options;
    const file = { rpc: options.rpc, chainId, directory, confirmations };
    const path = await writeConfiguration(settings.home, file);
    output.say(`合约目录 Directory: ${directory} (chain ${String(chainId)})`);
    output.say(`国家主管账户 National authority: ${account.address}`);
    output.say(`已发布证照类型 Certificate types published: ${String(types.length)}`);
    output.say(`配置文件 Configuration: ${path}`);
    const authorityAddress = account.address;
    output.result({
      ...file,
      authority: authorityAddress,
      types: types.length,
      configuration: path,
    });
  } finally {
    progress.end();
    rpc.close();
  }
}
