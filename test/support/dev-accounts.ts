/** Accounts that a development chain begins with, known to all and full of coins, and what to ask such a chain. */
import { writeFileSync } from "node:fs";

export interface DevAccount {
  readonly key: string;
  readonly address: string;
}

/** The second and the third; the first is the national authority of every test. */
export const PROVINCE: DevAccount = {
  key: "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  address: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
};
export const CITY: DevAccount = {
  key: "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
  address: "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
};

export function keyFile(file: string, { key }: DevAccount): string {
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return file;
}

/** Asks the node itself, as another client would. */
export async function rpcCall(url: string, method: string, ...params: unknown[]): Promise<any> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body });
  const { result, error } = (await answer.json()) as { result?: unknown; error?: object };
  if (error !== undefined) throw new Error(JSON.stringify(error));
  return result;
}

/** The time of the newest block, in seconds since 1970: what is recorded next is later. */
export async function chainTime(url: string): Promise<number> {
  const { timestamp } = await rpcCall(url, "eth_getBlockByNumber", "latest", false);
  return Number(timestamp);
}
