import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import { exportCertificate } from "../../src/app/export-certificates.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import type { Chain } from "../../src/main/chain.ts";
import { startVerifier } from "../../src/main/verifier.ts";
import type { Verifier } from "../../src/main/verifier.ts";
import type { SettingFlags } from "../../src/main/service-settings.ts";
import type { ServiceLog } from "../../src/ports/service-log.ts";
import { serviceContext } from "../support/service-context.ts";
import type { ChainWorld } from "../support/chain-world.ts";
import {
  HAINAN,
  SHANGHAI,
  anchorRoots,
  callContract,
  goodRows,
  issueRows,
  startChainWorld,
} from "../support/chain-world.ts";
import { codeToChain } from "../../src/adapters/chain/chain-words.ts";
import { alteringLogs, at, html, resetting, silent } from "../support/rpc-proxy.ts";

let world: ChainWorld;
let certificate: unknown;
let root: string;
let running: Verifier[] = [];

beforeAll(async () => {
  world = await startChainWorld();
  const { batch } = await issueRows(world, goodRows(world, 3));
  root = batch.root;
  const file = await exportCertificate(world.primitives, world.store, { root, index: 1 });
  certificate = certificateToJson(file);
});
afterEach(async () => {
  world.proxy.behave(null);
  for (const verifier of running) await verifier.close();
  running = [];
});
afterAll(() => world.close());

const MAX_AGE_SECONDS = 1;

async function start(flags: SettingFlags = {}, log?: ServiceLog): Promise<Verifier> {
  const chain: Chain = {
    rpc: world.proxied,
    deployment: world.proxiedDeployment,
    reader: world.proxiedReader,
    confirmations: 0,
    nodes: () => [],
    close: () => undefined,
  };
  const usual = { port: 0, maxAge: MAX_AGE_SECONDS, poll: 50, store: ":memory:" };
  const context = serviceContext(world.folder, { ...usual, ...flags }, log);
  const verifier = await startVerifier(chain, context);
  running.push(verifier);
  return verifier;
}

interface Asked {
  readonly status: number;

  readonly json: any;
}

async function get({ url }: Verifier, path: string): Promise<Asked> {
  const response = await fetch(url + path);
  return { status: response.status, json: await response.json() };
}

async function verify({ url }: Verifier): Promise<Asked> {
  const response = await fetch(`${url}/v1/verifications`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ certificate, region: HAINAN.region }),
  });
  return { status: response.status, json: await response.json() };
}

/** Asks again and again until it is so. */
async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("it never came to that");
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

const isReady = async (verifier: Verifier, status: number): Promise<boolean> =>
  (await get(verifier, "/readyz")).status === status;

