/** Rules of recognition from their making to their end, and the two views that say what follows from them. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  AGENCY,
  AGENCY_REGION,
  COUNTER_REGION,
  TYPE,
  openWorld,
} from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "no" });
  const name = ["--name", "上海市证照样例局", "--region", AGENCY_REGION];
  await world.ask(["agency", "add", "--code", AGENCY, ...name, "--type", TYPE]);
});

afterAll(() => world.close(), 30_000);

const recognise = (...args: string[]): string[] => ["recognise", ...args];
const ACCEPT = ["--by", COUNTER_REGION, "--from", AGENCY_REGION, "--type", TYPE];
const EXPLAIN = recognise("explain", "--region", COUNTER_REGION, "--type", TYPE);

async function decision(...more: string[]): Promise<any> {
  return world.ask([...EXPLAIN, "--agency", AGENCY, ...more]);
}

describe("rules", () => {
  it("accept, are suspended by another rule, and resume when that one is ended", async () => {
    const accept = recognise("add", ...ACCEPT, "--basis", "国办发〔2022〕3号");
    expect((await world.ask(accept)).ruleId).toBe(1);
    expect(await decision()).toMatchObject({ decision: { by: "rule", record: { id: 1 } } });

    const { stdout } = await world.run(recognise("suspend", "1", "--basis", "琼府办函〔2026〕7号"));
    expect(stdout).toContain("Rule 1 stays; rule 2 suspends it until it is ended.");
    expect(stdout).toContain("恢复：./lz recognise end 2");
    const suspended = await decision();
    expect(suspended.decision.record).toMatchObject({ id: 2, rule: { effect: "suspend" } });
    expect(suspended.considered).toMatchObject([{ outcome: "outranked", lostOn: "effect" }, {}]);

    await world.ask(recognise("end", "2"));
    expect((await decision()).decision.record.id).toBe(1);
  });

  it("that recognise nothing, or are ended or unknown, are not suspended or ended again", async () => {
    const [ended, unknown] = await Promise.all([
      world.ask(recognise("end", "2"), 65),
      world.ask(recognise("suspend", "42"), 65),
    ]);
    expect([ended.problem.code, unknown.problem.code]).toEqual(["RULE_UNKNOWN", "RULE_UNKNOWN"]);
    expect(ended.problem.detail).toMatch(/^2 was ended, 20/);
    const deny = recognise("add", "--by", "0", "--from", "340000", "--effect", "deny");
    const { ruleId } = await world.ask(deny);
    const { problem } = await world.ask(recognise("suspend", String(ruleId)), 64);
    expect(problem.detail).toContain("end it instead");
  });

  it("of a group hold for its regions as they are defined, and for no group that is not", async () => {
    const add = recognise("add", "--by", "330000", "--group");
    const [both, neither, unknown] = await Promise.all([
      world.ask([...add, "长三角", "--from", "310000"], 64),
      world.ask(recognise("add", "--by", "330000"), 64),
      world.ask([...add, "长三角"], 65),
    ]);
    for (const { problem } of [both, neither]) {
      expect(problem.detail).toContain("exactly one of --from, --group");
    }
    expect(unknown.problem.code).toBe("GROUP_UNKNOWN");
    const regions = "310000,320000,330000,340000";
    await world.ask(recognise("group", "define", "长三角", "--regions", regions));
    await world.ask([...add, "长三角", "--effect", "conditional", "--condition", "另验身份证"]);
    const groups = await world.ask(recognise("group", "list"));
    expect(groups).toMatchObject([{ group: "长三角", regions: regions.split(",") }]);
    const { stdout } = await world.run(recognise("group", "list"));
    expect(stdout).toContain(
      "长三角\t310000 320000 330000 340000\t上海市 Shanghai, 江苏省 Jiangsu",
    );
  });

  it("are listed with the types' names, the ended ones too", async () => {
    const rules = await world.ask(recognise("list"));
    expect(rules).toHaveLength(4);
    const { stdout } = await world.run(recognise("list"));
    expect(stdout).toContain(`1\t海南省认可上海市颁发的二级建造师注册证书 Hainan accepts`);
    expect(stdout).toContain("浙江省有条件认可长三角颁发的各类证照");
    expect(stdout.split("\n")[2]).toMatch(/^2\t.*Z$/);
  });
});

describe("the explanation", () => {
  it("says in words which rule decides and why each other one gave way", async () => {
    const { stdout } = await world.run([...EXPLAIN, "--issuer-region", AGENCY_REGION, "--all"]);
    expect(stdout).toContain("✓ 由规则 1 决定：海南省认可上海市颁发的二级建造师注册证书");
    expect(stdout).toContain("Rule 1 decides: Hainan accepts Second-class constructor");
    expect(stdout).toContain("依据 basis 国办发〔2022〕3号");
    expect(stdout).toMatch(/^2\t.*\t当时已被终止 It had been ended\.$/m);
    expect(stdout).toMatch(/^3\t.*\t不涉及该发证机关所在地区/m);
    expect(stdout).toMatch(/^4\t.*\t不适用于该窗口所在地区/m);
  });

  it("says that a region needs no rule for its own, and that without a rule nothing is accepted", async () => {
    const ask = (region: string, issuer: string) =>
      world.run(
        recognise("explain", "--region", region, "--issuer-region", issuer, "--type", TYPE),
      );
    const [own, nothing] = await Promise.all([ask("310101", "310000"), ask("440000", "310000")]);
    expect(own.stdout).toContain("need no rule");
    expect(nothing.stdout).toContain("✗ 不认可：没有适用的规则 Not accepted: no rule applies.");
    expect(nothing.stdout).toContain("3 rules of other regions are not shown");
  });

  it("is of a past day, as it was known that day, where that is asked", async () => {
    const past = await decision("--at", "2026-01-31");
    expect(past.decision).toMatchObject({ by: "nothing" });
    expect(past.considered[0].outcome).toBe("notYetInForce");
    const unknown = await decision("--as-known-at", "2026-01-31");
    expect(unknown.considered[0].outcome).toBe("notYetRecorded");
    const { stdout } = await world.run([
      ...[...EXPLAIN, "--agency", AGENCY],
      ...["--at", "2026-01-31", "--as-known-at", "2026-02-01"],
    ]);
    expect(stdout).toContain("时点 at       2026-01-30T16:00:00Z");
    expect(stdout).toContain("as known at 2026-01-31T16:00:00Z");
  });

  it("asks for the issuer in exactly one way, and for a type that there is", async () => {
    const type = ["--type", "11100000000013338W999"];
    const who = recognise("explain", "--region", COUNTER_REGION, "--issuer-region", "310000");
    const [none, unknown] = await Promise.all([
      world.ask(EXPLAIN, 64),
      world.ask([...who, ...type], 65),
    ]);
    expect(none.problem.detail).toContain("exactly one of --issuer-region, --agency");
    expect(unknown.problem.code).toBe("TYPE_UNKNOWN");
  });
});

describe("the matrix", () => {
  const matrix = recognise("matrix", "--type", TYPE);

  it("shows the provinces concerned as a table with a legend, and says the same as the explanation", async () => {
    const { stdout } = await world.run(matrix);
    const rows = stdout.split("\n").map((line) => line.split("\t"));
    const header = rows.find(([first, second]) => first === "" && second !== undefined);
    expect(header).toEqual(["", "310000", "320000", "330000", "340000", "460000"]);
    const row = (region: string) => rows.find(([first]) => first?.startsWith(region));
    expect(row("460000")).toEqual([
      "460000 海南省 Hainan",
      ...["✓ accept 1", "– no rule", "– no rule", "✗ deny 3", "● own"],
    ]);
    expect(row("330000")?.[1]).toBe("✓* conditional 4");
    for (const word of ["认可 accept", "暂停认可 suspend", "已到期 expired", "无规则 no rule"]) {
      expect(stdout).toContain(word);
    }
  });

  it("is drawn as a picture of the regions that are named", async () => {
    const svg = world.file("matrix.svg");
    const regions = ["--regions", "310000,460200,460000"];
    const drawn = await world.ask([...matrix, ...regions, "--svg", svg]);
    expect(drawn.rows[1][0]).toMatchObject({ recognising: "460200", effect: "accept", ruleId: 1 });
    const picture = await readFile(svg, "utf8");
    expect(picture).toContain("<title>证照互认矩阵：二级建造师注册证书</title>");
    expect(picture).toContain("海南省（460200） ← 上海市: 认可 accept, 规则 rule 1");
  });

  it("says what it leaves out, and shows every region with --regions all", async () => {
    await world.ask(recognise("add", "--by", "460200", "--from", "any", "--effect", "deny"));
    const { stdout } = await world.run(matrix);
    expect(stdout).toContain("另有 1 个有机关或规则的地区未列出");
    const { regions } = await world.ask([...matrix, "--regions", "all"]);
    expect(regions).toContain("460200");
    const { problem } = await world.ask([...matrix, "--regions", "0"], 64);
    expect(problem.detail).toContain("not the whole country");
  });
});
