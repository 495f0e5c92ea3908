/**
 * Signs through a program of the agency's own: how a PKCS#11 token or a cloud's key service is used without
 * native code here. It gets the digest as 64 hex digits and a line end on its standard input, and answers
 * with the signature in hex on its standard output.
 */
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { fromHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { TransactionSigner } from "../../ports/keys.ts";
import { signatureOf } from "./digest-signature.ts";
import { refused, requireAsked, transactionOf } from "./signed-transaction.ts";

export interface CommandSigner {
  /** Lower case. */
  readonly address: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Where it runs. */
  readonly folder: string;
  readonly timeoutMs: number;
}

/** The longest signature, DER in hex, has 144 digits. */
const MAX_ANSWER_BYTES = 1_024;

export function commandSigner(signer: CommandSigner): TransactionSigner {
  const { address, program } = signer;
  return {
    address,
    sign: async (unsigned) => {
      const asked = transactionOf(unsigned);
      const bytes = signatureBytes(await answerOf(signer, asked.unsignedHash));
      if (bytes === null) throw refused(program, "no signature in hex came back");
      const signature = signatureOf(bytes, asked.unsignedHash, address);
      if (signature === null) throw refused(program, `it did not sign with the key of ${address}`);
      const signed = asked.clone();
      signed.signature = signature;
      return requireAsked(program, signed.serialized, asked, address);
    },
  };
}

function signatureBytes(answer: string): Uint8Array | null {
  const digits = answer.trim().toLowerCase().replace(/^0x/, "");
  return digits === "" ? null : fromHex(digits);
}

/** What it says on its standard error is nobody's business here: it may speak of a PIN. */
async function answerOf(signer: CommandSigner, digest: string): Promise<string> {
  const { program, args, folder, timeoutMs } = signer;
  const child = spawn(program, args, { cwd: folder, stdio: "pipe" });
  child.stderr.resume();
  child.stdin.on("error", () => undefined).end(`${digest.slice(2)}\n`);
  const timer = setTimeout(() => {
    end(child, new Problem("SIGNER_UNREACHABLE", `${program}: no answer in time`));
  }, timeoutMs);
  try {
    return await output(child, program);
  } finally {
    clearTimeout(timer);
  }
}

function output(child: ChildProcessWithoutNullStreams, program: string): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (part: Buffer) => {
      text += part.toString("latin1");
      if (text.length > MAX_ANSWER_BYTES) end(child, refused(program, "the answer is too long"));
    });
    child.once("error", (error) => {
      reject(error instanceof Problem ? error : new Problem("SIGNER_UNREACHABLE", program, error));
    });
    child.once("close", (code) => {
      if (code === 0) resolve(text);
      else reject(refused(program, `it ended with code ${String(code)}`));
    });
  });
}

/** Doesn't wait for what the program itself may have started. */
function end(child: ChildProcessWithoutNullStreams, problem: Problem): void {
  child.emit("error", problem);
  child.kill("SIGKILL");
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
}
