/** The journey of the README through its commands: set up, issue, show, verify, change, audit. */
import { readFile, stat, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { until } from "../support/command.ts";
import {
  AGENCY,
  AGENCY_REGION,
  BATCH_SIZE,
  COUNTER_REGION,
  TYPE,
  issueAndExport,
  issueOrder,
  openWorld,
} from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld({ verifier: "yes", batch: "yes" });
  const regions = ["--by", COUNTER_REGION, "--from", AGENCY_REGION, "--basis", "国办发〔2022〕3号"];
  await world.ask(["recognise", "add", ...regions, "--type", TYPE]);
});

afterAll(() => world.close(), 30_000);

interface CheckLine {
  readonly check: string;
  readonly result: string;
  readonly code?: string;
}

/** What two answers have in common when the same judge gave them: claims a verifier tells its clients alone. */
function judgement(answer: {
  readonly verdict: string;
  readonly authentic: boolean | null;
  readonly usable: boolean | null;
  readonly checks: readonly CheckLine[];
}): unknown {
  const { verdict, authentic, usable } = answer;
  const checks = answer.checks.map(({ check, result, code }) => [check, result, code]);
  return { verdict, authentic, usable, checks };
}

/** Verifies here and at the verifier, which must agree. @returns the answer from here */
async function verifyTwice(args: readonly string[], exitCode: number): Promise<any> {
  const [here, there] = await Promise.all([
    world.ask(["verify", ...args], exitCode),
    world.ask(["verify", ...args, "--server", world.server], exitCode),
  ]);
  expect(judgement(there)).toEqual(judgement(here));
  return here;
}

function codes({ checks }: { readonly checks: readonly CheckLine[] }): string[] {
  return checks.flatMap(({ code, result }) =>
    code === undefined || result === "skipped" ? [] : [code],
  );
}

describe("setting up", () => {
  it("leaves a configuration, so that later commands need no flags", async () => {
    const file = JSON.parse(await readFile(world.file("home/config.json"), "utf8")) as unknown;
    const { rpc, directory } = world;
    const useLog = expect.stringMatching(/^0x[0-9a-f]{40}$/i);
    expect(file).toEqual({ rpc, directory, useLog, chainId: 31337, confirmations: 0 });
  });

  it("keeps keys where only their owner can read them", async () => {
    for (const name of ["authority.key", `operator-${AGENCY}.key`]) {
      expect((await stat(world.file(`home/keys/${name}`))).mode & 0o077).toBe(0);
    }
  });

  it("shows the agency with its types and its operator, and to a person as a table", async () => {
    const [agency] = await world.ask(["agency", "show", AGENCY]);
    expect(agency).toMatchObject({ code: AGENCY, region: AGENCY_REGION, status: "active" });
    expect(Object.keys(agency.entitlements)).toEqual([TYPE]);
    expect(agency.operators).toHaveLength(1);
    const { stdout } = await world.run(["agency", "show"]);
    expect(stdout.split("\n")[0]).toBe("code\tname\tregion\tstatus\tsince\ttypes\tsuccessor");
    expect(stdout).toContain("上海市 Shanghai");
  });

  it("registers an agency once, also when the command is run again", async () => {
    const add = ["agency", "add", "--code", AGENCY, "--name", "上海市证照样例局"];
    const again = [...add, "--region", AGENCY_REGION, "--type", TYPE];
    expect((await world.ask(again)).transactions).toEqual([]);
  });

  it("refuses an agency's name that differs from the one registered", async () => {
    const add = ["agency", "add", "--code", AGENCY, "--name", "别的机关"];
    const { problem } = await world.ask([...add, "--region", AGENCY_REGION, "--type", TYPE], 65);
    expect(problem.code).toBe("CONTRACT_REFUSED");
    expect(problem.detail).toContain(`AgencyExists(agency: ${AGENCY})`);
  });

  it("registers nothing for a type that is not in the catalogue", async () => {
    const add = ["agency", "add", "--code", "11460000MB1A00001P", "--name", "海南省证照样例局"];
    const type = ["--type", "11100000000013338W999"];
    const { problem } = await world.ask([...add, "--region", "460000", ...type], 65);
    expect(problem.code).toBe("TYPE_UNKNOWN");
    await world.ask(["agency", "show", "11460000MB1A00001P"], 65);
  });

  it("refuses an agency's code with a wrong check character", async () => {
    const add = ["agency", "add", "--code", "11310000MB1A00001D", "--name", "x"];
    const { problem } = await world.ask([...add, "--region", AGENCY_REGION, "--type", TYPE], 65);
    expect(problem.code).toBe("IDENTIFIER_INVALID");
    expect(problem.detail).toContain("校验位不符 the check character");
  });

  it("lists the recognition rules in words", async () => {
    const { stdout } = await world.run(["recognise", "list"]);
    expect(stdout).toMatch(new RegExp(`^1\t海南省认可上海市颁发的.*\t${TYPE}\tall\t`, "m"));
    expect(stdout).toContain("国办发〔2022〕3号");
  });
});

