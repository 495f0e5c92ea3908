/** Jobs of ten thousand as an operator has them: killed, finished, given up, two at once, in either database. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { loadSettings } from "../../src/config.ts";
import { openAgencyStore } from "../../src/main/stores/agency-store.ts";
import type { AgencyStore, JobState } from "../../src/ports/agency-store.ts";
import { beginCommand, until } from "../support/command.ts";
import { AGENCY, BATCH_SIZE, TYPE, issueOrder, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { startPostgres } from "../support/postgres.ts";
import type { Postgres } from "../support/postgres.ts";
import { at, atCall, silent, startRpcProxy } from "../support/rpc-proxy.ts";
import type { Behaviour, RpcProxy } from "../support/rpc-proxy.ts";

const COUNT = 10_000;
let world: World;
let proxy: RpcProxy;
/** The world's own store, looked into while commands work on it. */
let store: AgencyStore;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  proxy = await startRpcProxy(world.rpc);
  store = await openAgencyStore(loadSettings({ LZ_HOME: world.home }));
});

afterEach(() => {
  proxy.behave(null);
});

afterAll(async () => {
  await store.close();
  await proxy.close();
  await world.close();
});

async function tableOf(count: number, seed: string): Promise<string> {
  const out = world.file(`${seed}.csv`);
  const size = ["--count", String(count), "--seed", seed, "--agency", AGENCY];
  await world.ask(["sample", "--type", TYPE, ...size, "--out", out]);
  return out;
}

/** By way of the proxy. */
function proxied(order: readonly string[]): string[] {
  return [...order, "--rpc", proxy.url];
}

/** Kills a command as soon as the node leaves it without an answer. */
async function killAt(
  method: string,
  behaviour: Behaviour,
  order: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const isLeft = Promise.withResolvers<null>();
  const watching: Behaviour = async (call, forward) => {
    const reply = await behaviour(call, forward);
    if (typeof reply === "function") isLeft.resolve(null);
    return reply;
  };
  proxy.behave(at(method, watching));
  const running = beginCommand(world.home, proxied(order), env);
  const early = await Promise.race([isLeft.promise, running.ended]);
  if (early !== null) throw new Error(`ended before it was killed: ${early.stdout}${early.stderr}`);
  await running.stop("SIGKILL");
  proxy.behave(null);
}

/** The node takes a transaction and mines it, and whoever sent it never hears of it. */
const unheard: Behaviour = async (_call, forward) => {
  await forward();
  return () => undefined;
};

async function newestJob(): Promise<{ id: string; state: JobState }> {
  const [job] = await store.jobs();
  return { id: job?.id ?? "", state: job?.state ?? "cancelled" };
}

async function anchored(): Promise<number> {
  return (await world.ask(["audit"])).sequence as number;
}

