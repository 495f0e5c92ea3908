import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdir, readFile, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { batchFolder } from "../../../src/adapters/store/batch-folder.ts";
import { auditBatch } from "../../../src/app/audit-batch.ts";
import { exportCertificates } from "../../../src/app/export-certificates.ts";
import type { Selection } from "../../../src/app/export-certificates.ts";
import { issueBatch } from "../../../src/app/issue/issue-batch.ts";
import type { CertificateFile } from "../../../src/core/certificate/certificate-file.ts";
import { certificateToJson } from "../../../src/core/certificate/certificate-file.ts";
import { verify } from "../../../src/core/verify/verify.ts";
import type { LedgerView } from "../../../src/core/verify/case.ts";
import type { ChainWorld, IssuedFolder, Row } from "../../support/chain-world.ts";
import {
  HAINAN,
  anchorsOnChain,
  goodRows,
  issueRows,
  newFolder,
  orderOf,
  startChainWorld,
  systemClock,
  toolsFor,
  viewOf,
  writeCsv,
} from "../../support/chain-world.ts";

let world: ChainWorld;
let issued: IssuedFolder;
let view: LedgerView;
/** The folder's files as they were made. */
const intact = new Map<string, Buffer>();
const SIZE = 5;

beforeAll(async () => {
  world = await startChainWorld();
  issued = await issueRows(world, goodRows(world, SIZE));
  view = await viewOf(world);
  for (const name of await readdir(issued.folder)) {
    intact.set(name, await readFile(join(issued.folder, name)));
  }
});
afterEach(async () => {
  for (const [name, bytes] of intact) await writeFile(join(issued.folder, name), bytes);
});
afterAll(() => world.close());

async function exported(selection: Selection = { kind: "all" }): Promise<CertificateFile[]> {
  const all: CertificateFile[] = [];
  for await (const file of exportCertificates(world.primitives, issued.store, selection))
    all.push(file);
  return all;
}

const pathOf = (name: string): string => join(issued.folder, name);

/** Changes the lines of certificates.jsonl. */
async function changeLines(change: (lines: string[]) => string[]): Promise<void> {
  const lines = (await readFile(pathOf("certificates.jsonl"), "utf8")).trimEnd().split("\n");
  await writeFile(pathOf("certificates.jsonl"), `${change(lines).join("\n")}\n`);
}