describe("sample records", () => {
  it("are the same bytes for the same seed and others for another", async () => {
    const write = async (name: string, seed: string): Promise<string> => {
      const size = ["--count", "20", "--seed", seed];
      await world.ask(["sample", "--type", TYPE, ...size, "--out", world.file(name)]);
      return readFile(world.file(name), "utf8");
    };
    const [first, same, other] = await Promise.all([
      write("seed-a.csv", "7"),
      write("seed-b.csv", "7"),
      write("seed-c.csv", "8"),
    ]);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
    expect(first.trimEnd().split("\r\n")).toHaveLength(21);
  });

  it("can be had of every type of the catalogue, which is listed as a table and as JSON", async () => {
    const types = (await world.ask(["sample", "--list"])) as { code: string }[];
    expect(types.length).toBeGreaterThanOrEqual(12);
    const { stdout } = await world.run(["sample", "--list"]);
    for (const { code } of types) expect(stdout).toContain(code);
  });
});

/** A table of records with numbers that were never issued. */
async function newRecords(name: string, count: number): Promise<string> {
  const out = world.file(`${name}.csv`);
  const size = ["--count", String(count), "--seed", name, "--agency", AGENCY];
  await world.ask(["sample", "--type", TYPE, ...size, "--out", out]);
  return out;
}

describe("issuing", () => {
  it("says in a dry run what it would do and cost, and does nothing", async () => {
    const dry = issueOrder(await newRecords("dry", BATCH_SIZE), "--dry-run");
    const { stdout } = await world.run(dry);
    expect(stdout).toContain(`合格 Valid: ${String(BATCH_SIZE)}`);
    expect(stdout).toMatch(/\d+ gas/);
    const before = await world.ask(["audit"]);
    const said = await world.ask(dry);
    expect(said).toMatchObject({ dryRun: true, valid: BATCH_SIZE, invalid: 0, errorFile: null });
    expect(said.gas).toBeLessThan(110_000);
    expect((await world.ask(["audit"])).sequence).toBe(before.sequence);
    expect((await world.ask(["jobs", "list"])).jobs).toHaveLength(1);
  });

  it("anchors once, however often the same command is run", async () => {
    const before = await world.ask(["audit"]);
    const again = issueOrder(world.records);
    const { wasDone, job, batches } = await world.ask(again);
    expect({ wasDone, job, batches }).toMatchObject({
      wasDone: true,
      job: world.job,
      batches: [{ root: world.root, size: BATCH_SIZE, issued: BATCH_SIZE }],
    });
    expect((await world.run(again)).stdout).toContain("未重复");
    expect((await world.ask(["audit"])).head).toBe(before.head);
  });

  it("issues nothing while one record is bad, and the good ones with --skip-invalid", async () => {
    const records = await newRecords("bad", 5);
    const lines = (await readFile(records, "utf8")).trimEnd().split("\r\n");
    const bad = lines
      .slice(0, 6)
      .map((line, i) => (i === 3 ? line.replace(/,[男女],/, ",x,") : line));
    const input = world.file("one-bad.csv");
    await writeFile(input, `${bad.join("\r\n")}\r\n`);
    const { problem } = await world.ask(issueOrder(input), 65);
    expect(problem.code).toBe("RECORDS_INVALID");
    expect(problem.detail).toBe(`1 of 5 records; see ${input}.errors.csv`);
    expect((await world.ask(["jobs", "list"])).jobs).toHaveLength(1);
    const [header, row, ...more] = (await readFile(`${input}.errors.csv`, "utf8"))
      .trimEnd()
      .split("\r\n");
    expect(header).toContain("line 行,column 列,code 代码");
    expect(row).toMatch(/^4,holderSex,/);
    expect(more).toEqual([]);
    const dry = await world.ask(issueOrder(input, "--dry-run"), 65);
    expect(dry).toMatchObject({ valid: 4, invalid: 1, problem: { code: "RECORDS_INVALID" } });
    const skip = await world.ask(issueOrder(input, "--skip-invalid"));
    expect(skip).toMatchObject({ certificates: 4, skipped: 1, wasDone: false });
  });

  it("takes a batch hashed with SM3 as well", async () => {
    const input = world.file("sm3.csv");
    const size = ["--count", "3", "--seed", "sm3", "--agency", AGENCY];
    await world.ask(["sample", "--type", TYPE, ...size, "--out", input]);
    const { files } = await issueAndExport(world, input, "--suite", "sm3");
    expect(files).toHaveLength(3);
    expect((await world.ask(["verify", String(files[2])])).verdict).toBe("accepted");
  });
});

