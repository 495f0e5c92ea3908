import { Command } from "commander";
import { planPublication, publishCatalogue } from "../../app/publish-catalogue.ts";
import { loadSettings } from "../../config.ts";
import type { ConfigurationFile } from "../../config.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { loadCatalogue } from "../../main/catalogue.ts";
import { readLedger } from "../../main/chain/chain.ts";
import { deployLedger } from "../../main/chain/deploy.ts";
import type { DeployOrder, NewDeployment } from "../../main/chain/deploy.ts";
import { estimatesOf } from "../../main/chain/accounts.ts";
import { primitives } from "../../main/system.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { address, integer } from "../terminal/options.ts";
import { createProgress } from "../terminal/progress.ts";
import type { ProgressDisplay } from "../terminal/progress.ts";

/** Where ./lz chain listens. */
const LOCAL_RPC = "http://127.0.0.1:8545";

export function deployCommand(): Command {
  const command = new Command("deploy")
    .description(
      "Deploy the contracts, publish the catalogue, and write the agreed configuration\n部署合约",
    )
    .option("--rpc <url>", `JSON-RPC address of the chain (default: LZ_RPC, or ${LOCAL_RPC})`)
    .option(
      "--key <file>",
      "key of the account that deploys (default: keys/authority.key, made once)",
    )
    .option(
      "--catalogue <folder>",
      "certificate types to publish (default: the project's catalogue/)",
    )
    .option("--confirmations <n>", "blocks after which a block is final; 0 for QBFT", integer, 0);
  return withTerms(command)
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NOTES)
    .action(deploy);
}

function withTerms(command: Command): Command {
  return command
    .option(
      "--appointment-delay <seconds>",
      "from an authority's appointment until it takes effect",
      integer,
      0,
    )
    .option(
      "--administration-delay <seconds>",
      "from the announcement of what the administrator does until it can be done",
      integer,
      0,
    )
    .option(
      "--authority <address>",
      "the national authority, such as a multi-signature contract (default: who deploys)",
      address,
    )
    .option(
      "--administrator <address>",
      "who administers the contracts from then on (default: who deploys)",
      address,
    )
    .option("--basis <text>", "legal basis, kept on the chain with the first appointment", "");
}

const NOTES = `
The appointment delay can't be changed afterwards. On a chain that is more than a trial, a day lets everyone see an
appointment before it counts, and two days what the administrator is about to do: appoint a national authority, or freeze
the contracts. Its command announces that, and is run again when the time has come. Taking power away never waits.

Examples:
  ./lz deploy --rpc http://127.0.0.1:8545
  ./lz deploy --rpc http://127.0.0.1:8545 --appointment-delay 86400 --administration-delay 172800 \\
    --basis 国办发〔2022〕3号
Next: ./lz agency add`;

interface DeployFlags {
  readonly rpc?: string;
  readonly key?: string;
  readonly catalogue?: string;
  readonly confirmations: number;
  readonly appointmentDelay: number;
  readonly administrationDelay: number;
  readonly authority?: string;
  readonly administrator?: string;
  readonly basis: string;
  readonly json?: true;
}

async function deploy(options: DeployFlags): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  const types = await loadCatalogue(options.catalogue);
  const settings = loadSettings();
  const order = orderOf(options, settings.rpc);
  const deployment = await deployLedger(settings, order, progress.show);
  try {
    const authority = options.authority?.toLowerCase() ?? deployment.authority.account;
    const isOwn = authority === deployment.authority.account;
    if (isOwn) await publish(deployment, types, progress);
    const file = await deployment.save();
    progress.end();
    sayDeployment(output, deployment, authority, file);
    const replaced = replacedWords(settings.file, deployment.configuration);
    if (replaced !== null) output.say(replaced);
    sayCatalogue(output, isOwn ? types.length : null);
    const done = { authority, types: isOwn ? types.length : 0, configuration: file };
    output.result({ ...deployment.configuration, ...done });
  } finally {
    progress.end();
    deployment.chain.close();
  }
}

function orderOf(options: DeployFlags, rpc: string | null): DeployOrder {
  const {
    key: keyFile,
    confirmations,
    appointmentDelay,
    administrationDelay,
    basis,
    authority,
    administrator,
  } = options;
  const terms = {
    ...{ appointmentDelay, administrationDelay, basis },
    ...(authority !== undefined && { authority }),
    ...(administrator !== undefined && { administrator }),
  };
  return { rpc: options.rpc ?? rpc ?? LOCAL_RPC, keyFile, confirmations, terms };
}

async function publish(
  { chain, authority }: NewDeployment,
  types: readonly CertificateType[],
  progress: ProgressDisplay,
): Promise<void> {
  const { keccak256 } = primitives;
  const { state } = await readLedger(chain);
  const estimates = estimatesOf(chain, authority);
  const tools = { governance: authority, estimates, keccak256, progress: progress.show };
  const { time: effectiveFrom } = await chain.reader.latestBlock();
  await publishCatalogue(tools, planPublication(keccak256, state, types), { effectiveFrom });
}

function sayDeployment(
  output: Output,
  { configuration }: NewDeployment,
  authority: string,
  file: string,
): void {
  const { directory, chainId } = configuration;
  output.say(`合约目录 Directory: ${directory} (chain ${String(chainId)})`);
  output.say(`国家主管账户 National authority: ${authority}`);
  output.say(`配置文件 Configuration: ${file}`);
}

/** A first deployment stays where it is, and is out of reach for whoever did not note its address. */
export function replacedWords(
  before: ConfigurationFile | null,
  { directory }: ConfigurationFile,
): string | null {
  if (before === null || before.directory === directory) return null;
  const { rpc, directory: old } = before;
  return `此前配置的合约目录 Configured until now: ${old} (--rpc ${rpc} --directory ${old})`;
}

/** Where another is the authority, it alone can publish. */
function sayCatalogue(output: Output, published: number | null): void {
  if (published === null) {
    output.say("目录由主管部门公布 The authority publishes the catalogue.");
    output.say("下一步 Next: ./lz catalogue publish --call-only");
    return;
  }
  output.say(`已发布证照类型 Certificate types published: ${String(published)}`);
  output.say("下一步 Next: ./lz agency add");
}