describe("a verifier", () => {
  it("answers from memory, without a question to the node", async () => {
    const verifier = await start({ poll: 60_000, maxAge: 3_600 });
    expect((await get(verifier, "/healthz")).json).toMatchObject({
      status: "up",
      version: "0.0.0-test",
    });
    expect(await get(verifier, "/readyz")).toMatchObject({
      status: 200,
      json: { status: "ready" },
    });
    world.proxy.forget();
    for (let i = 0; i < 5; i++) {
      expect(await verify(verifier)).toMatchObject({ status: 200, json: { verdict: "accepted" } });
    }
    expect(world.proxy.calls).toEqual([]);
    const began = performance.now();
    await verifier.close();
    expect(performance.now() - began).toBeLessThan(1_500);
    running = [];
  });

  it("takes what is new within its pace: a batch, then a revocation", async () => {
    const verifier = await start();
    await anchorRoots(world, "new");
    const path = `/v1/batches/${SHANGHAI.code}/${root}`;
    await eventually(async () => (await get(verifier, path)).status === 200);
    expect((await verify(verifier)).json.verdict).toBe("accepted");
    const args = [codeToChain(SHANGHAI.code), root, 1, 1, 1_700_000_000, 7];
    await callContract(world, "StatusRegistry", "setStatus", args, world.operator);
    await eventually(async () => (await verify(verifier)).json.verdict === "rejected");
    const lifted = [codeToChain(SHANGHAI.code), root, 1, 0, 1_700_000_000, 7];
    await callContract(world, "StatusRegistry", "setStatus", lifted, world.operator);
    await eventually(async () => (await verify(verifier)).json.verdict === "accepted");
  });

  it.each([
    ["dies", resetting, "RPC_UNREACHABLE"],
    ["is silent", silent, "RPC_TIMEOUT"],
    ["becomes a page for signing in", html, "RPC_FAULT"],
    ["leaves out what is new", alteringLogs(() => []), "CHAIN_INCONSISTENT"],
  ])(
    "whose node %s says so, grows stale and can't tell; and is well again with its node",
    async (_what, behaviour, code) => {
      const told: (string | null)[] = [];
      const write: ServiceLog["write"] = (_level, event, members) => {
        if (event === "chain-trouble") told.push(String(members?.["code"]));
        if (event === "chain-followed") told.push(null);
      };
      const verifier = await start({}, { write });
      await eventually(() => isReady(verifier, 200));
      world.proxy.behave(behaviour);
      await anchorRoots(world, `while it ${code}`);
      await eventually(() => isReady(verifier, 503));
      const said = async () => JSON.stringify((await get(verifier, "/readyz")).json);
      expect(await said()).toContain("NOT_READY");
      await eventually(async () => (await said()).includes(code));
      expect((await get(verifier, "/healthz")).status).toBe(200);
      expect(await verify(verifier)).toMatchObject({
        status: 200,
        json: { verdict: "indeterminate", authentic: null },
      });
      world.proxy.behave(null);
      await eventually(() => isReady(verifier, 200));
      expect((await verify(verifier)).json.verdict).toBe("accepted");
      expect(told).toEqual([code, null]);
    },
  );

  it("starts without its node, answers that it can't tell, and is ready once the node is there", async () => {
    world.proxy.behave(resetting);
    const verifier = await start();
    expect((await get(verifier, "/healthz")).status).toBe(200);
    expect(await get(verifier, "/readyz")).toMatchObject({
      status: 503,
      json: { code: "NOT_READY" },
    });
    expect((await verify(verifier)).json).toMatchObject({ verdict: "indeterminate", ledger: null });
    world.proxy.behave(null);
    await eventually(() => isReady(verifier, 200));
  });

  it("begins after a restart where its store ends", async () => {
    const storeFile = join(world.folder, "stores", "verifier.db");
    const first = await start({ store: storeFile });
    await eventually(() => isReady(first, 200));
    await first.close();
    running = [];
    const [since] = await anchorRoots(world, "while it was away");
    world.proxy.forget();
    const second = await start({ store: storeFile });
    const asked = world.proxy.calls.filter(({ method }) => method === "eth_getLogs");
    const { number } = await world.reader.latestBlock();
    expect(asked.map(({ params }) => Number(params[0].fromBlock))).toEqual([number]);
    expect((await get(second, `/v1/batches/${SHANGHAI.code}/${String(since)}`)).status).toBe(200);
  });

  it("says PORT_IN_USE and which, and lets go of its store", async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const storeFile = join(world.folder, "twice.db");
    const second = start({ port, store: storeFile });
    await expect(second).rejects.toMatchObject({
      code: "PORT_IN_USE",
      detail: `127.0.0.1:${String(port)}`,
    });
  });

  it("says DISK_FAILED where its store can't be opened", async () => {
    await expect(start({ store: world.folder })).rejects.toMatchObject({ code: "DISK_FAILED" });
  });

  it("closes while a question to its node is open, and is gone then", async () => {
    const verifier = await start();
    world.proxy.behave(at("eth_getBlockByNumber", silent));
    await new Promise((resolve) => setTimeout(resolve, 100));
    running = [];
    await verifier.close();
    await expect(fetch(`${verifier.url}/healthz`)).rejects.toThrow("fetch failed");
  });
});
