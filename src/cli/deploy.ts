import { Command } from "commander";
import { publishCatalogue } from "../app/publish-catalogue.ts";
import { loadSettings } from "../config.ts";
import { loadCatalogue } from "../main/catalogue.ts";
import { deployLedger } from "../main/deploy.ts";
import { primitives } from "../main/system.ts";
import { createOutput } from "./output.ts";
import { integer } from "./options.ts";
import { createProgress } from "./progress.ts";

/** Where ./lz chain listens. */
const LOCAL_RPC = "http://127.0.0.1:8545";

export function deployCommand(): Command {
  return new Command("deploy")
    .description(
      "Deploy the contracts, publish the catalogue, and write the agreed configuration\n部署合约",
    )
    .option("--rpc <url>", `JSON-RPC address of the chain (default: LZ_RPC, or ${LOCAL_RPC})`)
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
    .addHelpText(
      "after",
      "\nExample:\n  ./lz deploy --rpc http://127.0.0.1:8545\nNext: ./lz agency add",
    )
    .action(deploy);
}

interface DeployOptions {
  readonly rpc?: string;
  readonly key?: string;
  readonly catalogue?: string;
  readonly confirmations: number;
  readonly json?: true;
}

async function deploy(options: DeployOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const types = await loadCatalogue(options.catalogue);
  const settings = loadSettings();
  const { key: keyFile, confirmations } = options;
  const order = { rpc: options.rpc ?? settings.rpc ?? LOCAL_RPC, keyFile, confirmations };
  const deployment = await deployLedger(settings, order, progress.show);
  const { chain, authority, configuration } = deployment;
  try {
    await publishCatalogue(authority, primitives.keccak256, types, progress.show);
    const file = await deployment.save();
    progress.end();
    const { directory, chainId } = configuration;
    output.say(`合约目录 Directory: ${directory} (chain ${String(chainId)})`);
    output.say(`国家主管账户 National authority: ${authority.account}`);
    output.say(`已发布证照类型 Certificate types published: ${String(types.length)}`);
    output.say(`配置文件 Configuration: ${file}`);
    output.say("下一步 Next: ./lz agency add");
    const done = { authority: authority.account, types: types.length, configuration: file };
    output.result({ ...configuration, ...done });
  } finally {
    progress.end();
    chain.close();
  }
}
