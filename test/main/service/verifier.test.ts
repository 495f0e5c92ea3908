import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import { exportCertificate } from "../../../src/app/export-certificates.ts";
import { certificateToJson } from "../../../src/core/certificate/certificate-file.ts";
import { ConnectedChain } from "../../../src/main/chain/chain-connections.ts";
import type { ChainPlaces } from "../../../src/main/chain/chain-connections.ts";
import { startAgencyEndpoint } from "../../../src/main/agency/agency-endpoint.ts";
import { readAgencySettings } from "../../../src/main/settings/agency-settings.ts";
import type { AwaitedChain, Chain } from "../../../src/main/chain/chain.ts";
import { createKey } from "../../../src/main/keys/keys.ts";
import { startVerifier } from "../../../src/main/service/verifier.ts";
import type { Verifier } from "../../../src/main/service/verifier.ts";
import type { SettingFlags } from "../../../src/main/settings/service-settings.ts";
import type { ServiceLog } from "../../../src/ports/service-log.ts";
import { serviceContext } from "../../support/service-context.ts";
import { newSigningKeyJwk } from "../../../src/adapters/store/key-files.ts";
import type { ChainWorld } from "../../support/chain-world.ts";
import {
  HAINAN,
  SHANGHAI,
  TIMEOUT_MS,
  anchorRoots,
  callContract,
  goodRows,
  issueRows,
  startChainWorld,
} from "../../support/chain-world.ts";
import { codeToChain } from "../../../src/adapters/chain/chain-words.ts";
import {
  altering,
  alteringLogs,
  at,
  hidingLogs,
  html,
  onChain,
  resetting,
  silent,
} from "../../support/rpc-proxy.ts";

let world: ChainWorld;
let certificate: unknown;
let root: string;
let running: Verifier[] = [];
const chains: AwaitedChain[] = [];

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
  for (const chain of chains.splice(0)) chain.close();
});
afterAll(() => world.close());

const MAX_AGE_SECONDS = 1;

async function start(flags: SettingFlags = {}, log?: ServiceLog): Promise<Verifier> {
  return startOn(metChain(), flags, log);
}

/** One that was opened already. */
function metChain(): AwaitedChain {
  const chain: Chain = {
    rpc: world.proxied,
    deployment: world.proxiedDeployment,
    reader: world.proxiedReader,
    confirmations: 0,
    nodes: () => [],
    close: () => undefined,
  };
  const { directory, chainId } = chain.reader.identity;
  return { ...chain, directory, chainId, reach: () => Promise.resolve(chain) };
}

/** As `lz serve` does, which has not asked any node yet. */
function startUnmet(
  flags: SettingFlags = {},
  log?: ServiceLog,
  changes: Partial<ChainPlaces> = {},
): Promise<Verifier> {
  return startOn(unmetChain(changes), flags, log);
}

function unmetChain(changes: Partial<ChainPlaces> = {}): AwaitedChain {
  const chain = new ConnectedChain({
    urls: [world.proxy.url],
    directory: world.deployment.identity.directory,
    ...{ timeoutMs: TIMEOUT_MS, chainId: null, confirmations: 0, ...changes },
  });
  chains.push(chain);
  return chain;
}

