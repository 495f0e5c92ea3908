import { Command, InvalidArgumentError } from "commander";
import { endClient, rotateKey } from "../../app/access/manage-clients.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { withKeyFile } from "../../main/clients.ts";
import { addAddCommand } from "./client-add.ts";
import { addListCommand, addShowCommand } from "./client-show.ts";
import { managing, withStore } from "./client-store.ts";
import type { StoreOptions } from "./client-store.ts";
import { integer } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";

export function clientCommand(): Command {
  const command = new Command("client").description(
    "Who may call a verification service, and as what\n调用方",
  );
  addAddCommand(command);
  addListCommand(command);
  addShowCommand(command);
  addRotateCommand(command);
  addEndCommand(command);
  return command;
}

const ROTATE_NOTES = `
Both keys work until the overlap ends; with 0 hours the old one ends at once.

Example:
  ./lz client rotate C-7F3K2Q9X --key window-3-new.key --overlap 24
Next: give the file to the client; ./lz client show C-7F3K2Q9X says until when the old key works`;

interface RotateOptions extends StoreOptions {
  readonly key: string;
  readonly overlap: number;
}

const HOUR = 3_600;
const LONGEST_OVERLAP = 24 * 31;

function overlap(text: string): number {
  const hours = integer(text);
  if (hours <= LONGEST_OVERLAP) return hours;
  throw new InvalidArgumentError(`${String(LONGEST_OVERLAP)} hours at most expected.`);
}

function addRotateCommand(parent: Command): void {
  const command = parent
    .command("rotate")
    .argument("<id>", "the client's id")
    .description("Give a client a new API key; its earlier keys end after a while\n更换密钥")
    .requiredOption("--key <file>", "where the new key is written")
    .option("--overlap <hours>", "for how long the earlier keys still work", overlap, 24);
  withStore(command).addHelpText("after", ROTATE_NOTES).action(rotate);
}

async function rotate(id: string, options: RotateOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { key: file } = options;
  const until = await managing(options, (tools) => {
    return withKeyFile(file, (keep) => rotateKey(tools, id, options.overlap * HOUR, keep));
  });
  output.say(`新密钥 The new key is in ${file}; 旧密钥至 the earlier ones work until`);
  output.say(`  ${formatInstant(until)}`);
  output.result({ client: id, key: file, earlierUntil: formatInstant(until) });
}

const END_NOTES = `
All its credentials are refused at every instance within two seconds. What it did stays on record.

Example:
  ./lz client end C-7F3K2Q9X`;

function addEndCommand(parent: Command): void {
  const command = parent
    .command("end")
    .argument("<id>", "the client's id")
    .description("End a client: it may not call any more\n注销调用方");
  withStore(command).addHelpText("after", END_NOTES).action(end);
}

async function end(id: string, options: StoreOptions): Promise<void> {
  const output = createOutput(options.json === true);
  await managing(options, (tools) => endClient(tools, id));
  output.say(`已注销 Ended: ${id}`);
  output.result({ client: id, isEnded: true });
}
