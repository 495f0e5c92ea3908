/** How long after a status is on the chain the last of two instances still accepts the certificate. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { HttpTarget } from "./http-target.ts";
import { median } from "./compare.ts";
import { atMost, standsAlone } from "./report.ts";
import type { Row } from "./report.ts";
import type { VerifyingWorld } from "./verifying-world.ts";

const MOST_SECONDS = 2;
const PACE_MS = 10;
const PATIENCE_MS = 60_000;

export async function refusalRow(world: VerifyingWorld, times: number): Promise<Row> {
  const instances = [await world.serve(1), await world.serve(1, "second")];
  try {
    const seconds: number[] = [];
    for (let index = 0; index < times; index++) {
      seconds.push(await secondsToRefusal(world, instances, index));
    }
    return {
      name: "from a status's block to its refusal at the last of two instances",
      ...standsAlone,
      ...atMost(median(seconds), MOST_SECONDS, "seconds"),
    };
  } finally {
    for (const instance of instances) await instance.stop();
  }
}

async function secondsToRefusal(
  world: VerifyingWorld,
  instances: readonly HttpTarget[],
  index: number,
): Promise<number> {
  const rpc = rpcOf(world.home);
  const before = await blockNumber(rpc);
  const refused = instances.map((instance) => untilRefused(world, instance, index));
  const done = world.revoke(index);
  while ((await blockNumber(rpc)) === before) await sleep(PACE_MS);
  const mined = performance.now();
  const times = await Promise.all(refused);
  await done;
  return Math.max(0, ...times.map((time) => time - mined)) / 1000;
}

/** @returns when it was refused for the first time. @throws Error where it never is */
async function untilRefused(
  { bodies, headers }: VerifyingWorld,
  instance: HttpTarget,
  index: number,
): Promise<number> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end;) {
    const answer = await instance.answerTo("/v1/verifications", headers, bodies[index] as string);
    const { verdict } = JSON.parse(answer) as { readonly verdict: string };
    if (verdict === "rejected") return performance.now();
    await sleep(PACE_MS);
  }
  throw new Error(`certificate ${String(index)} was revoked and never refused`);
}

function rpcOf(home: string): string {
  const text = readFileSync(join(home, "config.json"), "utf8");
  return (JSON.parse(text) as { readonly rpc: string }).rpc;
}

async function blockNumber(rpc: string): Promise<number> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] });
  const headers = { "content-type": "application/json" };
  const response = await fetch(rpc, { method: "POST", headers, body });
  return Number(((await response.json()) as { readonly result: string }).result);
}
