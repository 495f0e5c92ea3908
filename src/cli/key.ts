import { Command } from "commander";
import { toHex } from "../core/encoding/bytes.ts";
import { keyThumbprint } from "../core/presentation/cose.ts";
import { createSigningKey, readSigningKey } from "../main/keys.ts";
import { primitives } from "../main/system.ts";
import { createOutput } from "./output.ts";

export function keyCommand(): Command {
  const command = new Command("key").description("Make and show a holder's key\n持证人密钥");
  command
    .command("new")
    .description("Make a P-256 key and write it to a file that only its owner can read\n生成密钥")
    .requiredOption("--out <file>", "the file to write; it must not be there yet")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NEW_NOTES)
    .action(newKey);
  command
    .command("show")
    .description("Show the thumbprint of a key, for the holderKey column of an issue\n查看密钥指纹")
    .argument("<file>", "the key's file")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nExample:\n  ./lz key show citizen.jwk")
    .action(showKey);
  return command;
}

const NEW_NOTES = `
Its thumbprint goes into the holderKey column of the agency's file; the file stays with the holder.

Example:
  ./lz key new --out citizen.jwk
Next: ./lz present --certificate FILE --key citizen.jwk`;

interface NewOptions {
  readonly out: string;
  readonly json?: true;
}

async function newKey({ out, ...options }: NewOptions): Promise<void> {
  await createSigningKey(out);
  showKey(out, options);
}

function showKey(file: string, { json }: { readonly json?: true }): void {
  const output = createOutput(json === true);
  const thumbprint = toHex(keyThumbprint(primitives, readSigningKey(file).publicKey));
  output.say(`密钥文件 Key file: ${file}`);
  output.say(`指纹 Thumbprint (holderKey): ${thumbprint}`);
  output.result({ file, thumbprint });
}
