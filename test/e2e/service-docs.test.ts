/** The commands of the verification service's documents, run as they stand against one service. */
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { PROJECT, startCommand } from "../support/command.ts";
import type { Running } from "../support/command.ts";
import { AGENCY_REGION, COUNTER_REGION, TYPE, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { runBlocks, writeEntry } from "../support/documented-commands.ts";

let world: World;
let folder: string;
let serving: Running | undefined;
let server: string;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  folder = dirname(world.home);
  const rule = ["--by", COUNTER_REGION, "--from", AGENCY_REGION, "--type", TYPE];
  await world.ask(["recognise", "add", ...rule, "--basis", "测试"]);
  const counter = ["--role", "counter", "--region", COUNTER_REGION];
  await world.ask(["client", "add", "海口市政务服务中心1号窗口", ...counter]);
  await copyFile(world.certificate(0), world.file("certificate.lzc.json"));
  symlinkSync(world.home, world.file(".liangzheng"));
  symlinkSync(join(PROJECT, "clients"), world.file("clients"));
  writeEntry(folder);
  await serve();
});
afterAll(async () => {
  await serving?.stop();
  await world.close();
});

async function serve(): Promise<void> {
  const config = world.file("serve.json");
  const serviceItems = join(PROJECT, "catalogue/service-items/items.json");
  const settings = { listen: { port: 0 }, serviceItems, publicHost: "verify.example" };
  writeFileSync(config, JSON.stringify(settings));
  serving = await startCommand(world.home, ["serve", "--config", config, "--json"]);
  ({ server } = serving.json as { server: string });
}

/** @returns the indented lines of a document */
function indented(document: string): string[] {
  const lines = readFileSync(join(PROJECT, "docs", document), "utf8").split("\n");
  return lines.filter((line) => line.startsWith("    ")).map((line) => line.slice(4));
}

/** @returns its commands; the service itself runs already */
function commandsOf(document: string): string[] {
  const isCommand = /^(?:LZ_\w+=\S+ )?(?:\.\/lz|curl|clients\/\S+) /;
  const commands = indented(document).filter((line) => isCommand.test(line));
  return commands.filter((line) => !line.startsWith("./lz serve "));
}

/** What stands in a document for what only a run knows. */
type Placeholders = Record<string, string>;

/** Runs them one after another. @param learn what placeholders stand for, from what a command said */
async function runAll(
  document: string,
  known: Placeholders,
  learn: (said: string) => Placeholders = () => ({}),
): Promise<string> {
  let said = "";
  const placeholders = { "http://127.0.0.1:8080": server, ...known };
  for (const shown of commandsOf(document)) {
    let command = shown;
    for (const [word, meant] of Object.entries(placeholders))
      command = command.replaceAll(word, meant);
    const output = await runBlocks(folder, [command]);
    Object.assign(placeholders, learn(output));
    said += output;
  }
  return said;
}

describe("docs/access.md", () => {
  it("adds, shows, rotates and ends a client", async () => {
    const learn = (said: string): Placeholders => {
      const [, id] = /Added: (\S+)/.exec(said) ?? [];
      return id === undefined ? {} : { "C-7F3K2Q9X": id };
    };
    await runAll("access.md", {}, learn);
    const { clients } = await world.ask(["client", "list"]);
    expect(clients).toHaveLength(2);
  });

  it("shows settings that lz serve takes", async () => {
    const lines = indented("access.md");
    const from = lines.indexOf("trustedProxies: []");
    const length = lines.slice(from).findIndex((line) => line.startsWith("ssl_"));
    writeFileSync(world.file("access.yaml"), lines.slice(from, from + length).join("\n"));
    const args = ["serve", "--config", world.file("access.yaml"), "--check-config"];
    expect(await world.ask(args)).toMatchObject({ valid: true });
  });
});

describe("docs/api.md", () => {
  it("verifies with curl, and offline with a trust pack", async () => {
    const said = await runAll("api.md", {});
    expect(said).toContain('{"verdict":"accepted"');
    expect(said).toContain("有效 ACCEPTED");
  });
});

