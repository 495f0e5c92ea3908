/** Another EVM node than Hardhat's: anvil, from the npm registry, into a folder that is no part of the project. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PROJECT, until } from "./command.ts";

const ANVIL = "@foundry-rs/anvil@1.7.1";
const FOLDER = join(PROJECT, ".toolchain", "anvil");
const SCOPE = join(FOLDER, "node_modules", "@foundry-rs");

/** Installs anvil where it is not there yet. @returns its program. @throws where it can't be installed */
export function installAnvil(): string {
  const known = findProgram();
  if (known !== null) return known;
  const flags = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  try {
    execFileSync("npm", ["install", "--prefix", FOLDER, ...flags, ANVIL], { encoding: "utf8" });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? String(error);
    throw new Error(`${ANVIL} could not be installed from the npm registry: ${said.slice(0, 300)}`);
  }
  const installed = findProgram();
  if (installed === null) throw new Error(`${ANVIL} has no program for this platform in ${SCOPE}`);
  return installed;
}

function findProgram(): string | null {
  if (!existsSync(SCOPE)) return null;
  const programs = readdirSync(SCOPE).map((name) => join(SCOPE, name, "bin", "anvil"));
  return programs.find((program) => existsSync(program)) ?? null;
}

export interface Anvil {
  readonly rpc: string;
  /** Calls a JSON-RPC method of the node. */
  call(method: string, params: readonly unknown[]): Promise<unknown>;
  /** Sends a signed transaction, and waits for its receipt: anvil mines it a moment after it has answered. */
  mine(raw: string): Promise<{ readonly status: string; readonly from: string }>;
  stop(): Promise<void>;
}

/** With anvil's own defaults: chain 31337, a base fee, a block for each transaction. */
export async function startAnvil(): Promise<Anvil> {
  const child = spawn(installAnvil(), ["--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  const rpc = await listening(child.stdout, closed);
  const call: Anvil["call"] = async (method, params) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const headers = { "content-type": "application/json" };
    const response = await fetch(rpc, { method: "POST", headers, body });
    return ((await response.json()) as { result: unknown }).result;
  };
  return {
    rpc,
    call,
    mine: async (raw) => {
      const hash = await call("eth_sendRawTransaction", [raw]);
      let receipt: unknown = null;
      await until("the transaction is mined", async () => {
        receipt = await call("eth_getTransactionReceipt", [hash]);
        return receipt !== null;
      });
      return receipt as Awaited<ReturnType<Anvil["mine"]>>;
    },
    stop: async () => {
      child.kill();
      await closed;
    },
  };
}

async function listening(output: NodeJS.ReadableStream, closed: Promise<unknown>): Promise<string> {
  let text = "";
  const address = new Promise<string>((resolve) => {
    output.on("data", (chunk: Buffer) => {
      text += String(chunk);
      const found = /Listening on (\S+:\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(`http://${found}`);
    });
  });
  const ended = closed.then(() => {
    throw new Error(`anvil ended before it listened: ${text}`);
  });
  return Promise.race([address, ended]);
}
