import { Command } from "commander";
import { diffCatalogue } from "../../app/diff-catalogue.ts";
import type { CatalogueDifference } from "../../app/diff-catalogue.ts";
import { loadSettings } from "../../config.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { isRegionWithin } from "../../core/identifiers/region.ts";
import type { TypePublished } from "../../core/ledger/events.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import type { Words } from "../../core/words.ts";
import { isCatalogueFile, loadTypes } from "../../main/catalogue.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { primitives } from "../../main/system.ts";
import { generateCommand } from "./catalogue-generate.ts";
import { publishCommand } from "./catalogue-publish.ts";
import { createOutput } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { region, withChain } from "../terminal/options.ts";
import { both, regionText } from "../terminal/wording.ts";

export function catalogueCommand(): Command {
  const command = new Command("catalogue").description(
    "Publish, list and compare the certificate types on the chain\n证照目录",
  );
  command.addCommand(publishCommand());
  withChain(command.command("list"))
    .description("List the certificate types on the chain, version by version\n查看链上目录")
    .option("--region <code>", "only types of this region and below it; 0: all", region, "0")
    .addHelpText("after", LIST_NOTES)
    .action(listTypes);
  withChain(command.command("diff"))
    .description("Check the schema files against what is published on the chain\n核对目录文件")
    .argument("[paths...]", "files or folders of types (default: the project's catalogue/)")
    .addHelpText("after", DIFF_NOTES)
    .action(compare);
  command.addCommand(generateCommand());
  return command;
}

const LIST_NOTES = `
Examples:
  ./lz catalogue list
  ./lz catalogue list --region 440000
Next: ./lz catalogue diff, to check the files that you hold`;

const DIFF_NOTES = `
Each file is hashed as it is (canonical JSON, RFC 8785, in Keccak-256) and compared with the hash that its authority
published. Where only files are named, types that are only on the chain are no difference.
Exit code: 0 all are the same, 1 something differs.

Examples:
  ./lz catalogue diff
  ./lz catalogue diff catalogue/food-business-licence.json
Next: ./lz catalogue publish, for what is only here`;

interface ListOptions extends ChainOptions {
  readonly region: string;
}

async function listTypes(options: ListOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const versions = publishedVersions(state, options.region);
    output.table(
      ["code", "version", "name", "English name", "region", "validity", "in force from", "state"],
      versions.map(({ isRetired, ...version }) => [
        version.type,
        String(version.version),
        version.name,
        version.nameEn,
        regionText(version.region),
        version.validity,
        formatInstant(version.effectiveFrom),
        isRetired ? "已停用 retired" : "有效 in use",
      ]),
    );
    output.result(versions);
  } finally {
    chain.close();
  }
}

type PublishedVersion = Omit<TypePublished, "kind"> & { readonly isRetired: boolean };

function publishedVersions(state: LedgerState, within: string): PublishedVersion[] {
  const types = [...state.types.values()].filter((type) => isRegionWithin(type.region, within));
  types.sort((a, b) => (a.code < b.code ? -1 : 1));
  return types.flatMap(({ versions, isRetired }) => {
    return [...versions.values()].map(({ kind: _kind, ...version }) => ({ ...version, isRetired }));
  });
}

const DIFFERENCE_WORDS: Readonly<Record<CatalogueDifference["difference"], Words>> = {
  differs: { zh: "不同", en: "changed" },
  notPublished: { zh: "仅本地有", en: "only here" },
  onlyPublished: { zh: "仅链上有", en: "only on the chain" },
};

async function compare(paths: readonly string[], options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const types = await loadTypes(paths);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const differences = differencesOf(state, types, paths);
    const here = differences.filter(({ difference }) => difference !== "onlyPublished").length;
    const same = types.length - here;
    output.say(`相同 Same: ${String(same)}    有差异 Different: ${String(differences.length)}`);
    if (differences.length > 0) output.table(HEADER, differences.map(rowOf));
    output.result({ same, differences });
    process.exitCode = differences.length === 0 ? 0 : 1;
  } finally {
    chain.close();
  }
}

/** Who names single files asks about those alone. */
function differencesOf(
  state: LedgerState,
  types: readonly CertificateType[],
  paths: readonly string[],
): CatalogueDifference[] {
  const differences = diffCatalogue(primitives.keccak256, state, types);
  if (paths.length === 0 || !paths.every(isCatalogueFile)) return differences;
  return differences.filter(({ difference }) => difference !== "onlyPublished");
}

const HEADER = ["code", "version", "name", "region", "difference", "what"];

function rowOf(each: CatalogueDifference): string[] {
  const { type, version, name, difference, fields } = each;
  const what = fields.length === 0 ? "—" : fields.join(", ");
  const place = [type, String(version), name, regionText(each.region)];
  return [...place, both(DIFFERENCE_WORDS[difference]), what];
}
