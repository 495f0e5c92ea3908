/** Trust packs (离线信任包): fetched while there is a network, and looked at. */
import { join } from "node:path";
import { Command } from "commander";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { HeldTrust } from "../../core/trust-pack/unpack.ts";
import { systemClock } from "../../main/system.ts";
import { readTrustPack, saveTrustPack } from "../../main/trust-pack.ts";
import { createOutput } from "../terminal/output.ts";
import { region } from "../terminal/options.ts";

export function trustPackCommand(): Command {
  const command = new Command("trust-pack").description(
    "What a counter needs to verify without a network\n离线信任包",
  );
  addSave(command);
  addShow(command);
  return command;
}

const FILE_OPTION = "where it is kept (default: trust.pack in LZ_HOME)";

function addSave(parent: Command): void {
  parent
    .command("save")
    .description("Fetch it, or what came since it was fetched last\n下载或更新信任包")
    .requiredOption("--server <url>", "the verifier to fetch it from")
    .option("--region <code>", "what counters of this region need (default: all)", region)
    .option("--type <code>", "one certificate type (default: all)")
    .option("--out <file>", FILE_OPTION)
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", SAVE_NOTES)
    .action(save);
}

const SAVE_NOTES = `
The service's public keys are fetched once and kept beside the file (FILE.keys.json): compare them with what the service's
operator says, or put them there yourself. What they did not sign is not taken.

Example:
  ./lz trust-pack save --server http://127.0.0.1:8080 --region 460000
Next: ./lz verify FILE --trust-pack trust.pack`;

function addShow(parent: Command): void {
  parent
    .command("show")
    .description("Say what it holds and how old it is\n查看信任包")
    .argument("[file]", FILE_OPTION)
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nExample:\n  ./lz trust-pack show")
    .action(show);
}

interface SaveOptions {
  readonly server: string;
  readonly region?: string;
  readonly type?: string;
  readonly out?: string;
  readonly json?: true;
}

async function save({ server, region, type, out, json }: SaveOptions): Promise<void> {
  const output = createOutput(json === true);
  const file = out ?? defaultFile();
  const asked = { ...(region !== undefined && { region }), ...(type !== undefined && { type }) };
  const { held, fetched, isIncrement } = await saveTrustPack({ server, file, ...asked });
  const what = isIncrement ? "更新 What came since" : "信任包 The trust pack";
  output.say(`${what}: ${String(fetched)} bytes → ${file}`);
  tell(held, output);
  output.result({ file, fetched, isIncrement, ...factsOf(held) });
}

function show(file: string | undefined, { json }: { readonly json?: true }): void {
  const output = createOutput(json === true);
  const held = readTrustPack(file ?? defaultFile());
  tell(held, output);
  output.result(factsOf(held));
}

function defaultFile(): string {
  return join(loadSettings().home, "trust.pack");
}

function tell(held: HeldTrust, output: ReturnType<typeof createOutput>): void {
  const { chainId, block, asOf, ageSeconds, region, type, agencies, batches } = factsOf(held);
  output.say(
    `链 Chain ${String(chainId)}, block ${String(block)}, as of ${asOf} (${String(ageSeconds)} s ago)`,
  );
  output.say(`地区 Region ${region ?? "all"}, 类型 type ${type ?? "all"}`);
  output.say(`发证机关 ${String(agencies)} agencies, 批次 ${String(batches)} batches`);
}

function factsOf({ view, selection }: HeldTrust) {
  const { state, block, asOf } = view;
  return {
    chainId: state.identity.chainId,
    directory: state.identity.directory,
    block: block.number,
    asOf: formatInstant(asOf),
    ageSeconds: systemClock.now() - asOf,
    region: selection.region,
    type: selection.type,
    agencies: state.agencies.size,
    batches: state.anchors.size,
  };
}
