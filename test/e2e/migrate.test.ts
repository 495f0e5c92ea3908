/** A migration to the next version of the contracts: broken off, finished, and read through by everyone. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Account } from "../../src/adapters/chain/account.ts";
import { deployContracts } from "../../src/adapters/chain/deploy.ts";
import { DEVELOPMENT_KEY } from "../../src/adapters/chain/development.ts";
import { connectRpc } from "../../src/adapters/chain/rpc.ts";
import { walletSigner } from "../../src/adapters/chain/wallet-signer.ts";
import { beginCommand, startCommand, until } from "../support/command.ts";
import type { Running } from "../support/command.ts";
import {
  AGENCY,
  AGENCY_REGION,
  COUNTER_REGION,
  TYPE,
  issueAndExport,
  issueOrder,
  openWorld,
} from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

const BASIS = "国办发〔2026〕1号";
let world: World;
/** The directory that goes on. */
let next: string;
/** A verifier that was pointed to it. */
let renewed: Running | undefined;

beforeAll(async () => {
  world = await openWorld({ verifier: "yes", batch: "yes" });
  const { ask } = world;
  await ask([
    "recognise",
    "add",
    "--by",
    COUNTER_REGION,
    "--from",
    AGENCY_REGION,
    "--basis",
    BASIS,
  ]);
  await ask(["status", "set", "--certificate", world.certificate(3), "--to", "suspended"]);
  await ask(["agency", "suspend", AGENCY, "--basis", "检查"]);
  await ask(["agency", "resume", AGENCY, "--basis", "检查完毕"]);
  await refuseFalseSuccessor();
  next = await migrateBrokenOff();
  renewed = await startCommand(world.home, ["serve", "--port", "0", "--poll", "200", "--json"]);
}, 240_000);

afterAll(async () => {
  await renewed?.stop();
  await world.close();
});

let falseSuccessor = "";

/** Whoever likes can deploy contracts that name the real ones as their predecessor. */
async function refuseFalseSuccessor(): Promise<void> {
  const rpc = await connectRpc(world.rpc);
  const account = new Account(rpc, walletSigner(DEVELOPMENT_KEY));
  falseSuccessor = await deployContracts(rpc, account, { predecessor: world.directory });
  rpc.close();
}

async function latestBlock(): Promise<number> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] });
  const headers = { "content-type": "application/json" };
  const response = await fetch(world.rpc, { method: "POST", headers, body });
  return Number(((await response.json()) as { result: string }).result);
}

const MIGRATE = ["migrate", "--basis", BASIS];

/** Killed while it deploys, once it has deployed, and while it carries over; then left to finish. */
async function migrateBrokenOff(): Promise<string> {
  const begun = await latestBlock();
  await killOnce("contracts are deployed", async () => (await latestBlock()) >= begun + 3);
  const job = world.file("home/migration.json");
  await killOnce("the new directory is known", async () => existsSync(job));
  const { to } = JSON.parse(await readFile(job, "utf8")) as { to: string };
  const deployed = await latestBlock();
  await killOnce("something is carried over", async () => (await latestBlock()) >= deployed + 4);
  const { from, to: arrived, wasDone } = await world.ask(MIGRATE);
  expect({ from, arrived, wasDone }).toEqual({
    from: world.directory,
    arrived: to,
    wasDone: false,
  });
  return to;
}

async function killOnce(what: string, isTime: () => Promise<boolean>): Promise<void> {
  const running = beginCommand(world.home, MIGRATE);
  await until(what, isTime);
  await running.stop("SIGKILL");
}

async function codesOf(args: readonly string[], exitCode: number): Promise<string[]> {
  const { checks } = await world.ask(["verify", ...args], exitCode);
  return (checks as { code?: string }[]).flatMap(({ code }) => (code === undefined ? [] : [code]));
}

describe("a migration that was killed three times", () => {
  it("arrives at one successor, whose whole history an audit finds in order", async () => {
    const configuration = await readFile(world.file("home/config.json"), "utf8");
    expect(JSON.parse(configuration)).toMatchObject({ directory: next, rpc: world.rpc });
    expect(await world.ask(["audit"])).toMatchObject({ ok: true, findings: [] });
    expect(await world.ask(["store", "check"])).toMatchObject({ ok: true, findings: [] });
  });

  it("does nothing when it is run again, and says so", async () => {
    const before = await latestBlock();
    expect(await world.ask(MIGRATE)).toMatchObject({ wasDone: true, transactions: [], to: next });
    expect(await latestBlock()).toBe(before);
    const { stdout } = await world.run(MIGRATE);
    expect(stdout).toContain("nothing was done again");
    expect(stdout).toContain(`./lz serve --directory ${next}`);
  });

  it("carries over who may issue what, and which region accepts it", async () => {
    const [agency] = await world.ask(["agency", "show", AGENCY]);
    expect(agency).toMatchObject({ status: "active", region: AGENCY_REGION });
    expect(Object.keys(agency.entitlements)).toEqual([TYPE]);
    const types = (await world.ask(["catalogue", "diff"])) as { differences: unknown[] };
    expect(types.differences).toEqual([]);
    const rules = (await world.ask(["recognise", "list"])) as { rule: { basis: string } }[];
    expect(rules.at(-1)?.rule.basis).toBe(BASIS);
    const kinds = ((await world.ask(["history", "agency", AGENCY])) as HistoryEntry[]).map(
      ({ what }) => what.kind,
    );
    expect(kinds).toContain("LedgerFrozen");
    expect(kinds.filter((kind) => kind === "AgencyRegistered")).toHaveLength(2);
  });
});

