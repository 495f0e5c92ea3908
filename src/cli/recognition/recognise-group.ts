/** Named groups of regions, for rules that many regions share. */
import { Command, InvalidArgumentError } from "commander";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { openChain, readLedger } from "../../main/chain/chain.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions } from "../governance/governing.ts";
import { createOutput } from "../terminal/output.ts";
import type { ChainOptions } from "../terminal/options.ts";
import { regions, withChain } from "../terminal/options.ts";
import { regionText } from "../terminal/wording.ts";

export function groupCommand(): Command {
  const command = new Command("group").description(
    "Define and list named groups of regions, such as 长三角\n地区组",
  );
  withGovernance(
    command
      .command("define")
      .argument("<name>", "its name, at most 31 bytes in UTF-8: ten Chinese characters", groupName)
      .requiredOption("--regions <codes>", "all its regions, separated by commas", regions),
  )
    .description("Define a group of regions, or define it anew: the national authority\n定义地区组")
    .addHelpText("after", DEFINE_NOTES)
    .action(defineGroup);
  withChain(command.command("list"))
    .description("List the groups of regions\n列出地区组")
    .addHelpText("after", "\nExample:\n  ./lz recognise group list")
    .action(listGroups);
  return command;
}

const DEFINE_NOTES = `
Each region stands for all below it. Defined anew, its rules follow from that block on; a verdict for a past day is by
the group as it was that day.

Example:
  ./lz recognise group define 长三角 --regions 310000,320000,330000,340000 --basis 国家发展改革委〔2019〕
Next: ./lz recognise add --by 310000 --group 长三角`;

/** A name is kept in 32 bytes on the chain, of which the last is zero. */
function groupName(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > 0 && bytes < 32) return text;
  throw new InvalidArgumentError("1 to 31 bytes in UTF-8 expected.");
}

interface DefineOptions extends GovernOptions {
  readonly regions: readonly string[];
}

async function defineGroup(name: string, options: DefineOptions): Promise<void> {
  const { regions: members, basis } = options;
  await govern(options, () => ({
    changes: [(governance) => governance.defineGroup(name, members, basis)],
    result: { group: name, regions: members },
    next: `./lz recognise add --by REGION --group ${name}`,
  }));
}

async function listGroups(options: ChainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const chain = await openChain(loadSettings(), options);
  try {
    const { state } = await readLedger(chain);
    const groups = [...state.groups].map(([group, definitions]) => {
      return { group, regions: definitions.at(-1)?.regions ?? [], definitions };
    });
    output.table(
      ["group", "regions", "names", "defined", "times"],
      groups.map(({ group, regions: members, definitions }) => [
        group,
        members.join(" "),
        members.map(regionText).join(", "),
        formatInstant(definitions.at(-1)?.recordedAt ?? 0),
        String(definitions.length),
      ]),
    );
    output.result(groups);
  } finally {
    chain.close();
  }
}
