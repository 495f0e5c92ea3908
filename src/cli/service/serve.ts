import cluster from "node:cluster";
import { Command, InvalidArgumentError } from "commander";
import { loadSettings } from "../../config.ts";
import { readAgencySettings } from "../../main/settings/agency-settings.ts";
import type { ServeOrder, Serving } from "../../main/service/serve-process.ts";
import { readServiceSettings } from "../../main/settings/service-settings.ts";
import type { SettingFlags } from "../../main/settings/service-settings.ts";
import { requireAgencyCode } from "../terminal/agency-code.ts";
import { createOutput } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { integer, portNumber, withChain } from "../terminal/options.ts";
import { version } from "../terminal/version.ts";

export function serveCommand(): Command {
  return withChain(new Command("serve"))
    .description(
      "Run the verifier, or an agency's endpoint: follow the chain and answer over REST, until Ctrl-C\n" +
        "核验服务；发证机关领证服务",
    )
    .option("--agency <code>", "serve this agency's holders instead: claims, bindings, delegations")
    .option(
      "--wallet <origin>",
      "with --agency: from where wallets may ask, such as https://wallet.example",
      origin,
    )
    .option("--config <file>", "settings in YAML or JSON; flags stand over it")
    .option("--check-config", "check the settings, say what is wrong with them, and end")
    .option(
      "--port <number>",
      "port to listen on; 0 for any that is free (default: 8080; of an endpoint 8090)",
      portNumber,
    )
    .option("--host <address>", "address to listen on (default: 127.0.0.1)")
    .option("--processes <number>", "processes that share the port (default: 1)", processCount)
    .option(
      "--max-age <seconds>",
      "age of the chain's view past which it can't tell (default: 30)",
      integer,
    )
    .option("--poll <milliseconds>", "how often the chain is asked (default: 500)", integer)
    .option("--store <file>", "where it keeps what it has read (default: in LZ_HOME)")
    .addHelpText("after", NOTES)
    .action(serve);
}

const NOTES = `
The API is described at /openapi.json; /readyz says whether it follows the chain. The log goes to the
standard error stream as lines of JSON. SIGHUP makes it read its settings, keys and certificates again;
SIGTERM lets it finish what is under way. deploy/verifier.yaml shows every setting.

Examples:
  ./lz serve --port 8080
  ./lz serve --config deploy/verifier.yaml --check-config
  ./lz serve --agency 11310000MB1A00001C --wallet http://127.0.0.1:8080
Next: ./lz verify FILE --server http://127.0.0.1:8080`;

function origin(text: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new InvalidArgumentError("an address such as https://wallet.example.gov.cn expected.");
}

function processCount(text: string): number {
  const value = integer(text);
  if (value >= 1 && value <= 64) return value;
  throw new InvalidArgumentError("1 to 64 expected.");
}

interface ServeOptions extends ChainOptions, SettingFlags {
  readonly checkConfig?: true;
  readonly agency?: string;
  readonly wallet?: string;
}

async function serve(options: ServeOptions): Promise<void> {
  if (options.agency === undefined) await serveVerifier(options);
  else await serveHolders(options, options.agency);
  // A node that keeps silent would otherwise hold the process until its time is up.
  process.exit();
}

async function serveHolders(options: ServeOptions, code: string): Promise<void> {
  const output = createOutput(options.json === true);
  requireAgencyCode(code);
  const { settings: read } = readAgencySettings(options);
  if (options.checkConfig === true) {
    sayChecked(output, options);
    return;
  }
  const origins = options.wallet === undefined ? [] : [options.wallet];
  const settings = { ...read, origins: [...read.origins, ...origins] };
  const order = { agency: code, surroundings: loadSettings(), settings, flags: options, version };
  const { serveAgency } = await import("../../main/agency/agency-process.ts");
  await serveAgency(order, (serving) => {
    output.say(
      `领证服务已启动 The endpoint of ${code} answers at ${serving.url} (see /openapi.json).`,
    );
    output.result({ endpoint: serving.url, agency: code, directory: serving.directory });
  });
}

async function serveVerifier(options: ServeOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const order = orderOf(options);
  const { settings } = order.read();
  if (options.checkConfig === true) {
    sayChecked(output, options);
    return;
  }
  const announce = (serving: Serving): void => {
    sayServing(output, serving);
  };
  if (cluster.isWorker) await serveLed(order);
  else if (settings.listen.processes === 1) await serveAlone(order, announce);
  else await lead(order, announce);
}

type Announce = (serving: Serving) => void;

async function serveAlone(order: ServeOrder, announce: Announce): Promise<void> {
  const { serveProcess } = await import("../../main/service/serve-process.ts");
  await serveProcess(order, announce);
}

async function lead(order: ServeOrder, announce: Announce): Promise<void> {
  const { leadProcesses } = await import("../../main/service/serve-processes.ts");
  process.exitCode = await leadProcesses(order, announce);
}

/** Where it can't even start, the line to its leader must not keep the process. */
async function serveLed(order: ServeOrder): Promise<void> {
  try {
    const { tellLeader } = await import("../../main/service/serve-processes.ts");
    await serveAlone(order, tellLeader);
  } finally {
    process.channel?.unref();
  }
}

function orderOf(options: ServeOptions): ServeOrder {
  const read = (): ReturnType<ServeOrder["read"]> => readServiceSettings(options);
  return { surroundings: loadSettings(), flags: options, version, read };
}

function sayChecked(output: Output, { config }: ServeOptions): void {
  output.say(`配置无误 The settings are in order${config === undefined ? "" : `: ${config}`}.`);
  output.result({ config: config ?? null, valid: true });
}

function sayServing(output: Output, { url, directory }: Serving): void {
  output.say(`核验服务已启动 The verifier answers at ${url} (see /openapi.json).`);
  output.result({ server: url, directory });
}