async function startOn(
  chain: AwaitedChain,
  flags: SettingFlags,
  log?: ServiceLog,
): Promise<Verifier> {
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
  const end = Date.now() + 120_000;
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
    // Not for its next look at the chain, in a minute.
    expect(performance.now() - began).toBeLessThan(1_500);
    running = [];
  });

  it("takes what is new within its pace: a batch, then a revocation", async () => {
    const verifier = await start();
    await anchorRoots(world, "new");
    const path = `/v1/batches/${SHANGHAI.code}/${root}`;
    await eventually(async () => (await get(verifier, path)).status === 200);
    await eventually(async () => (await verify(verifier)).json.verdict === "accepted");
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
    ["hides what is new", hidingLogs(() => []), "CHAIN_INCONSISTENT"],
  ])(
    "whose node %s says so, grows stale and can't tell; and is well again with its node",
    async (what, behaviour, code) => {
      const told: (string | null)[] = [];
      const write: ServiceLog["write"] = (_level, event, members) => {
        if (event === "chain-trouble") told.push(String(members?.["code"]));
        if (event === "chain-followed") told.push(null);
      };
      const verifier = await start({}, { write });
      await eventually(() => isReady(verifier, 200));
      world.proxy.behave(behaviour);
      await anchorRoots(world, `while it ${what}`);
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
      // A busy machine may have kept it waiting before.
      expect(told.slice(-2)).toEqual([code, null]);
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

describe("a verifier that has never met its node", () => {
  const stored = (name: string): SettingFlags => ({
    ...{ store: join(world.folder, "stores", name), maxAge: 3_600 },
  });

  /** A run that ended, and what it has left on its disk. */
  async function keep(name: string): Promise<{ readonly block: number }> {
    const verifier = await startUnmet(stored(name));
    await eventually(() => isReady(verifier, 200));
    const { block } = (await verify(verifier)).json.ledger;
    await verifier.close();
    running = [];
    return { block };
  }

  it("starts, says why it can't tell, and catches up by itself once the node answers", async () => {
    const told: unknown[] = [];
    const write: ServiceLog["write"] = (_level, event, members) => {
      if (event.startsWith("chain-")) told.push([event, members?.["code"]]);
    };
    world.proxy.behave(resetting);
    const verifier = await startUnmet({}, { write });
    expect((await get(verifier, "/healthz")).status).toBe(200);
    expect(JSON.stringify(await get(verifier, "/readyz"))).toMatch(
      /503.*the chain has not been reached.*RPC_UNREACHABLE/,
    );
    expect((await verify(verifier)).json).toMatchObject({ verdict: "indeterminate", ledger: null });
    expect((await get(verifier, "/v1/statuses")).status).toBe(503);
    world.proxy.behave(null);
    await eventually(() => isReady(verifier, 200));
    expect((await verify(verifier)).json.verdict).toBe("accepted");
    expect(told[0]).toEqual(["chain-trouble", "RPC_UNREACHABLE"]);
    expect(told.at(-1)).toEqual(["chain-followed", undefined]);
  });

  it("answers on what its store holds, as old as when the node confirmed it, until the node answers", async () => {
    const first = await keep("kept.db");
    world.proxy.behave(resetting);
    const second = await startUnmet(stored("kept.db"));
    const { verdict, ledger } = (await verify(second)).json;
    expect(verdict).toBe("accepted");
    expect(ledger).toMatchObject({ block: first.block, ageSeconds: expect.any(Number) });
    const [since] = await anchorRoots(world, "while nobody answered");
    const path = `/v1/batches/${SHANGHAI.code}/${String(since)}`;
    expect((await get(second, path)).status).toBe(404);
    world.proxy.behave(null);
    await eventually(async () => (await get(second, path)).status === 200);
  });

  it("can't tell once what its store holds is too old", async () => {
    await keep("old.db");
    world.proxy.behave(resetting);
    const second = await startUnmet({ ...stored("old.db"), maxAge: 0 });
    await eventually(() => isReady(second, 503));
    expect((await verify(second)).json).toMatchObject({
      verdict: "indeterminate",
      ledger: { ageSeconds: expect.any(Number) },
    });
  });

  it.each([
    ["WRONG_CHAIN", "another chain", onChain(5)],
    ["DIRECTORY_NOT_FOUND", "a chain without the ledger", altering("eth_call", () => "0x")],
  ])("is refused at once with %s by the node of %s", async (code, _what, behaviour) => {
    world.proxy.behave(behaviour);
    await expect(startUnmet({}, undefined, { chainId: 31_337 })).rejects.toMatchObject({ code });
  });

  it("takes nothing from another chain that answers later, and says that it is another", async () => {
    await keep("pinned.db");
    world.proxy.behave(resetting);
    const second = await startUnmet(stored("pinned.db"));
    expect((await verify(second)).json.verdict).toBe("accepted");
    world.proxy.behave(onChain(5));
    const said = async () => JSON.stringify((await get(second, "/readyz")).json);
    await eventually(async () => (await said()).includes("WRONG_CHAIN"));
    expect((await verify(second)).json).toMatchObject({ verdict: "indeterminate", ledger: null });
    await second.close();
    running = [];
    const refused = { code: "WRONG_CHAIN" };
    await expect(startUnmet(stored("pinned.db"))).rejects.toMatchObject(refused);
    world.proxy.behave(resetting);
    const directory = `0x${"d1".repeat(20)}`;
    const other = startUnmet(stored("pinned.db"), undefined, { directory });
    await expect(other).rejects.toMatchObject(refused);
  });
});

describe("an agency's endpoint that has never met its node", () => {
  it("starts, gives nothing out and says why, and goes on by itself once the node answers", async () => {
    const { surroundings, log, metrics, version } = serviceContext(world.folder);
    const agency = SHANGHAI.code;
    const document = join(world.folder, "document.key");
    await createKey(surroundings, document, JSON.stringify(newSigningKeyJwk()));
    const { settings: usual } = readAgencySettings({ port: 0, poll: 50, store: ":memory:" });
    const settings = { ...usual, keys: { document } };
    world.proxy.behave(resetting);
    const context = { agency, settings, surroundings, log, metrics, version };
    const endpoint = await startAgencyEndpoint(unmetChain(), context);
    const unready = async (): Promise<string> => {
      const response = await fetch(`${endpoint.url}/readyz`);
      return JSON.stringify([response.status, await response.json()]);
    };
    expect(await unready()).toMatch(/^\[503,.*the chain has not been reached/);
    expect((await fetch(`${endpoint.url}/healthz`)).status).toBe(200);
    world.proxy.behave(null);
    const untrusted = /^\[503,.*the chain does not trust the document key/;
    await eventually(async () => untrusted.test(await unready()));
    await endpoint.close();
  });
});
