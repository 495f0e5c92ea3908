/** The log of uses and receipts as an auditor works with them: real processes, a real chain, a real database. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startCommand } from "../support/command.ts";
import type { Running } from "../support/command.ts";
import { COUNTER_REGION, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

const CAUSE = "办理二级建造师注册";

let world: World;
let serving: Running;
let server: string;
let counterKey: string;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  await serve();
  counterKey = world.file("window.key");
  const counter = ["--role", "counter", "--region", COUNTER_REGION];
  await world.ask(["client", "add", "海口市政务服务中心1号窗口", ...counter, "--key", counterKey]);
  for (const index of [1, 2, 3]) await verify(index);
});
afterAll(async () => {
  await serving.stop();
  await world.close();
});

async function serve(): Promise<void> {
  serving = await startCommand(world.home, ["serve", "--port", "0", "--json"]);
  server = (serving.json as { server: string }).server;
}

/** @returns the receipt's number */
async function verify(index: number): Promise<string> {
  const key = ["--server", server, "--client-key", counterKey, "--cause", CAUSE];
  const { receipt } = await world.ask(["verify", world.certificate(index), ...key], 1);
  return receipt.id as string;
}

async function getAs(keyFile: string, path: string): Promise<any> {
  const key = readFileSync(keyFile, "utf8").trim();
  const response = await fetch(server + path, { headers: { Authorization: `Bearer ${key}` } });
  expect(response.status).toBe(200);
  return response.json();
}

/** A copy of the store as an outsider would alter it. */
function alteredCopy(name: string, sql: string): string {
  const copy = world.file(name);
  const original = new DatabaseSync(join(world.home, "service.sqlite"));
  rmSync(copy, { force: true });
  original.exec(`VACUUM INTO '${copy}'`);
  original.close();
  const database = new DatabaseSync(copy);
  database.exec(sql);
  database.close();
  return copy;
}

describe("lz log", () => {
  it("anchors what was written, finds nothing wrong, and lists it", async () => {
    expect(await world.ask(["log", "anchor"])).toMatchObject({ strands: 1, shorter: [] });
    expect(await world.ask(["log", "anchor"])).toMatchObject({ strands: 0, transactions: [] });
    const checked = await world.ask(["log", "check"]);
    expect(checked).toMatchObject({ ok: true, strands: 1, lines: 3, anchored: 3, findings: [] });
    const { items, next } = await world.ask(["log", "show", "--limit", "2"]);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ mode: "file", verdict: "rejected" });
    const rest = await world.ask(["log", "show", "--cursor", next as string]);
    expect(rest).toMatchObject({ items: [{ id: expect.stringMatching(/-1$/) }], next: null });
  });

  it("says in words what is wrong with a copy that somebody edited, and ends with 1", async () => {
    const copy = alteredCopy("edited.sqlite", "UPDATE use_line SET entry = x'80' WHERE number = 2");
    const { exitCode, stdout } = await world.run(["log", "check", "--service-store", copy]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/\[EDITED\] [0-9a-f]{12}-2: 记录被改动/);
  });

  it("finds a strand that is gone with nothing but the copy, the chain and the account", async () => {
    const copy = alteredCopy("gone.sqlite", "DELETE FROM use_line; DELETE FROM use_strand");
    const { useLog } = JSON.parse(readFileSync(join(world.home, "config.json"), "utf8"));
    const key = await world.ask(["key", "show", join(world.home, "keys", "use-log.key")]);
    const where = ["--service-store", copy, "--rpc", world.rpc, "--use-log", useLog as string];
    const home = { env: { LZ_HOME: world.file("nowhere") } };
    const account = ["--account", key.address as string];
    const { findings } = await world.ask(["log", "check", ...where, ...account], 1, home);
    expect(findings).toMatchObject([{ code: "STRAND_MISSING", detail: "3 lines were anchored" }]);
    const offline = ["log", "check", "--service-store", copy, "--offline"];
    expect(await world.ask(offline, 0, home)).toMatchObject({ ok: true, accounts: null });
    const nobody = await world.ask(["log", "check", ...where], 64, home);
    expect(nobody.problem.code).toBe("KEY_NOT_FOUND");
  });

  it("is anchored by the service itself when that ends, and the next goes on in a strand of its own", async () => {
    await verify(4);
    await serving.stop();
    const before = await world.ask(["log", "check"]);
    expect(before).toMatchObject({ ok: true, lines: 4, anchored: 4 });
    await serve();
    await verify(5);
    expect(await world.ask(["log", "check"])).toMatchObject({ ok: true, strands: 2, lines: 5 });
  });

  it("asks for the contract where the configuration is from before there was one, and adds it", async () => {
    const file = join(world.home, "config.json");
    const whole = readFileSync(file, "utf8");
    const { useLog: _gone, ...old } = JSON.parse(whole);
    const home = world.file("old-home");
    const env = { env: { LZ_HOME: home } };
    copyHome(home, JSON.stringify(old));
    const { problem } = await world.ask(["log", "check"], 65, env);
    expect(problem.code).toBe("USE_LOG_NOT_FOUND");
    const { useLog } = await world.ask(["log", "deploy"], 0, env);
    expect(JSON.parse(readFileSync(join(home, "config.json"), "utf8"))).toEqual({ ...old, useLog });
    expect(await world.ask(["log", "anchor"], 0, env)).toMatchObject({ strands: 0 });
  });

  function copyHome(home: string, config: string): void {
    const { mkdirSync } = process.getBuiltinModule("node:fs");
    mkdirSync(join(home, "keys"), { recursive: true });
    writeFileSync(join(home, "config.json"), config);
    copyFileSync(join(world.home, "keys", "authority.key"), join(home, "keys", "authority.key"));
  }
});

