/** An agency through time: suspended, resumed, merged; its operators and document keys changed, stolen, cleared. */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AGENCY, AGENCY_REGION, TYPE, issueOrder, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { PROVINCE, chainTime, keyFile } from "../support/dev-accounts.ts";

const SUCCESSOR = { code: "11310000MB1A000284", name: "上海市政务服务样例中心" };
const OTHER_TYPE = "11100000000013338W011";

let world: World;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
});

afterAll(() => world.close(), 30_000);

const shown = async (code = AGENCY): Promise<any> => (await world.ask(["agency", "show", code]))[0];
const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

async function issue(name: string, args: readonly string[] = [], exitCode = 0): Promise<any> {
  return world.ask(issueOrder(await recordsFor(name), ...args), exitCode);
}

const BATCHES = ["while-suspended", "before-theft", "after-theft", "too-late"];

/** Others for each batch: no number is issued twice. */
async function recordsFor(batch: string): Promise<string> {
  const out = world.file(`${batch}.csv`);
  const seed = String(100 + BATCHES.indexOf(batch));
  const order = ["sample", "--type", TYPE, "--agency", AGENCY, "--count", "3", "--seed", seed];
  if (!existsSync(out)) await world.ask([...order, "--out", out]);
  return out;
}

async function codesOf(file: string, exitCode: number): Promise<string[]> {
  const { checks } = await world.ask(["verify", file], exitCode);
  return (checks as { code?: string }[]).flatMap(({ code }) => code ?? []);
}

describe("what an agency may issue", () => {
  it("is granted with a window and an assurance, and ended; both are shown", async () => {
    const grant = ["agency", "grant", AGENCY, "--type", OTHER_TYPE, "--assurance", "B"];
    await world.ask([...grant, "--valid-until", "2031-01-01", "--basis", "沪府〔2026〕1号"]);
    const until = Date.parse("2030-12-31T16:00:00Z") / 1000;
    const { entitlements } = await shown();
    expect(entitlements[OTHER_TYPE]).toMatchObject({ assurance: 3, validUntil: until });
    await world.ask(["agency", "end-grant", AGENCY, "--type", OTHER_TYPE]);
    expect((await shown()).entitlements).not.toHaveProperty(OTHER_TYPE);
  });

  it("is not granted for a type, or to an agency, that there is not", async () => {
    const wrong: readonly (readonly [string, readonly string[]])[] = [
      ["TYPE_UNKNOWN", ["grant", AGENCY, "--type", "11100000000013338W999"]],
      ["IDENTIFIER_INVALID", ["suspend", "11310000MB1A00001X"]],
      ["AGENCY_UNKNOWN", ["suspend", SUCCESSOR.code]],
    ];
    const asked = wrong.map(([, args]) => world.ask(["agency", ...args], 65));
    const codes = (await Promise.all(asked)).map(({ problem }) => problem.code as string);
    expect(codes).toEqual(wrong.map(([code]) => code));
  });
});

describe("an agency", () => {
  it("that is suspended issues nothing until it is resumed; what it issued stays good", async () => {
    const before = Math.floor(Date.now() / 1000) - 86_400;
    const suspend = ["agency", "suspend", AGENCY, "--basis", "沪府办〔2026〕2号"];
    await world.ask([...suspend, "--effective-from", at(before)]);
    const refused = await issue("while-suspended", [], 65);
    expect(refused.problem.code).toBe("CONTRACT_REFUSED");
    expect(await codesOf(world.certificate(0), 0)).toEqual([]);
    await world.ask(["agency", "resume", AGENCY]);
    await issue("while-suspended");
    const { statuses } = await shown();
    expect((statuses as { status: string }[]).map(({ status }) => status)).toEqual([
      "active",
      "suspended",
      "active",
    ]);
    expect(statuses[1].effectiveFrom).toBe(before);
    expect(statuses[1].recordedAt).toBeGreaterThan(before);
    const { stdout } = await world.run(["agency", "show", AGENCY]);
    expect(stdout).toContain(`暂停 suspended\t${at(before).replace(".000Z", "Z")}\t`);
  });
});

describe("an operator's key", () => {
  it("is changed without a gap: the new account is added before the old one is removed", async () => {
    const key = keyFile(world.file("second.key"), PROVINCE);
    const operator = ["agency", "operator"];
    const [{ account: old }] = (await shown()).operators as [{ account: string }];
    await world.ask([...operator, "add", AGENCY, "--account", PROVINCE.address]);
    const one = ["--key", key];
    const subject = ["--certificate", world.certificate(1), "--to", "suspended"];
    await world.ask(["status", "set", ...subject, ...one]);
    await world.ask([...operator, "remove", AGENCY, "--account", old]);
    const former = ["status", "set", "--certificate", world.certificate(1), "--to", "active"];
    const { problem } = await world.ask(former, 65);
    expect(problem.reason.en).toContain("no operator of the agency");
    const notTheirs = [...operator, "remove", AGENCY, "--account", `0x${"12".repeat(20)}`];
    expect((await world.ask(notTheirs, 65)).problem.code).toBe("OPERATOR_UNKNOWN");
  });

  it("that was stolen is distrusted since a time: what it anchored after is rejected", async () => {
    const key = world.file("second.key");
    const before = await issue("before-theft", ["--key", key]);
    const since = (await chainTime(world.rpc)) + 1;
    const after = await issue("after-theft", ["--key", key]);
    const account = ["--account", PROVINCE.address];
    const distrust = ["agency", "operator", "distrust", AGENCY, ...account, "--since", at(since)];
    await world.ask([...distrust, "--basis", "沪网信〔2026〕5号"]);
    const [good, bad] = await Promise.all([before, after].map(exportFirst));
    expect(await codesOf(String(good), 0)).toEqual([]);
    expect(await codesOf(String(bad), 1)).toEqual(["ANCHOR_DISTRUSTED"]);
    const more = await issue("too-late", ["--key", key], 65);
    expect(more.problem.code).toBe("CONTRACT_REFUSED");
    const add = await world.ask(["agency", "operator", "add", AGENCY, ...account], 65);
    expect(add.problem.reason.en).toContain("lz agency operator lift");

    await world.ask(["agency", "operator", "lift", AGENCY, ...account]);
    expect(await codesOf(String(bad), 0)).toEqual([]);
    const operators = (await shown()).operators as { account: string; trust: object[] }[];
    const trust = operators.find((one) => one.account === PROVINCE.address)?.trust;
    expect(trust).toMatchObject([{ since }, { since: null }]);
    const { stdout } = await world.run(["agency", "show", AGENCY]);
    expect(stdout).toMatch(new RegExp(`${PROVINCE.address}\t.*恢复可信 trusted again`));
  });

  async function exportFirst({ job, batches }: any): Promise<string> {
    const out = world.file(`certificates-${String(job)}`);
    const first = ["--root", String(batches[0].root), "--index", "0"];
    const { files } = await world.ask(["export", ...first, "--out", out]);
    return String(files[0]);
  }
});