describe("the folder of a batch", () => {
  it("holds its certificates, its tree, its manifest and its job, for its owner alone", async () => {
    expect((await readdir(issued.folder)).sort()).toEqual([
      "certificates.jsonl",
      "job.json",
      "manifest.json",
      "tree.bin",
    ]);
    for (const name of intact.keys()) expect((await stat(pathOf(name))).mode & 0o777).toBe(0o600);
  });

  it("gives files that every counter accepts: all, one by index, one by its number", async () => {
    const all = await exported();
    expect(all).toHaveLength(SIZE);
    const request = { now: systemClock.now(), region: HAINAN.region, maxLedgerAge: 3_600 };
    for (const file of all) {
      const given = { file: JSON.stringify(certificateToJson(file)) };
      expect(verify(given, view, request, world.primitives)).toMatchObject({ verdict: "accepted" });
    }
    expect(await exported({ kind: "index", index: 3 })).toEqual([all[3]]);
    const number = (issued.rows[2] as Row)["certificateNumber"] as string;
    expect(await exported({ kind: "number", claim: "certificateNumber", number })).toEqual([
      all[2],
    ]);
  });

  it("says which certificate it does not hold", async () => {
    await expect(exported({ kind: "index", index: SIZE })).rejects.toMatchObject({
      code: "CERTIFICATE_NOT_FOUND",
      detail: expect.stringContaining("index 5"),
    });
    const missing = { kind: "number", claim: "certificateNumber", number: "X1" } as const;
    await expect(exported(missing)).rejects.toMatchObject({
      code: "CERTIFICATE_NOT_FOUND",
      detail: expect.stringContaining("X1"),
    });
  });

  it("gives nothing before it is anchored", async () => {
    const job = { ...issued.job, state: "signed" };
    await writeFile(pathOf("job.json"), JSON.stringify(job));
    await expect(exported()).rejects.toMatchObject({ code: "NOT_CONFIRMED" });
    await rm(pathOf("job.json"));
    await expect(exported()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
  });

  it("is found sound by an implementation independent of the one that made it", async () => {
    expect(await auditBatch(issued.store, view.state, world.primitives)).toEqual([]);
  });

  it("in SM3 is as good: export and audit agree", async () => {
    const sm3 = await issueRows(world, goodRows(world, 3, "sm3"), { suite: 2 });
    const later = await viewOf(world);
    expect(await auditBatch(sm3.store, later.state, world.primitives)).toEqual([]);
    for await (const file of exportCertificates(world.primitives, sm3.store, { kind: "all" })) {
      const given = { certificate: certificateToJson(file) };
      const request = { now: systemClock.now(), maxLedgerAge: 3_600 };
      expect(verify(given, later, request, world.primitives).verdict).toBe("accepted");
    }
  });
});

describe("a folder that was damaged is never exported from in part: BATCH_DAMAGED", () => {
  it.each(["job.json", "certificates.jsonl", "tree.bin"])("%s is missing", async (name) => {
    await rm(pathOf(name));
    await expect(exported()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
  });

  it.each(["job.json", "certificates.jsonl", "tree.bin"])("%s is empty", async (name) => {
    await writeFile(pathOf(name), "");
    await expect(exported()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
  });

  it.each(["job.json", "certificates.jsonl", "tree.bin"])("%s is a folder", async (name) => {
    await rm(pathOf(name));
    await mkdir(pathOf(name));
    await expect(exported()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
    await rm(pathOf(name), { recursive: true });
  });

  it.each(["job.json", "certificates.jsonl", "tree.bin"])(
    "%s is cut short anywhere",
    async (name) => {
      const size = (intact.get(name) as Buffer).length;
      for (const left of [1, Math.floor(size / 3), Math.floor(size / 2), size - 2]) {
        await writeFile(pathOf(name), intact.get(name) as Buffer);
        await truncate(pathOf(name), left);
        await expect(exported()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
      }
    },
  );

  it.each(["job.json", "certificates.jsonl", "tree.bin"])("%s is garbled", async (name) => {
    const garbled = Buffer.from(intact.get(name) as Buffer);
    garbled.fill(0x80, garbled.length - 40, garbled.length - 3);
    await writeFile(pathOf(name), garbled);
    await expect(exported()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
  });

  it.each(["null", "{}", "[]", '"job"', '{"state":"anchored"}'])("job.json is %s", async (text) => {
    await writeFile(pathOf("job.json"), text);
    await expect(exported()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
  });

  it.each([
    ["the last certificate is gone", (lines: string[]) => lines.slice(0, -1)],
    ["one in the middle is gone", (lines: string[]) => lines.toSpliced(2, 1)],
    ["one is there twice", (lines: string[]) => [...lines, lines[0] as string]],
    ["two changed places", ([a = "", b = "", ...rest]: string[]) => [b, a, ...rest]],
    ["a line is null", (lines: string[]) => ["null", ...lines.slice(1)]],
    [
      "a salt is not base64url",
      (lines: string[]) => lines.map((line) => line.replace(/"[\w-]{22}"/, '"!"')),
    ],
    [
      "a holder is not hex",
      (lines: string[]) => lines.map((line) => line.replace('"holder":null', '"holder":"zz"')),
    ],
    [
      "a claim is missing its name",
      (lines: string[]) => lines.map((line) => line.replace('[["', '[[1,"')),
    ],
    [
      "a date is text",
      (lines: string[]) => lines.map((line) => line.replace(/"notBefore":\d+/, '"notBefore":"x"')),
    ],
  ])("%s", async (_what, change) => {
    await changeLines(change);
    await expect(exported()).rejects.toMatchObject({
      code: "BATCH_DAMAGED",
      detail: expect.stringContaining(issued.folder),
    });
  });

  it("also when only one certificate is asked for and the tree is another batch's of that size", async () => {
    const other = await issueRows(world, goodRows(world, SIZE, "other"));
    await writeFile(pathOf("tree.bin"), await readFile(join(other.folder, "tree.bin")));
    await expect(exported({ kind: "index", index: 0 })).rejects.toMatchObject({
      code: "BATCH_DAMAGED",
    });
  });

  it("and hands nobody a certificate that is not what was anchored", async () => {
    const file = pathOf("certificates.jsonl");
    const lines = (await readFile(file, "utf8")).split("\n");
    const [first = ""] = lines;
    const value = /"holderName","([^"]+)"/.exec(first)?.[1] ?? "";
    await writeFile(file, [first.replace(value, "张伟"), ...lines.slice(1)].join("\n"));
    await expect(exported({ kind: "index", index: 0 })).rejects.toMatchObject({
      code: "BATCH_DAMAGED",
      detail: expect.stringContaining("certificate 0 is not what was anchored"),
    });
    await expect(exported({ kind: "index", index: 1 })).resolves.toHaveLength(1);
  });
});

describe("an auditor finds what was altered in a folder", () => {
  const audit = async (): Promise<string[]> => {
    const findings = await auditBatch(issued.store, view.state, world.primitives);
    for (const { place } of findings) expect(place).toBe(`folder ${issued.folder}`);
    return findings.map(({ code }) => code);
  };

  it.each([
    [
      "one value",
      (lines: string[]) =>
        lines.map((line) =>
          line.replace("2099", "2199").replace(/"holderSex","."/, '"holderSex","无"'),
        ),
    ],
    [
      "one salt",
      (lines: string[]) => [
        (lines[0] as string).replace(/"[\w-]{22}"/, '"AAAAAAAAAAAAAAAAAAAAAA"'),
        ...lines.slice(1),
      ],
    ],
    [
      "one holder",
      (lines: string[]) => [
        (lines[0] as string).replace('"holder":null', `"holder":"${"ab".repeat(32)}"`),
        ...lines.slice(1),
      ],
    ],
    ["a line removed", (lines: string[]) => lines.slice(1)],
    ["the last line removed", (lines: string[]) => lines.slice(0, -1)],
    [
      "two lines in each other's place",
      ([a = "", b = "", c = "", ...rest]: string[]) => [c, b, a, ...rest],
    ],
    ["a line twice", (lines: string[]) => [...lines, lines[0] as string]],
  ])("%s: BATCH_ROOT_MISMATCH", async (_what, change) => {
    await changeLines(change);
    expect(await audit()).toEqual(["BATCH_ROOT_MISMATCH"]);
  });

  it("the manifest: MANIFEST_MISMATCH", async () => {
    await writeFile(
      pathOf("manifest.json"),
      (intact.get("manifest.json") as Buffer).toString().replace("5", "6"),
    );
    expect(await audit()).toEqual(["MANIFEST_MISMATCH"]);
  });

  it("a batch that is not on the chain, or no batch: BATCH_NOT_ANCHORED", async () => {
    const job = { ...issued.job, root: `0x${"ab".repeat(32)}` };
    await writeFile(pathOf("job.json"), JSON.stringify(job));
    expect(await audit()).toEqual(["BATCH_NOT_ANCHORED"]);
    const empty = await auditBatch(batchFolder(newFolder(world)), view.state, world.primitives);
    expect(empty).toMatchObject([{ code: "BATCH_NOT_ANCHORED", detail: "no job" }]);
  });

  it("and says BATCH_DAMAGED where it can't be read at all", async () => {
    await rm(pathOf("manifest.json"));
    await expect(audit()).rejects.toMatchObject({ code: "BATCH_DAMAGED" });
  });
});

describe("issuing into a folder", () => {
  it("that holds something else is refused, and nothing in it is touched", async () => {
    const folder = newFolder(world);
    await mkdir(folder);
    await writeFile(join(folder, "manifest.json"), "of another program");
    await writeFile(join(folder, "thesis.docx"), "x");
    const tools = await toolsFor(world, await writeCsv(world, goodRows(world, 2)), folder);
    await expect(issueBatch(orderOf(world), tools)).rejects.toMatchObject({
      code: "FOLDER_NOT_EMPTY",
      detail: join(folder, "thesis.docx"),
    });
    expect((await readdir(folder)).sort()).toEqual(["manifest.json", "thesis.docx"]);
    expect(await readFile(join(folder, "manifest.json"), "utf8")).toBe("of another program");
  });

  it("that is a file, or can't be made, is refused", async () => {
    const file = newFolder(world);
    await writeFile(file, "x");
    for (const folder of [file, join(file, "below")]) {
      const tools = await toolsFor(world, await writeCsv(world, goodRows(world, 2)), folder);
      await expect(issueBatch(orderOf(world), tools)).rejects.toMatchObject({
        code: "DISK_FAILED",
      });
    }
  });

  it("of another job is refused: other records, type, agency, suite or way with bad records", async () => {
    const same = await toolsFor(world, await writeCsv(world, issued.rows), issued.folder);
    expect(await issueBatch(orderOf(world), same)).toMatchObject({
      wasDone: true,
      job: issued.job,
    });
    const others = [
      [goodRows(world, SIZE, "others"), {}],
      [issued.rows, { suite: 2 }],
      [issued.rows, { skipInvalid: true }],
      [issued.rows, { agency: HAINAN.code }],
      [issued.rows, { type: { ...world.type, version: 2 } }],
    ] as const;
    for (const [rows, changes] of others) {
      const tools = await toolsFor(world, await writeCsv(world, rows), issued.folder);
      await expect(issueBatch(orderOf(world, changes), tools)).rejects.toMatchObject({
        code: "JOB_MISMATCH",
        detail: issued.folder,
      });
    }
    const elsewhere = { ...same, identity: { ...same.identity, chainId: 1 } };
    await expect(issueBatch(orderOf(world), elsewhere)).rejects.toMatchObject({
      code: "JOB_MISMATCH",
    });
  });

  it("whose job can't be read is refused rather than begun anew", async () => {
    const before = (await anchorsOnChain(world)).length;
    for (const text of ["", "null", "{", "{}"]) {
      await writeFile(pathOf("job.json"), text);
      const tools = await toolsFor(world, await writeCsv(world, issued.rows), issued.folder);
      await expect(issueBatch(orderOf(world), tools)).rejects.toMatchObject({
        code: "BATCH_DAMAGED",
      });
    }
    expect(await readFile(pathOf("certificates.jsonl"))).toEqual(intact.get("certificates.jsonl"));
    expect(await anchorsOnChain(world)).toHaveLength(before);
  });
});