describe("exporting", () => {
  it("writes one certificate by its index or its number, or all", async () => {
    const file = world.certificate(7);
    const { claims, batch } = JSON.parse(await readFile(file, "utf8")) as {
      claims: { name: string; value: string }[];
      batch: { index: number };
    };
    expect(batch.index).toBe(7);
    const number = claims.find(({ name }) => name === "certificateNumber")?.value ?? "";
    const exportTo = ["export", "--out"];
    const byNumber = await world.ask([...exportTo, world.file("by-number"), "--number", number]);
    expect(await readFile(byNumber.files[0], "utf8")).toBe(await readFile(file, "utf8"));
    const byRoot = ["--root", world.root.slice(0, 10), "--index", "7"];
    const byIndex = await world.ask([...exportTo, world.file("by-index"), ...byRoot]);
    expect(await readFile(byIndex.files[0], "utf8")).toBe(await readFile(file, "utf8"));
    const all = await world.ask([...exportTo, world.file("all"), "--job", world.job, "--all"]);
    expect(all.count).toBe(BATCH_SIZE);
    expect(new Set(all.files).size).toBe(BATCH_SIZE);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it("says that there is no such certificate and leaves no folder", async () => {
    const out = world.file("nothing");
    const exportTo = ["export", "--out", out];
    const beyond = ["--root", world.root, "--index", String(BATCH_SIZE)];
    for (const [code, which] of [
      ["CERTIFICATE_NOT_FOUND", beyond],
      ["CERTIFICATE_NOT_FOUND", ["--number", "无此编号"]],
      ["CERTIFICATE_NOT_FOUND", ["--root", "0x00000000", "--index", "0"]],
      ["JOB_NOT_FOUND", ["--job", "J-20000101-0000", "--all"]],
    ] as const) {
      expect((await world.ask([...exportTo, ...which], 65)).problem.code).toBe(code);
    }
    await expect(stat(out)).rejects.toThrow("ENOENT");
  });
});

describe("showing and verifying", () => {
  it("gives the same answer for a file here and at the verifier", async () => {
    const file = world.certificate(1);
    const answer = await verifyTwice([file, "--region", COUNTER_REGION], 0);
    expect(answer.verdict).toBe("accepted");
    expect(answer.recognition.rule.basis).toBe("国办发〔2022〕3号");
    expect(answer.certificate).toMatchObject({ agency: AGENCY, type: TYPE, index: 1 });
    expect(answer.ledger.directory).toBe(world.directory);
    expect(answer.checks).toHaveLength(10);
  });

  it("says a verdict in words with days as a clerk knows them", async () => {
    const { stdout } = await world.run(["verify", world.certificate(1)]);
    expect(stdout).toContain("有效 ACCEPTED");
    expect(stdout).toContain("二级建造师注册证书");
    expect(stdout).toMatch(/有效期 valid \d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d\n/);
  });

  it("discloses what is named and what the type always discloses, in PNG, SVG and text alike", async () => {
    const file = world.certificate(2);
    const show = ["present", "--certificate", file, "--disclose", "holderName"];
    const png = world.file("code.png");
    const { text, disclosed } = await world.ask([...show, "--qr", png]);
    expect(text).toMatch(/^LZ1:/);
    expect(disclosed).toContain("holderName");
    const answer = await verifyTwice([png], 0);
    expect(Object.keys(answer.claims).sort()).toEqual([...new Set(disclosed as string[])].sort());
    expect(answer.claims).not.toHaveProperty("holderIdNumber");
    expect((await world.ask(["verify", text])).claims).toEqual(answer.claims);

    const svg = world.file("code.svg");
    await world.ask([...show, "--qr", svg]);
    expect(await readFile(svg, "utf8")).toMatch(/^<svg/);
    const printed = (await world.run([...show, "--text"])).stdout;
    expect(printed).toMatch(/^LZ1:[^\n]+\n$/);
    const saved = world.file("code.txt");
    await writeFile(saved, printed);
    expect((await world.ask(["verify", saved])).verdict).toBe("accepted");
    const drawn = (await world.run(show)).stdout;
    expect(drawn.split("\n").length).toBeGreaterThan(30);
    expect(drawn).toContain("█▀▀▀▀▀█");
  });

  it("refuses to disclose what the certificate does not hold, naming what it does", async () => {
    const file = world.certificate(2);
    const wrong = ["present", "--certificate", file, "--disclose", "salary", "--text"];
    const { problem } = await world.ask(wrong, 65);
    expect(problem.code).toBe("CLAIM_UNKNOWN");
    expect(problem.detail).toContain("salary");
    expect(problem.detail).toContain("holderName");
  });

  it("prints a link for paper that has no end and any camera opens", async () => {
    const file = world.certificate(2);
    const paper = ["present", "--certificate", file, "--print", "lz.example"];
    const { text } = await world.ask(paper);
    expect(text).toMatch(/^https:\/\/lz\.example\/q#[\w-]+$/);
    await verifyTwice([text], 0);
  });

  it("binds a presentation to a counter, a challenge and a time", async () => {
    const file = world.certificate(3);
    const show = ["present", "--certificate", file];
    const meant = [...show, "--audience", "三亚窗口", "--nonce", "00112233"];
    const { text } = await world.ask(meant);
    const at = (who: string, challenge: string): string[] => [
      ...[text as string, "--audience", who],
      ...["--nonce", challenge],
    ];
    await verifyTwice(at("三亚窗口", "00112233"), 0);
    expect(codes(await verifyTwice(at("海口窗口", "00112233"), 1))).toEqual(["AUDIENCE_MISMATCH"]);
    expect(codes(await verifyTwice(at("三亚窗口", "44556677"), 1))).toEqual(["NONCE_MISMATCH"]);
  });

  it("lets a code run out after its seconds", async () => {
    const file = world.certificate(3);
    const { text } = await world.ask(["present", "--certificate", file, "--ttl", "1"]);
    await until("the code has run out", async () => {
      const { json } = await world.run(["verify", text as string, "--json"]);
      return codes(json).includes("PRESENTATION_EXPIRED");
    });
  });

  it("rejects an altered claim, saying why, here and at the verifier", async () => {
    const certificate = JSON.parse(await readFile(world.certificate(4), "utf8")) as {
      claims: { name: string; value: unknown }[];
    };
    const claim = certificate.claims.find(({ name }) => name === "holderName");
    if (claim !== undefined) claim.value = "张伟";
    const altered = world.file("altered.lzc.json");
    await writeFile(altered, JSON.stringify(certificate));
    const answer = await verifyTwice([altered], 1);
    expect(codes(answer)[0]).toBe("ROOT_MISMATCH");
    expect(answer.authentic).toBe(false);
    const { exitCode, stdout } = await world.run(["verify", altered]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("[ROOT_MISMATCH]");
    expect(stdout).toContain("→");
  });

  it("rejects where no rule recognises the type, and where a required claim is withheld", async () => {
    const file = world.certificate(5);
    expect(codes(await verifyTwice([file, "--region", "330000"], 1))).toEqual(["NO_RULE"]);
    const { text } = await world.ask(["present", "--certificate", file]);
    const demand = [text as string, "--require", "holderIdNumber,employerName"];
    expect(codes(await verifyTwice(demand, 1))).toEqual(["CLAIM_MISSING"]);
    const holder = await verifyTwice([text as string, "--require-holder"], 1);
    expect(codes(holder)).toEqual(["HOLDER_PROOF_REQUIRED"]);
  });
});

describe("a holder's key", () => {
  it("proves who shows a certificate issued to it, once, and nobody else can show it", async () => {
    const jwk = world.file("citizen.jwk");
    const { thumbprint } = await world.ask(["key", "new", "--out", jwk]);
    expect(thumbprint).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(jwk)).mode & 0o077).toBe(0);
    expect((await world.ask(["key", "show", jwk])).thumbprint).toBe(thumbprint);
    const overwrite = await world.ask(["key", "new", "--out", jwk], 65);
    expect(overwrite.problem.code).toBe("FILE_EXISTS");

    const records = await newRecords("holder", 1);
    const [header, record] = (await readFile(records, "utf8")).split("\r\n");
    const input = world.file("held.csv");
    await writeFile(
      input,
      `${String(header)},holderKey\r\n${String(record)},${String(thumbprint)}\r\n`,
    );
    const { files, block } = await issueAndExport(world, input);
    const [file] = files;
    await world.followed(block);

    const show = ["present", "--certificate", String(file)];
    const without = await world.ask([...show, "--text"], 64);
    expect(without.problem.detail).toContain("--key");
    const { text } = await world.ask([...show, "--key", jwk]);
    const demand = [text as string, "--require-holder"];
    expect((await verifyTwice(demand, 0)).verdict).toBe("accepted");
    const again = await world.ask(["verify", ...demand, "--server", world.server], 1);
    expect(codes(again)).toEqual(["REPLAYED"]);

    const thief = world.file("thief.jwk");
    await world.ask(["key", "new", "--out", thief]);
    const stolen = await world.ask([...show, "--key", thief]);
    expect(codes(await verifyTwice([stolen.text as string], 1))).toEqual(["ROOT_MISMATCH"]);
    const forPaper = await world.ask([...show, "--key", jwk, "--print", "lz.example"], 64);
    expect(forPaper.problem.detail).toContain("--print");
  });

  it("is refused where the file is missing or holds something else", async () => {
    const show = ["present", "--certificate", world.certificate(1), "--text", "--key"];
    const missing = await world.ask([...show, world.file("no.jwk")], 64);
    expect(missing.problem.code).toBe("KEY_NOT_FOUND");
    const wrong = await world.ask([...show, world.records], 65);
    expect(wrong.problem.code).toBe("KEY_MALFORMED");
  });
});

describe("status", () => {
  const set = async (subject: readonly string[], to: string): Promise<void> => {
    const { block } = await world.ask(["status", "set", ...subject, "--to", to]);
    await world.followed(block as number);
  };

  it("of a certificate is suspended, lifted and revoked, and every verifier knows", async () => {
    const file = world.certificate(10);
    const subject = ["--certificate", file];
    await set(subject, "suspended");
    const suspended = await verifyTwice([file], 1);
    expect(codes(suspended)).toEqual(["SUSPENDED"]);
    expect([suspended.authentic, suspended.usable]).toEqual([true, false]);
    await set(subject, "active");
    expect((await verifyTwice([file], 0)).verdict).toBe("accepted");
    await set(subject, "revoked");
    expect(codes(await verifyTwice([file], 1))).toEqual(["REVOKED"]);
    const { name, changes } = await world.ask(["status", "show", ...subject]);
    expect([name, changes.length]).toEqual(["revoked", 3]);
    const { stdout } = await world.run(["status", "show", ...subject]);
    expect(stdout).toContain("吊销 revoked");
    const lift = await world.ask(["status", "set", ...subject, "--to", "active"], 65);
    expect(lift.problem.code).toBe("CONTRACT_REFUSED");
  });

  it("can be set by number, by the beginning of a root, or by agency and root", async () => {
    const batch = ["--root", world.root.slice(2, 10)];
    await set([...batch, "--index", "11"], "cancelled");
    const named = ["--agency", AGENCY, "--root", world.root, "--index", "11"];
    expect((await world.ask(["status", "show", ...named])).name).toBe("cancelled");
    const { claims } = JSON.parse(await readFile(world.certificate(12), "utf8")) as {
      claims: { name: string; value: string }[];
    };
    const number = claims.find(({ name }) => name === "certificateNumber")?.value ?? "";
    await set(["--number", number], "superseded");
    expect((await world.ask(["status", "show", ...batch, "--index", "12"])).name).toBe(
      "superseded",
    );
    expect((await world.ask(["status", "show", ...batch, "--index", "13"])).name).toBe("active");
  });

  it("of a whole batch holds for each of its certificates", async () => {
    const { files, root } = await issueAndExport(world, await newRecords("whole", 2));
    await set(["--root", root, "--whole"], "withdrawn");
    for (const file of files) expect(codes(await verifyTwice([file], 1))).toEqual(["WITHDRAWN"]);
    expect((await world.ask(["status", "show", "--root", root, "--whole"])).name).toBe("withdrawn");
  });

  it("is not changed where it is not said of what, or of too much", async () => {
    const to = ["status", "set", "--to", "revoked"];
    for (const subject of [
      [],
      ["--root", world.root],
      ["--root", world.root, "--index", "1", "--whole"],
      ["--number", "1", "--root", world.root],
    ]) {
      expect((await world.ask([...to, ...subject], 64)).problem.detail).toContain("expected");
    }
    const beyond = await world.ask([...to, "--root", world.root, "--index", "4000"], 65);
    expect(beyond.problem.code).toBe("CONTRACT_REFUSED");
  });

  it("judges a past day by what was true then", async () => {
    const file = world.certificate(14);
    const before = Math.floor(Date.now() / 1000) - 60;
    await set(["--certificate", file], "revoked");
    const then = new Date(before * 1000).toISOString();
    expect((await world.ask(["verify", file], 1)).verdict).toBe("rejected");
    const past = await world.ask(["verify", file, "--at", then]);
    expect(past.verdict).toBe("accepted");
    const both = await world.ask(["verify", file, "--at", then, "--server", world.server], 64);
    expect(both.problem.detail).toContain("--server");
  });
});

describe("the audit", () => {
  it("arrives at the chain's own head, and so does the agency's store", async () => {
    const where = ["--rpc", world.rpc, "--directory", world.directory];
    const audit = await world.ask(["audit", ...where]);
    expect(audit).toMatchObject({ ok: true, findings: [] });
    expect(audit.head).toMatch(/^0x[0-9a-f]{64}$/);
    const { stdout } = await world.run(["audit"]);
    expect(stdout).toContain("未发现问题");
    expect(await world.ask(["store", "check"])).toMatchObject({ ok: true, findings: [] });
  });

  it("finds a certificate that was changed in the agency's store, and ends with 1", async () => {
    const { root, files } = await issueAndExport(world, await newRecords("tampered", 3));
    const database = new DatabaseSync(world.file("home/agency.sqlite"));
    const { id, content } = database
      .prepare("SELECT id, content FROM page ORDER BY id DESC LIMIT 1")
      .get() as { id: number; content: Uint8Array };
    content[100] = Number(content[100]) ^ 1;
    database.prepare("UPDATE page SET content = ? WHERE id = ?").run(content, id);
    database.close();
    const check = await world.ask(["store", "check"], 1);
    expect(check.ok).toBe(false);
    expect(check.findings[0].place).toContain(root);
    const again = ["export", "--root", root, "--index", "0", "--out", world.file("again.lzc.json")];
    expect((await world.ask(again, 65)).problem.code).toBe("BATCH_DAMAGED");
    expect((await world.ask(["verify", String(files[0])])).verdict).toBe("accepted");
  });
});

describe("the verifier", () => {
  it("answers its lists and its health over HTTP", async () => {
    const get = async (path: string): Promise<any> =>
      (await fetch(`${world.server}${path}`)).json();
    expect((await get("/healthz")).status).toBe("up");
    expect((await get("/readyz")).status).toBe("ready");
    expect((await get("/openapi.json")).openapi).toMatch(/^3\.1/);
    for (const path of ["/v1/agencies", "/v1/types", "/v1/recognition-rules"]) {
      expect(await get(path)).toBeDefined();
    }
    const batch = await get(`/v1/batches/${AGENCY}/${world.root}`);
    expect(JSON.stringify(batch)).toContain(world.root);
  });
});
