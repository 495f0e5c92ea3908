import { Command } from "commander";
import { toHex } from "../core/encoding/bytes.ts";
import { keyThumbprint } from "../core/presentation/cose.ts";
import {
  createSigningKey,
  createSm2Key,
  documentKeyId,
  readDocumentKey,
  readSigningKey,
} from "../main/keys.ts";
import { primitives } from "../main/system.ts";
import { createOutput } from "./output.ts";

export function keyCommand(): Command {
  const command = new Command("key").description(
    "Make and show the key of a holder, or of an agency's documents\n持证人密钥、签章密钥",
  );
  command
    .command("new")
    .description("Make a P-256 key and write it to a file that only its owner can read\n生成密钥")
    .requiredOption("--out <file>", "the file to write; it must not be there yet")
    .option("--sm2", "an SM2 key instead, for an agency's documents (国密签章密钥)")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", NEW_NOTES)
    .action(newKey);
  command
    .command("show")
    .description("Show a key's thumbprint for an issue, and its id on the chain\n查看密钥指纹")
    .argument("<file>", "the key's file")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nExample:\n  ./lz key show citizen.jwk")
    .action(showKey);
  return command;
}

const NEW_NOTES = `
A holder's key is of P-256: its thumbprint goes into the holderKey column of the agency's file; the file stays with the
holder. An agency's document key may be of either kind; only its public half is put on the chain.

Examples:
  ./lz key new --out citizen.jwk
  ./lz key new --sm2 --out seal.jwk
Next: ./lz present --certificate FILE --key citizen.jwk
  or: ./lz agency document-key add 11310000MB1A00001C --public-key seal.jwk`;

interface NewOptions {
  readonly out: string;
  readonly sm2?: true;
  readonly json?: true;
}

async function newKey({ out, sm2, ...options }: NewOptions): Promise<void> {
  if (sm2 === true) await createSm2Key(out);
  else await createSigningKey(out);
  showKey(out, options);
}

/** The thumbprint is that of a COSE key, which an SM2 key never becomes. */
function showKey(file: string, { json }: { readonly json?: true }): void {
  const output = createOutput(json === true);
  const key = readDocumentKey(file);
  const thumbprint =
    key.algorithm === "SM2"
      ? null
      : toHex(keyThumbprint(primitives, readSigningKey(file).publicKey));
  const keyId = documentKeyId(key);
  output.say(`密钥文件 Key file: ${file} (${key.algorithm})`);
  if (thumbprint !== null) output.say(`指纹 Thumbprint (holderKey): ${thumbprint}`);
  output.say(`链上编号 Id as a document key: ${keyId}`);
  output.result({ file, thumbprint, keyId, ...key });
}