describe("docs/issuing.md", () => {
  /** Columns of the same content as their claims. */
  const SAME = {
    ...{ holderBirthDate: "出生日期", holderIdNumber: "身份证号", certificateNumber: "证书编号" },
    ...{ employerName: "聘用企业", certificateIdentifier: "证照标识" },
    ...{ issuingAuthorityCode: "机构代码", issueDate: "颁发日期", validFrom: "有效期起" },
  };
  const TABLE =
    "姓名,性别代码,专业,有效期止,备注,出生日期,身份证号,证书编号,聘用企业,证照标识,机构代码,颁发日期,有效期起\n" +
    " 赵样例 ,1,市政公用工程、矿业工程,20310512,x,1971-02-02,119901197102020012,沪221040215308799,样例公司,";

  it("writes an example, proposes a mapping for it, and finds nothing wrong", async () => {
    expect(await runAll("issuing.md", {})).toContain("相符 It fits.");
  });

  it("shows a mapping that does to cells what is said of it", async () => {
    const [, shown = ""] =
      /```json\n(.*?)```/s.exec(readFileSync(join(PROJECT, "docs/issuing.md"), "utf8")) ?? [];
    const mapping = JSON.parse(shown) as { claims: Record<string, unknown> };
    const [, row = ""] = readFileSync(world.file("example.csv"), "utf8").split("\n");
    const identifier = /1\.2\.156\.3005\.2\.[^,]+/.exec(row)?.[0] ?? "";
    for (const [claim, column] of Object.entries(SAME)) mapping.claims[claim] = { column };
    writeFileSync(world.file("table.json"), JSON.stringify(mapping));
    const table = `${TABLE}${identifier},11310000MB1A00001C,2026-05-12,2026-05-12\n`;
    writeFileSync(world.file("table.csv"), table);
    const checked = await world.ask([
      ...["map", "check", world.file("table.csv"), "--mapping", world.file("table.json")],
      ...["--type", "11100000000013338W001"],
    ]);
    expect(checked).toMatchObject({ records: 1, valid: 1 });
  });
});

describe("docs/counters.md", () => {
  it("asks a holder, who answers, and verifies the answer", async () => {
    const learn = (said: string): Placeholders => {
      const [, code, id] = /code: (\d{6}) +编号 id: (\S+)/.exec(said) ?? [];
      // Nobody is there to be asked whether to show it.
      if (code === undefined || id === undefined) return {};
      return { "--request 048213": `--request ${code} --yes`, "verify ID": `verify ${id}` };
    };
    expect(await runAll("counters.md", {}, learn)).toContain("有效 ACCEPTED");
  });

  it("shows a call that is answered with a verdict and a receipt", async () => {
    const [line = "", authorization = "", body = ""] = indented("counters.md");
    const [method = "", path = ""] = line.split(" ");
    const key = readFileSync(join(world.home, "keys", "client.key"), "utf8").trim();
    const present = ["present", "--certificate", world.certificate(1), "--disclose", "holderName"];
    const { text } = await world.ask([...present, "--text"]);
    const response = await fetch(server + path, {
      method,
      headers: {
        "content-type": "application/json",
        authorization: authorization.replace("Authorization: ", "").replace("lzk_…", key),
      },
      // A function, since "$$" in the text of a code would be taken for one dollar.
      body: body.replace("LZ1:…", () => text as string),
    });
    const answer: any = await response.json();
    expect(answer).toMatchObject({ verdict: "accepted", receipt: { id: expect.any(String) } });
  });
});

describe("docs/use-log.md", () => {
  it("checks the log and a copy of it, lists and anchors it, and judges a receipt again", async () => {
    const copy = new DatabaseSync(join(world.home, "service.sqlite"));
    copy.exec(`VACUUM INTO '${world.file("copy.sqlite")}'`);
    copy.close();
    const { useLog } = JSON.parse(readFileSync(join(world.home, "config.json"), "utf8"));
    const { address } = await world.ask(["key", "show", join(world.home, "keys", "use-log.key")]);
    const said = await runAll("use-log.md", {
      "http://127.0.0.1:8545": world.rpc,
      "--use-log 0x…": `--use-log ${String(useLog)}`,
      "--account 0x…": `--account ${String(address)}`,
    });
    expect(said).toContain("✓ 复核一致");
  });
});
