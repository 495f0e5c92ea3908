/**
 * A verifier at half of its highest load for a long time, while its node goes deaf again and again and every
 * tenth caller sends rubbish: memory, open files and latency must not grow.
 *
 *     node bench/soak.ts [--minutes 30] [--slice 10] [--picture docs/pictures/soak.svg]
 *
 * Ends with 1 when an answer was wrong or lost, or anything grew.
 */
import { parseArgs } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import type { HttpTarget } from "./http-target.ts";
import { drawSoak } from "./soak-plot.ts";
import { findGrowth } from "./soak-growth.ts";
import type { SoakSlice } from "./soak-growth.ts";
import { openVerifyingWorld } from "./verifying-world.ts";
import type { VerifyingWorld } from "./verifying-world.ts";

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    slice: { type: "string", default: "10" },
    picture: { type: "string" },
  },
});
const SECONDS = Number(options.slice);
const SLICES = Math.ceil((Number(options.minutes) * 60) / SECONDS);
const CONNECTIONS = 16;
const RUBBISH_A_SECOND = 20;
/** Shorter than the age past which the verifier can't tell, so that every answer stays the same. */
const DEAF_MS = 5_000;
/** The node is made deaf in each such slice. */
const DEAF_EVERY = 3;

const world = await openVerifyingWorld();
try {
  process.exitCode = await soak(world);
} finally {
  await world.close();
}

async function soak(world: VerifyingWorld): Promise<number> {
  const target = await world.serve(1);
  try {
    const highest = await loadOf(target, null, 5);
    const rate = Math.floor(highest.answered / highest.seconds / 2);
    say(`half of the highest load: ${String(rate)} verifications a second`);
    const slices: SoakSlice[] = [];
    for (let i = 0; i < SLICES; i++) slices.push(await runSlice(target, rate, i));
    return await conclude(slices);
  } finally {
    await target.stop();
  }
}

function loadOf(target: HttpTarget, rate: number | null, seconds: number) {
  const { headers, single } = world;
  const path = "/v1/verifications";
  return target.bear({
    path,
    headers,
    bodiesFile: single,
    connections: CONNECTIONS,
    seconds,
    rate,
  });
}

async function runSlice(target: HttpTarget, rate: number, i: number): Promise<SoakSlice> {
  const [{ answered, p50, p99 }, refused] = await Promise.all([
    loadOf(target, rate, SECONDS),
    sendRubbish(target, SECONDS),
    i % DEAF_EVERY === 1 ? deafen() : undefined,
  ]);
  const slice = {
    minute: ((i + 1) * SECONDS) / 60,
    answered,
    refused,
    p50,
    p99,
    ...target.holds(),
  };
  say(JSON.stringify(slice));
  return slice;
}

async function deafen(): Promise<void> {
  world.chain.suspend();
  await sleep(Math.min(DEAF_MS, SECONDS * 500));
  world.chain.resume();
}

/** @returns how many were refused with a problem, as they must be */
async function sendRubbish(target: HttpTarget, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let refused = 0;
  while (performance.now() < end) {
    const body = world.bodies[refused % world.bodies.length]?.slice(0, 40 + refused) ?? "";
    const { headers } = world;
    const response = await fetch(`${target.url}/v1/verifications`, {
      method: "POST",
      headers,
      body,
    });
    await response.arrayBuffer();
    if (response.status !== 400)
      throw new Error(`rubbish was answered with ${String(response.status)}`);
    refused++;
    await sleep(1000 / RUBBISH_A_SECOND);
  }
  return refused;
}

async function conclude(slices: readonly SoakSlice[]): Promise<number> {
  const grown = findGrowth(slices);
  if (options.picture !== undefined) {
    await writeFile(options.picture, drawSoak(slices, `${String(cpus().length)} cores`));
  }
  for (const line of grown) say(`grows: ${line}`);
  const answered = slices.reduce((sum, slice) => sum + slice.answered, 0);
  process.stdout.write(`soak: ${String(answered)} answered, ${String(grown.length)} things grow\n`);
  return grown.length === 0 ? 0 : 1;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