describe("a document key", () => {
  it("of SM2 or P-256 is added from a file or by its coordinates, ended, distrusted and cleared", async () => {
    const command = ["agency", "document-key"];
    const seal = world.file("seal.jwk");
    const { keyId, algorithm, thumbprint } = await world.ask([
      "key",
      "new",
      "--sm2",
      "--out",
      seal,
    ]);
    expect([algorithm, thumbprint]).toEqual(["SM2", null]);
    const added = await world.ask([...command, "add", AGENCY, "--public-key", seal]);
    expect(added).toMatchObject({ keyId, algorithm: "SM2", validUntil: null });

    const other = world.file("p256.jwk");
    const { x, y } = await world.ask(["key", "new", "--out", other]);
    const half = [...command, "add", AGENCY, "--x", x as string];
    expect((await world.ask(half, 64)).problem.detail).toContain("all of --x, --y and --algorithm");
    const coordinates = [...half, "--y", y as string, "--algorithm"];
    const wrongCurve = await world.ask([...coordinates, "SM2"], 65);
    expect(wrongCurve.problem.reason.zh).toBe("坐标不在该算法的曲线上");
    await world.ask([...coordinates, "P-256", "--valid-until", "2031-01-01"]);

    const named = ["--key-id", keyId as string];
    await world.ask([...command, "distrust", AGENCY, ...named]);
    await world.ask([...command, "lift", AGENCY, ...named]);
    await world.ask([...command, "end", AGENCY, ...named]);
    const { stdout } = await world.run(["agency", "show", AGENCY]);
    const line = stdout.split("\n").find((each) => each.startsWith(String(keyId)));
    expect(line).toMatch(/\tSM2\t\S+Z\t\S+Z\t恢复可信 trusted again/);
    const { documentKeys } = await shown();
    expect(documentKeys).toMatchObject([{ algorithm: "SM2" }, { algorithm: "P-256" }]);
    const unknown = [...command, "end", AGENCY, "--key-id", `0x${"12".repeat(32)}`];
    expect((await world.ask(unknown, 65)).problem.code).toBe("DOCUMENT_KEY_UNKNOWN");
    const twice = await world.ask([...command, "end", AGENCY, ...named], 65);
    expect(twice.problem.detail).toContain("AgencyRegistryUnknownDocumentKey");
  });
});

describe("a merged agency's certificates", () => {
  it("stay good, name the successor, and are its operators' to suspend and revoke", async () => {
    const name = ["--name", SUCCESSOR.name, "--region", AGENCY_REGION, "--type", TYPE];
    await world.ask(["agency", "add", "--code", SUCCESSOR.code, ...name]);
    const succeed = ["agency", "succeed", AGENCY, "--by"];
    expect((await world.ask([...succeed, AGENCY], 64)).problem.detail).toContain("itself");
    await world.ask([...succeed, SUCCESSOR.code, "--basis", "国办发〔2026〕3号"]);

    const file = world.certificate(2);
    const answer = await world.ask(["verify", file]);
    expect(answer).toMatchObject({
      verdict: "accepted",
      certificate: { agency: AGENCY, successor: SUCCESSOR },
    });
    const { stdout } = await world.run(["verify", file]);
    expect(stdout).toContain(
      `现由其承接 its work goes on in: ${SUCCESSOR.name} (${SUCCESSOR.code})`,
    );
    await world.ask(["status", "set", "--certificate", file, "--to", "revoked"]);
    expect(await codesOf(file, 1)).toEqual(["REVOKED"]);

    expect(await shown()).toMatchObject({
      status: "closed",
      successor: { agency: SUCCESSOR.code },
    });
    const table = await world.run(["agency", "show"]);
    expect(table.stdout).toMatch(new RegExp(`^${AGENCY}\t.*\tclosed\t.*\t${SUCCESSOR.code}$`, "m"));
    const close = await world.ask(["agency", "close", AGENCY], 65);
    expect(close.problem.reason.en).toContain("closed for good");
    const another = await world.ask([...succeed, SUCCESSOR.code], 65);
    expect(another.problem.detail).toContain("AgencyRegistrySuccessorNamed");
  });

  it("are closed without a successor too, and then name none", async () => {
    await world.ask(["agency", "close", SUCCESSOR.code]);
    expect(await shown(SUCCESSOR.code)).toMatchObject({ status: "closed", successor: null });
  });
});
