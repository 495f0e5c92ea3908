/** Who may change what: authorities appointed from above, acting in their own region alone, dismissed at once. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AGENCY, TYPE, askCommand, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { CITY, PROVINCE, chainTime, keyFile, rpcCall } from "../support/dev-accounts.ts";

const SHANGHAI = "310000";
const DISTRICT = "310101";
const HAINAN = { code: "11460000MB1A00001P", name: "海南省证照样例局", region: "460000" };

let world: World;
let provinceKey = "";
let cityKey = "";

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "no" });
  provinceKey = keyFile(world.file("province.key"), PROVINCE);
  cityKey = keyFile(world.file("city.key"), CITY);
});

afterAll(() => world.close(), 30_000);

const appoint = (region: string, account: string): string[] => {
  return ["authority", "appoint", "--region", region, "--account", account];
};
const addAgency = (code: string, name: string, region: string): string[] => {
  return ["agency", "add", "--code", code, "--name", name, "--region", region, "--type", TYPE];
};

describe("authority", () => {
  it("is appointed by one above it, and listed with the time it is in force from", async () => {
    const order = appoint(SHANGHAI, PROVINCE.address);
    const { effectiveFrom, transactions } = await world.ask([
      ...order,
      "--basis",
      "沪府〔2026〕1号",
    ]);
    expect(transactions).toHaveLength(1);
    expect(effectiveFrom).toBe(await chainTime(world.rpc));
    const listed = await world.ask(["authority", "list", "--region", SHANGHAI]);
    expect(listed).toEqual([
      { region: SHANGHAI, account: PROVINCE.address, since: effectiveFrom, isInForce: true },
    ]);
    const { stdout } = await world.run(["authority", "list"]);
    expect(stdout).toMatch(/^0\t全国 the whole country\t0xf39f/m);
    expect(stdout).toContain(`${SHANGHAI}\t上海市 Shanghai\t${PROVINCE.address}`);
  });

  it("acts in its own region and below, and nowhere else", async () => {
    const as = ["--key", provinceKey];
    await world.ask([...addAgency(AGENCY, "上海市证照样例局", SHANGHAI), ...as]);
    const elsewhere = [...addAgency(HAINAN.code, HAINAN.name, HAINAN.region), ...as];
    const { problem } = await world.ask(elsewhere, 65);
    expect(problem.code).toBe("CONTRACT_REFUSED");
    expect(problem.detail).toContain("RegionalAuthorityRequired");
    expect(problem.reason.zh).toBe("该账户不是该区划或其上级的主管部门");
    const { stderr } = await world.run(elsewhere);
    expect(stderr).toContain("→ The account is no authority over that region or one above it.");
  });

  it("hands on its right for a region below, but not for its own", async () => {
    const as = ["--key", provinceKey];
    await world.ask([...appoint(DISTRICT, CITY.address), ...as]);
    const own = await world.ask([...appoint(SHANGHAI, CITY.address), ...as], 65);
    expect(own.problem.detail).toContain("AuthorityRegistryNotAllowed");
    const suspend = ["agency", "suspend", AGENCY, "--key", cityKey];
    expect((await world.ask(suspend, 65)).problem.detail).toContain("RegionalAuthorityRequired");
  });

  it("is dismissed at once, and can change nothing from then on", async () => {
    const dismiss = ["authority", "dismiss", "--region", SHANGHAI, "--account", PROVINCE.address];
    const { stdout } = await world.run([...dismiss, "--basis", "沪府〔2026〕2号"]);
    expect(stdout).toContain("Dismiss 0x7099");
    const suspend = ["agency", "suspend", AGENCY, "--key", provinceKey];
    expect((await world.ask(suspend, 65)).problem.detail).toContain("RegionalAuthorityRequired");
    expect(await world.ask(["authority", "list", "--region", SHANGHAI])).toEqual([]);
    const again = await world.ask(dismiss, 65);
    expect(again.problem.reason.en).toContain("no authority over the region");
  });
});

describe("an authority that is a contract", () => {
  it("is handed the calls, in words and in bytes, and nothing is sent", async () => {
    const before = await chainTime(world.rpc);
    const order = addAgency(HAINAN.code, HAINAN.name, HAINAN.region);
    const { stdout, exitCode } = await world.run([...order, "--call-only"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("未发送任何交易");
    expect(stdout).toContain("1. 登记发证机关 海南省证照样例局 (11460000MB1A00001P)，海南省");
    expect(stdout).toContain("registerAgency(bytes18,uint24,string,uint64,string)");
    expect(stdout).toMatch(/数据 data {6}0x[0-9a-f]{100,}/);
    expect(await chainTime(world.rpc)).toBe(before);
  });

  it("makes them itself, and they do what was said", async () => {
    await world.ask(appoint(HAINAN.region, CITY.address));
    const order = [...addAgency(HAINAN.code, HAINAN.name, HAINAN.region), "--call-only"];
    const { calls, operator } = await world.ask([...order, "--basis", "琼府〔2026〕1号"]);
    expect(calls).toHaveLength(3);
    for (const { to, data } of calls as { to: string; data: string }[]) {
      await rpcCall(world.rpc, "eth_sendTransaction", { from: CITY.address, to, data });
    }
    const [agency] = await world.ask(["agency", "show", HAINAN.code]);
    expect(agency).toMatchObject({ name: HAINAN.name, region: HAINAN.region, status: "active" });
    expect(agency.operators).toMatchObject([{ account: operator }]);
  });
});

describe("a deployment with a delay", () => {
  it("gives power only when the delay is over, so that everyone sees it coming", async () => {
    const home = world.file("slow");
    const terms = ["--appointment-delay", "3600", "--basis", "国办发〔2022〕3号"];
    await askCommand(home, ["deploy", "--rpc", world.rpc, ...terms]);
    const { effectiveFrom } = await askCommand(home, appoint(SHANGHAI, PROVINCE.address));
    expect(effectiveFrom).toBe((await chainTime(world.rpc)) + 3600);
    const [{ isInForce }] = await askCommand(home, ["authority", "list", "--region", SHANGHAI]);
    expect(isInForce).toBe(false);
    const early = [...addAgency(AGENCY, "上海市证照样例局", SHANGHAI), "--key", provinceKey];
    const { problem } = await askCommand(home, early, 65);
    expect(problem.detail).toContain("RegionalAuthorityRequired");
  });

  it("announces what its administrator does, and says when it can be done", async () => {
    const home = world.file("announced");
    const terms = ["--administration-delay", "3600"];
    await askCommand(home, ["deploy", "--rpc", world.rpc, ...terms]);
    const { problem } = await askCommand(home, appoint("0", PROVINCE.address), 69);
    expect(problem.code).toBe("ANNOUNCED");
    expect(Date.parse(problem.detail) / 1000).toBeGreaterThanOrEqual(await chainTime(world.rpc));
    const national = await askCommand(home, ["authority", "list", "--region", "0"]);
    expect(national).toHaveLength(1);
  });

  it("can begin with another's authority, who alone publishes the catalogue", async () => {
    const home = world.file("theirs");
    const deploy = ["deploy", "--rpc", world.rpc, "--authority", PROVINCE.address];
    const { authority, types } = await askCommand(home, deploy);
    expect([authority, types]).toEqual([PROVINCE.address, 0]);
    const { problem } = await askCommand(home, appoint(SHANGHAI, CITY.address), 65);
    expect(problem.detail).toContain("AuthorityRegistryNotAllowed");
    await askCommand(home, [...appoint(SHANGHAI, CITY.address), "--key", provinceKey]);
  });

  it("can be handed to another administrator, who alone appoints national authorities", async () => {
    const home = world.file("handed");
    await askCommand(home, [
      ...["deploy", "--rpc", world.rpc, "--administrator", PROVINCE.address],
    ]);
    const { problem } = await askCommand(home, appoint("0", CITY.address), 65);
    expect(problem.reason.zh).toBe("只有合约管理员可以这样做");
    const national = [...appoint("0", CITY.address), "--key", provinceKey];
    await askCommand(home, national);
    expect(await askCommand(home, ["authority", "list", "--region", "0"])).toHaveLength(2);
  });
});