describe("lz receipt", () => {
  it("shows a receipt and judges it again: the same verdict, or what differs", async () => {
    const id = await verify(6);
    const receipt = world.file("receipt.json");
    writeFileSync(receipt, JSON.stringify(await getAs(counterKey, `/v1/receipts/${id}`)));
    const shown = await world.run(["receipt", "show", receipt]);
    expect(shown).toMatchObject({ exitCode: 0 });
    expect(shown.stdout).toContain("签名有效 The signature is valid: https://");
    expect(shown.stdout).toContain(id);
    const judge = ["receipt", "judge", receipt, "--presentation"];
    expect(await world.ask([...judge, world.certificate(6)])).toMatchObject({
      ...{ isSame: true, receipt: id, verdict: "rejected", differences: [] },
    });
    const other = await world.ask([...judge, world.certificate(7)], 1);
    expect(other).toMatchObject({ isSame: false, differences: [{ what: "shown" }] });
    const words = await world.run([...judge, world.certificate(7)]);
    expect(words.stdout).toContain("不是当时出示的内容 not what was shown then");
  });

  it("is checked with the keys that the service publishes, also after it has taken a new one", async () => {
    const id = await verify(8);
    const receipt = world.file("receipt.jws");
    const signed = await getAs(counterKey, `/v1/receipts/${id}`);
    writeFileSync(receipt, `${signed.receipt as string}\n`);
    await world.ask(["key", "rotate"]);
    await serving.stop();
    await serve();
    const keys = world.file("keys.json");
    writeFileSync(keys, await (await fetch(`${server}/v1/keys`)).text());
    expect(JSON.parse(readFileSync(keys, "utf8")).keys).toHaveLength(2);
    const env = { env: { LZ_HOME: world.file("elsewhere") } };
    const shown = await world.ask(["receipt", "show", receipt, "--keys", keys], 0, env);
    expect(shown).toMatchObject({ id, use: { verdict: "rejected", client: expect.any(String) } });
    const nobody = await world.ask(["receipt", "show", receipt], 64, env);
    expect(nobody.problem.code).toBe("KEY_NOT_FOUND");
    writeFileSync(keys, JSON.stringify({ keys: [] }));
    const refused = await world.ask(["receipt", "show", receipt, "--keys", keys], 65, env);
    expect(refused.problem.code).toBe("RECEIPT_SIGNATURE_INVALID");
    writeFileSync(receipt, "hello");
    const malformed = await world.ask(["receipt", "show", receipt], 65);
    expect(malformed.problem.code).toBe("RECEIPT_MALFORMED");
  });

  it("comes with the verification where it is asked for, and is read from that answer", async () => {
    const key = ["--server", server, "--client-key", counterKey, "--cause", CAUSE, "--receipt"];
    const answer = await world.ask(["verify", world.certificate(9), ...key], 1);
    const file = world.file("answer.json");
    writeFileSync(file, JSON.stringify(answer));
    expect(await world.ask(["receipt", "show", file])).toMatchObject({ id: answer.receipt.id });
  });

  it("needs the service's own key: an instance that was started without it is not let in", async () => {
    const env = {
      env: {
        LZ_SERVICE_STORE: join(world.home, "service.sqlite"),
        LZ_HOME: world.file("old-home"),
      },
    };
    const { problem } = await world.ask(["serve", "--port", "0"], 65, env);
    expect(problem.code).toBe("SERVICE_KEY_OTHER");
  });
});