describe("a job of ten thousand", () => {
  it("that was killed while it read is finished by the same command, as if nothing had been", async () => {
    const before = await anchored();
    const order = issueOrder(await tableOf(COUNT, "reading"));
    const running = beginCommand(world.home, order);
    await until("it reads", async () => (await newestJob()).state === "reading");
    await running.stop("SIGKILL");
    const { id, state } = await newestJob();
    expect(state).toBe("reading");
    expect(await store.batches(id)).toEqual([]);
    const issued = await world.ask(order);
    expect(issued).toMatchObject({
      ...{ job: id, state: "done", wasDone: false, certificates: COUNT, batchCount: 3 },
      batches: [{ size: 4096 }, { size: 4096 }, { size: 1808 }],
      transactions: [{ batches: 3 }],
    });
    expect(await anchored()).toBe(before + 3);
  });

  it("that was killed when its transaction was on its way is resumed, and nothing is sent twice", async () => {
    const before = await anchored();
    const order = issueOrder(await tableOf(COUNT, "sending"), "--batch-size", "512");
    await killAt("eth_sendRawTransaction", unheard, order);
    const { id, state } = await newestJob();
    expect(["signed", "sent"]).toContain(state);
    const unfinished = await world.ask(["jobs", "show", id]);
    expect(unfinished).toMatchObject({ job: id, state, certificates: COUNT, batchCount: 20 });
    const resumed = await world.ask(["jobs", "resume", id]);
    expect(resumed).toMatchObject({ job: id, state: "done", batchCount: 20, certificates: COUNT });
    expect(resumed.batches.at(-1)).toMatchObject({ size: 272, issued: 272 });
    expect(await anchored()).toBe(before + 20);
    expect(await world.ask(order)).toMatchObject({ job: id, wasDone: true });
  });

  it("turns a second lz away, which says who is busy and changes nothing", async () => {
    const [first, second] = [await tableOf(COUNT, "first"), await tableOf(5, "second")];
    const isSending = Promise.withResolvers<null>();
    const release = Promise.withResolvers<null>();
    const held: Behaviour = async (_call, forward) => {
      isSending.resolve(null);
      await release.promise;
      return forward();
    };
    proxy.behave(at("eth_sendRawTransaction", held));
    const order = proxied(issueOrder(first, "--batch-size", "100", "--pad"));
    const working = world.ask(order, 0, { env: { LZ_TIMEOUT_MS: "60000" } });
    await isSending.promise;
    const jobs = await store.jobs();
    const { problem } = await world.ask(issueOrder(second), 69);
    expect(problem).toMatchObject({ code: "STORE_BUSY", detail: store.name });
    expect((await store.jobs()).map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
    release.resolve(null);
    const issued = await working;
    expect(issued).toMatchObject({ state: "done", certificates: COUNT, batchCount: 100 });
    expect(issued.batches.at(-1)).toMatchObject({ size: 128, issued: 100 });
    expect(await world.ask(issueOrder(second))).toMatchObject({ state: "done", certificates: 5 });
  });
});

describe("a job that is given up", () => {
  it("is cancelled while nothing of it can be anchored, and its numbers are free again", async () => {
    const order = issueOrder(await tableOf(20, "given-up"));
    // The first time it is asked whether it may issue at all, the second time about its batches.
    await killAt("eth_estimateGas", atCall(2, silent), order);
    const { id, state } = await newestJob();
    expect(state).toBe("hashed");
    expect(await world.ask(["jobs", "cancel", id])).toMatchObject({ state: "cancelled" });
    const again = await world.ask(order);
    expect(again).toMatchObject({ state: "done", wasDone: false, certificates: 20 });
    expect(again.job).not.toBe(id);
    const { problem } = await world.ask(["jobs", "cancel", again.job as string], 65);
    expect(problem.code).toBe("JOB_NOT_CANCELLABLE");
    const unknown = await world.ask(["jobs", "show", "J-20000101-0000"], 65);
    expect(unknown.problem.code).toBe("JOB_NOT_FOUND");
  });
});

describe("all of this", () => {
  it("is listed, the newest first, and store and chain agree on every certificate", async () => {
    const { stdout } = await world.run(["jobs", "list"]);
    const states = stdout.split("\n").map((line) => /\t(done|cancelled)\t/.exec(line)?.[1]);
    const jobs = await store.jobs();
    expect(states.filter((state) => state !== undefined)).toEqual(jobs.map(({ state }) => state));
    expect(await world.ask(["store", "check"])).toMatchObject({ ok: true, findings: [] });
    expect(await world.ask(["audit"])).toMatchObject({ ok: true, findings: [] });
  });
});

describe("the store", () => {
  it("lies in a file in which nobody's name or number can be found", async () => {
    const kept = await bytesOf("agency.sqlite", "agency.sqlite-wal");
    expect(kept.includes(world.job)).toBe(true);
    const [header = "", ...lines] = (await readFile(world.records, "utf8")).trimEnd().split("\r\n");
    const columns = header.split(",");
    const places = PERSONAL.map((name) => columns.indexOf(name));
    const cells = lines.flatMap((line) => places.map((place) => line.split(",")[place] ?? ""));
    expect(cells).toHaveLength(PERSONAL.length * BATCH_SIZE);
    expect(cells.filter((cell) => cell === "" || kept.includes(cell))).toEqual([]);
  });

  it("forgets one certificate for good, and proves its neighbour as before", async () => {
    const named = (index: number): string[] => ["--root", world.root, "--index", String(index)];
    const unsure = await world.ask(["store", "erase", ...named(3)], 64);
    expect(unsure.problem.detail).toContain("--yes");
    await world.ask(["store", "erase", ...named(3), "--yes"]);
    const out = ["--out", world.file("neighbour.lzc.json")];
    const gone = await world.ask(["export", ...named(3), ...out], 65);
    expect(gone.problem.code).toBe("CERTIFICATE_ERASED");
    await world.ask(["export", ...named(4), ...out]);
    const [again, before] = await Promise.all(
      [world.file("neighbour.lzc.json"), world.certificate(4)].map((file) =>
        readFile(file, "utf8"),
      ),
    );
    expect(again).toBe(before);
    expect(await world.ask(["store", "check"])).toMatchObject({ ok: true, erased: 1 });
  });

  async function bytesOf(...names: readonly string[]): Promise<Buffer> {
    const files = names
      .map((name) => world.file(`home/${name}`))
      .filter((file) => existsSync(file));
    return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
  }
});

/** Each has a value of its own in every record. */
const PERSONAL = ["holderName", "holderIdNumber", "certificateNumber", "certificateIdentifier"];

describe("a store in PostgreSQL", () => {
  let postgres: Postgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  });

  afterAll(() => postgres.stop(), 30_000);

  it("keeps a job through a kill as well, and has what the other store never had", async () => {
    const env = { LZ_STORE: postgres.url() };
    const order = issueOrder(await tableOf(COUNT, "postgres"));
    await killAt("eth_sendRawTransaction", unheard, order, env);
    const issued = await world.ask(order, 0, { env });
    expect(issued).toMatchObject({ state: "done", certificates: COUNT, batchCount: 3 });
    const which = ["--root", String(issued.batches[2].root), "--index", "1807"];
    const out = world.file("from-postgres.lzc.json");
    await world.ask(["export", ...which, "--out", out], 0, { env });
    expect(await readFile(out, "utf8")).toContain(AGENCY);
    expect((await world.ask(["verify", out])).verdict).toBe("accepted");
    const elsewhere = await world.ask(["export", ...which, "--out", out], 65);
    expect(elsewhere.problem.code).toBe("CERTIFICATE_NOT_FOUND");
    expect(await world.ask(["store", "check"], 0, { env })).toMatchObject({ ok: true });
  });
});
