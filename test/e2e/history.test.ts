/** The timeline of an agency, a type, a rule and a certificate, as the chain tells it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AGENCY, AGENCY_REGION, TYPE, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

const BASIS = "沪府办规〔2026〕1号";
let world: World;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
});

afterAll(() => world.close(), 30_000);

interface Entry {
  readonly recordedAt: number;
  readonly effectiveFrom: number;
  readonly block: number;
  readonly transaction: string;
  readonly what: { readonly kind: string; readonly words: { zh: string; en: string } };
  readonly by: string;
  readonly basis: string | null;
}

async function history(...args: readonly string[]): Promise<Entry[]> {
  return (await world.ask(["history", ...args])) as Entry[];
}

function kindsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ what }) => what.kind);
}

describe("the timeline of a certificate", () => {
  it("begins with its batch and tells each status with the time it was recorded and the time it holds from", async () => {
    const file = world.certificate(5);
    const set = ["status", "set", "--certificate", file, "--to"];
    await world.ask([...set, "suspended"]);
    await world.ask([...set, "revoked", "--effective-from", "2026-02-03", "--reason", "7"]);
    const entries = await history("certificate", file);
    expect(kindsOf(entries)).toEqual([
      "BatchAnchored",
      "CertificateStatusChanged",
      "CertificateStatusChanged",
    ]);
    const last = entries.at(-1);
    expect(last?.effectiveFrom).toBe(Date.parse("2026-02-03T00:00:00+08:00") / 1000);
    expect(last?.recordedAt).toBeGreaterThan(last?.effectiveFrom ?? Infinity);
    expect(last?.what.words.zh).toContain("吊销");
    expect(entries[0]?.by).toBe(last?.by);
    const { stdout } = await world.run(["history", "certificate", file]);
    expect(stdout).toMatch(/^● \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}区块 block \d+$/m);
    expect(stdout).toContain("生效 effective from 2026-02-02T16:00:00Z");
    expect(stdout).toContain(`(经办 operator of ${AGENCY})`);
  });

  it("is found without its file, by what the chain knows of it, and shows nothing of its content", async () => {
    const named = await history("certificate", `${AGENCY}/${world.root}/6`);
    expect(kindsOf(named)).toEqual(["BatchAnchored"]);
    expect(named).toEqual(await history("certificate", world.certificate(6)));
  });
});

describe("the timeline of an agency", () => {
  it("tells what was done, by whom, on what basis, and leaves out other agencies", async () => {
    const other = [
      "--code",
      "11460000MB1A00001P",
      "--name",
      "海南省证照样例局",
      "--region",
      "460000",
    ];
    await world.ask(["agency", "add", ...other, "--type", TYPE, "--basis", "别处"]);
    await world.ask(["agency", "suspend", AGENCY, "--basis", BASIS]);
    await world.ask(["agency", "resume", AGENCY, "--basis", BASIS]);
    const entries = await history("agency", AGENCY);
    expect(kindsOf(entries)).toEqual([
      "AgencyRegistered",
      "EntitlementGranted",
      "OperatorAdded",
      "AgencyStatusChanged",
      "AgencyStatusChanged",
    ]);
    expect(entries.map(({ basis }) => basis)).toEqual(["测试", "测试", "测试", BASIS, BASIS]);
    const blocks = entries.map(({ block }) => block);
    expect(blocks).toEqual([...blocks].sort((a, b) => a - b));
    const { stdout } = await world.run(["history", "agency", AGENCY]);
    expect(stdout).toContain(`依据 basis ${BASIS}`);
    expect(stdout).toContain("(主管部门 authority over 全国 the whole country)");
  });

  it("is a table where one is wanted", async () => {
    const { stdout } = await world.run(["history", "agency", AGENCY, "--table"]);
    const [header, ...rows] = stdout.trimEnd().split("\n");
    expect(header).toBe("recorded\teffective from\twhat\tby\tbasis\tblock\ttransaction");
    for (const row of rows) expect(row.split("\t")).toHaveLength(7);
  });
});

describe("the timeline of a rule and of a type", () => {
  it("tells when a rule was added and ended, and shows at the type that it names", async () => {
    const rule = ["--by", "460000", "--from", AGENCY_REGION, "--type", TYPE, "--basis", BASIS];
    const { ruleId } = await world.ask(["recognise", "add", ...rule]);
    await world.ask(["recognise", "end", String(ruleId), "--basis", "到期"]);
    const entries = await history("rule", String(ruleId));
    expect(kindsOf(entries)).toEqual(["RuleAdded", "RuleEnded"]);
    expect(entries.map(({ basis }) => basis)).toEqual([BASIS, "到期"]);
    expect(kindsOf(await history("type", TYPE))).toEqual([
      "TypePublished",
      "EntitlementGranted",
      "EntitlementGranted",
      "RuleAdded",
      "RuleEnded",
    ]);
  });
});

describe("a timeline of what the chain does not know", () => {
  it.each([
    ["an agency", ["agency", "11330000MB1A00001L"], "AGENCY_UNKNOWN"],
    ["a type", ["type", "11100000000013338W999"], "TYPE_UNKNOWN"],
    ["a rule", ["rule", "999"], "RULE_UNKNOWN"],
    ["a certificate", ["certificate", `${AGENCY}/0x${"0".repeat(64)}/0`], "CERTIFICATE_NOT_FOUND"],
  ])("is refused with its own code: %s", async (_what, args, code) => {
    const { problem } = await world.ask(["history", ...args], 65);
    expect(problem.code).toBe(code);
  });

  it("says where a file is none, and where a code has a wrong check character", async () => {
    const file = await world.ask(["history", "certificate", world.records], 65);
    expect(file.problem.code).toBe("CERTIFICATE_UNREADABLE");
    const code = await world.ask(["history", "agency", "11310000MB1A00001D"], 65);
    expect(code.problem.code).toBe("IDENTIFIER_INVALID");
  });
});
