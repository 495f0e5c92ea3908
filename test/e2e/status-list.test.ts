/** Many certificates changed at once: from a list in any form, checked to its end, in few transactions, run again. */
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AGENCY, BATCH_SIZE, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

let world: World;
const OTHER_AGENCY = "11460000MB1A00001P";

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
});

afterAll(() => world.close(), 30_000);

async function listOf(name: string, lines: readonly string[]): Promise<string> {
  const file = world.file(name);
  await writeFile(file, `${lines.join("\r\n")}\r\n`);
  return file;
}

const set = (list: string, to: string, ...more: string[]): string[] => {
  return ["status", "set", "--list", list, "--to", to, ...more];
};

async function statusOf(index: number): Promise<string> {
  const subject = ["--agency", AGENCY, "--root", world.root, "--index", String(index)];
  return String((await world.ask(["status", "show", ...subject])).name);
}

async function numberOf(index: number): Promise<string> {
  const { claims } = JSON.parse(await readFile(world.certificate(index), "utf8")) as {
    claims: { name: string; value: string }[];
  };
  return claims.find(({ name }) => name === "certificateNumber")?.value ?? "";
}

describe("a list", () => {
  it("by agency, root and index is changed in one transaction, and named again nothing is", async () => {
    const rows = [3, 5, 7, 5].map((index) => `${AGENCY},${world.root},${String(index)},张三`);
    const list = await listOf("places.csv", ["agency,root,index,note", ...rows, "", ",,,"]);
    const { stdout } = await world.run(set(list, "suspended", "--reason", "7"));
    expect(stdout).toContain("The list names 3 certificates；重复 named again: 1");
    expect(stdout).toContain("Columns not used: note");
    expect(stdout).toContain("3 份证照：暂扣、冻结");
    expect(await statusOf(5)).toBe("suspended");
    const again = await world.ask(set(list, "suspended"));
    expect(again).toMatchObject({ count: 0, done: 3, repeated: 1, transactions: [], gasUsed: 0 });
  });

  it("that a former run has done in part is finished by the next", async () => {
    const rows = [3, 5, 7, 9].map((index) => `${AGENCY},${world.root},${String(index)}`);
    const list = await listOf("more.csv", ["agency,root,index", ...rows]);
    const finished = await world.ask(set(list, "suspended"));
    expect(finished).toMatchObject({ count: 1, done: 3, transactions: [expect.any(String)] });
  });

  it("of certificate files, or of numbers with Chinese columns and tabs, is understood too", async () => {
    const files = await listOf("files.csv", ["certificate", ...[11, 12].map(world.certificate)]);
    await world.ask(set(files, "revoked", "--effective-from", "2026-01-31"));
    expect(await statusOf(12)).toBe("revoked");
    const rows = [13, 14].map(async (index) => `${await numberOf(index)}\t二级建造师注册证书\t`);
    const numbers = ["证照编号\t证照类型\t发证机关", ...(await Promise.all(rows))].join("\n");
    const piped = await world.ask(set("-", "superseded"), 0, { input: numbers });
    expect(piped).toMatchObject({ count: 2, done: 0 });
    expect(await statusOf(14)).toBe("superseded");
  });

  it("with faults changes nothing, and tells every fault with its line", async () => {
    const rows = [
      `${AGENCY},${world.root},20`,
      `${AGENCY},${world.root},${String(BATCH_SIZE)}`,
      "",
      `${AGENCY},0x12,3`,
      `${OTHER_AGENCY},${world.root},1`,
      `${AGENCY},${world.root},`,
      `${AGENCY},${world.root},eins`,
      `${AGENCY},${world.root},11`,
    ];
    const list = await listOf("faults.csv", ["agency,root,index", ...rows]);
    const { faults, problem } = await world.ask(set(list, "superseded"), 65);
    expect(problem.code).toBe("LIST_INVALID");
    expect(
      (faults as { line: number; code: string }[]).map(({ line, code }) => [line, code]),
    ).toEqual([
      [3, "CERTIFICATE_NOT_FOUND"],
      [5, "SOURCE_MALFORMED"],
      [6, "CERTIFICATE_NOT_FOUND"],
      [7, "SOURCE_MALFORMED"],
      [8, "SOURCE_MALFORMED"],
      [9, "STATUS_FINAL"],
    ]);
    expect(await statusOf(20)).toBe("active");
    const { stdout, stderr } = await world.run(set(list, "superseded"));
    expect(stdout).toContain("9\tSTATUS_FINAL\t吊销 revoked, ");
    expect(stderr).toContain("清单有错误，未变更任何证照");
  });

  it("of files or numbers that are not there tells each of them", async () => {
    const files = [world.file("none.lzc.json"), world.records, world.certificate(21)];
    const list = await listOf("wrong-files.csv", ["certificate", ...files]);
    const wrong = ["没有这个号,", `${await numberOf(21)},驾照`, `${await numberOf(21)},`];
    const numbers = await listOf("wrong-numbers.csv", ["number,type", ...wrong]);
    const [ofFiles, ofNumbers] = await Promise.all(
      [list, numbers].map((one) => {
        return world.ask(set(one, "revoked"), 65);
      }),
    );
    const codes = (answer: any): string[] =>
      answer.faults.map(({ code }: { code: string }) => code);
    expect(codes(ofFiles)).toEqual(["FILE_NOT_FOUND", "CERTIFICATE_UNREADABLE"]);
    expect(codes(ofNumbers)).toEqual(["CERTIFICATE_NOT_FOUND", "TYPE_UNKNOWN"]);
  });

  it("that does not say how it names certificates, or comes with another subject, is refused", async () => {
    const list = await listOf("names.csv", ["name", "张三"]);
    const [unnamed, both] = await Promise.all([
      world.ask(set(list, "revoked"), 65),
      world.ask(set(list, "revoked", "--whole"), 64),
    ]);
    expect(unnamed.problem.code).toBe("COLUMN_MISSING");
    expect(unnamed.problem.detail).toContain("certificate or root,index or number");
    expect(both.problem.detail).toContain("--list or --whole expected, not both");
  });

  it("is handed to a contract account as one call", async () => {
    const rows = [30, 31, 32].map((index) => `${AGENCY},${world.root},${String(index)}`);
    const list = await listOf("call.csv", ["agency,root,index", ...rows]);
    const { calls } = await world.ask(set(list, "cancelled", "--call-only"));
    expect(calls).toHaveLength(1);
    expect(calls[0].args).toMatchObject({ indices: [30, 31, 32], status: 3 });
    expect(await statusOf(31)).toBe("active");
  });
});