interface HistoryEntry {
  readonly what: { readonly kind: string };
}

describe("certificates on either side of a migration", () => {
  it("leaves certificates from before and after accepted, and one of another deployment refused", async () => {
    const input = world.file("after.csv");
    const what = ["--type", TYPE, "--agency", AGENCY];
    await world.ask(["sample", ...what, "--count", "2", "--seed", "after", "--out", input]);
    const [after] = (await issueAndExport(world, input)).files;
    for (const file of [world.certificate(0), String(after)]) {
      const here = await world.ask(["verify", file, "--region", COUNTER_REGION]);
      expect(here.verdict).toBe("accepted");
      const there = await serverVerdict(file);
      expect(there).toBe("accepted");
    }
    const certificate = JSON.parse(await readFile(String(after), "utf8")) as {
      batch: { anchor: string };
    };
    certificate.batch.anchor = `0x${"1".repeat(40)}`;
    const foreign = world.file("foreign.lzc.json");
    await writeFile(foreign, JSON.stringify(certificate));
    expect(await codesOf([foreign], 1)).toContain("WRONG_CHAIN");
  });

  it("keeps the statuses from before, and changes them in the new contracts", async () => {
    const suspended = world.certificate(3);
    expect(await codesOf([suspended], 1)).toEqual(["SUSPENDED"]);
    await world.ask(["status", "set", "--certificate", suspended, "--to", "revoked"]);
    expect(await codesOf([suspended], 1)).toEqual(["REVOKED"]);
    expect((await world.ask(["audit"])).ok).toBe(true);
  });

  async function serverVerdict(file: string): Promise<string> {
    const { server } = renewed?.json as { server: string };
    const args = ["verify", file, "--region", COUNTER_REGION, "--server", server];
    let verdict = "";
    await until("the renewed verifier has read what was issued", async () => {
      const ran = await world.run([...args, "--json"]);
      verdict = (ran.json as { verdict: string }).verdict;
      return verdict === "accepted";
    });
    return verdict;
  }
});

describe("the old deployment", () => {
  it("freezes the old ledger: nothing is anchored there, and its verifiers say can't tell and name the new one", async () => {
    const input = world.file("too-late.csv");
    const what = ["--type", TYPE, "--agency", AGENCY, "--count", "2", "--seed", "too-late"];
    await world.ask(["sample", ...what, "--out", input]);
    const issue = issueOrder(input, "--directory", world.directory);
    const { problem } = await world.ask(issue, 65);
    expect(problem.code).toBe("CONTRACT_REFUSED");
    const asked = ["verify", world.certificate(0), "--server", world.server];
    const answer = await world.ask(asked, 2);
    const stale = answer.checks.find(({ code }: { code?: string }) => code === "CHAIN_STALE");
    expect(stale.detail).toContain(next);
  });

  it("lets no authority do anything any more, and says which deployment goes on", async () => {
    const suspend = ["agency", "suspend", AGENCY, "--directory", world.directory];
    const { problem } = await world.ask(suspend, 69);
    expect(problem).toMatchObject({ code: "LEDGER_FROZEN", detail: next });
  });
});

describe("a false successor", () => {
  it("refuses a deployment that claims to succeed one that was not frozen in its favour", async () => {
    const file = world.certificate(0);
    for (const args of [["verify", file], ["audit"], ["serve", "--port", "0"]]) {
      const { problem } = await world.ask([...args, "--directory", falseSuccessor], 69);
      expect(problem.code).toBe("PREDECESSOR_NOT_FROZEN");
    }
  });
});

describe("the next migration but one", () => {
  it("begins where it is told to, and reads through all three", async () => {
    const { to, wasDone } = await world.ask([...MIGRATE, "--directory", next]);
    expect({ wasDone, isNew: to !== next }).toEqual({ wasDone: false, isNew: true });
    const answer = await world.ask(["verify", world.certificate(1), "--region", COUNTER_REGION]);
    expect(answer.verdict).toBe("accepted");
    expect((await world.ask(["audit"])).ok).toBe(true);
  });
});
