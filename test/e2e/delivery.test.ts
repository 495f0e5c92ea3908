import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { existsSync } from "node:fs";
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { beginCommand } from "../support/command.ts";
import { BATCH_SIZE, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { readPdf } from "../support/poppler.ts";

let world: World;
/** Numbers on the certificates' faces, in their order. */
let numbers: readonly string[];
let names: readonly string[];

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  const files = Array.from({ length: BATCH_SIZE }, (_, i) => world.certificate(i));
  const claims = await Promise.all(
    files.map(async (file) => {
      const { claims: all } = JSON.parse(await readFile(file, "utf8")) as {
        claims: { name: string; value: string }[];
      };
      return Object.fromEntries(all.map(({ name, value }) => [name, value]));
    }),
  );
  numbers = claims.map(({ certificateNumber = "" }) => certificateNumber);
  names = claims.map(({ holderName = "" }) => holderName);
});
afterAll(() => world.close());

const all = (): string[] => ["--job", world.job, "--all"];
const folderOfBatch = (): string => world.root.slice(2, 10);

describe("lz export", () => {
  it("writes all of a job as files, an archive or lines, and the same certificates each time", async () => {
    const [files = "", zip = "", lines = ""] = [
      "delivered",
      "delivered.zip",
      "delivered.ndjson",
    ].map(world.file);
    const written = await world.ask(["export", ...all(), "--out", files]);
    expect(written).toMatchObject({ count: BATCH_SIZE, kept: 0 });
    expect(written.files[41]).toBe(`${files}/${folderOfBatch()}/000041.lzc.json`);
    expect(await world.ask(["export", ...all(), "--out", zip])).toEqual({
      count: BATCH_SIZE,
      file: zip,
    });
    await world.ask(["export", ...all(), "--out", lines]);
    const file = JSON.parse(await readFile(written.files[41], "utf8"));
    const line = (await readFile(lines, "utf8")).trimEnd().split("\n")[41];
    expect(JSON.parse(line ?? "")).toEqual(file);
    const { stdout } = await world.run(["export", ...all(), "--out", "-"]);
    expect(stdout.split("\n")[41]).toBe(line);
    expect((await stat(zip)).mode & 0o077).toBe(0);
  });

  it("keeps what was written whole when it runs again, and writes what is missing", async () => {
    const out = world.file("again");
    await world.ask(["export", ...all(), "--out", out]);
    expect(await world.ask(["export", ...all(), "--out", out])).toMatchObject({
      count: 0,
      kept: 1,
    });
    expect(await readdir(out)).toEqual([folderOfBatch()]);
  });

  it("leaves nothing half done when it is killed, and the next run finishes", async () => {
    for (const name of ["killed", "killed.zip", "killed.ndjson"]) {
      const out = world.file(name);
      for (const milliseconds of [300, 450, 600]) {
        const running = beginCommand(world.home, ["export", ...all(), "--out", out]);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        await running.stop("SIGKILL");
        const isThere = existsSync(name === "killed" ? `${out}/${folderOfBatch()}` : out);
        if (isThere && name === "killed") {
          expect(await readdir(`${out}/${folderOfBatch()}`)).toHaveLength(BATCH_SIZE);
        }
        if (isThere && name === "killed.ndjson") {
          expect((await readFile(out, "utf8")).split("\n")).toHaveLength(BATCH_SIZE + 1);
        }
      }
      const { count, kept = 0 } = await world.ask(["export", ...all(), "--out", out]);
      expect(kept === 1 || count === BATCH_SIZE).toBe(true);
    }
    expect(await readdir(world.file("killed"))).toEqual([folderOfBatch()]);
  });

  it("takes a list of numbers, and hands out nothing where one of them is unknown", async () => {
    const list = world.file("numbers.txt");
    await writeFile(list, `\uFEFF${numbers[3] ?? ""}\r\n\r\n${numbers[5] ?? ""}\n`);
    const { files } = await world.ask(["export", "--list", list, "--out", world.file("listed")]);
    expect(files.map((file: string) => file.slice(-15))).toEqual([
      "000003.lzc.json",
      "000005.lzc.json",
    ]);
    await writeFile(list, `${numbers[3] ?? ""}\n沪A000000000000\n`);
    const { problem } = await world.ask(
      ["export", "--list", list, "--out", world.file("none")],
      65,
    );
    expect(problem).toMatchObject({ code: "CERTIFICATE_NOT_FOUND" });
    expect(existsSync(world.file("none"))).toBe(false);
  });

  it("does not put one certificate's file over another's: FILE_EXISTS", async () => {
    const out = world.file("one.json");
    await world.ask(["export", "--number", numbers[0] ?? "", "--out", out]);
    await world.ask(["export", "--certificate", out, "--out", out]);
    const other = ["export", "--number", numbers[1] ?? "", "--out", out];
    expect((await world.ask(other, 65)).problem).toMatchObject({ code: "FILE_EXISTS" });
  });

  it.each([
    ["half of --job --all", ["--job", "J-1"]],
    ["two ways to say which", ["--job", "J-1", "--all", "--number", "1"]],
    ["an archive to standard output", ["--number", "1", "--out", "-", "--format", "zip"]],
    ["--json with standard output", ["--number", "1", "--out", "-", "--json"]],
  ])("refuses %s as usage", async (_what, args) => {
    const out = args.includes("--out") ? [] : ["--out", world.file("x")];
    expect((await world.run(["export", ...args, ...out])).exitCode).toBe(64);
  });

  it("says so where there is no such job: JOB_NOT_FOUND", async () => {
    const { problem } = await world.ask(
      ["export", "--job", "J-1", "--all", "--out", world.file("x")],
      65,
    );
    expect(problem).toMatchObject({ code: "JOB_NOT_FOUND" });
  });
});

describe("lz qr", () => {
  it("writes codes that lz verify accepts: of one certificate, of a file without any store, of all", async () => {
    const [one, own] = [world.file("one.png"), world.file("own.png")];
    await world.ask(["qr", "--number", numbers[7] ?? "", "--out", one]);
    await world.ask([
      "qr",
      "--certificate",
      world.certificate(8),
      "--print",
      "check.example",
      "--out",
      own,
    ]);
    for (const code of [one, own]) {
      expect(await world.ask(["verify", code])).toMatchObject({ verdict: "accepted" });
    }
    const { files } = await world.ask([
      "qr",
      ...all(),
      "--format",
      "png",
      "--out",
      world.file("codes"),
    ]);
    expect(files).toHaveLength(BATCH_SIZE);
    expect(await world.ask(["verify", files[9]])).toMatchObject({ verdict: "accepted" });
    await world.ask(["qr", ...all(), "--out", world.file("codes.zip")]);
  });

  it("prints sheets on which nobody's name or number can be read", async () => {
    const out = world.file("sheets.pdf");
    expect(await world.ask(["qr", ...all(), "--out", out])).toEqual({
      count: BATCH_SIZE,
      file: out,
    });
    const { text, info } = readPdf(await readFile(out));
    expect(info).toMatch(/Pages: +[456]\n/);
    for (const name of names.filter((each) => each.length > 1)) expect(text).not.toContain(name);
    for (const number of numbers) expect(text).not.toContain(number);
    expect(text).toContain(`…${(numbers[0] ?? "").slice(-4)}`);
  });

  it("refuses a file's ending that says otherwise than --format", async () => {
    const args = ["qr", "--number", "1", "--out", world.file("a.png"), "--format", "svg"];
    expect((await world.run(args)).exitCode).toBe(64);
    const photo = ["qr", "--number", "1", "--out", world.file("a.jpg")];
    expect((await world.run(photo)).exitCode).toBe(64);
  });
});

describe("lz pdf", () => {
  it("prints a certificate whose code lz verify accepts from the print", async () => {
    const out = world.file("certificate.pdf");
    await world.ask(["pdf", "--number", numbers[11] ?? "", "--out", out]);
    const { text, pictures } = readPdf(await readFile(out), 200);
    expect(text).toContain(numbers[11]);
    const picture = world.file("print.png");
    await writeFile(picture, pictures[0] ?? "");
    expect(await world.ask(["verify", picture])).toMatchObject({ verdict: "accepted" });
    await world.ask([
      "pdf",
      "--certificate",
      world.certificate(12),
      "--out",
      world.file("own.pdf"),
    ]);
  });

  it("refuses a template that is wrong, naming the place: TEMPLATE_INVALID", async () => {
    const template = world.file("template.json");
    const args = [
      "pdf",
      "--number",
      numbers[0] ?? "",
      "--out",
      world.file("t.pdf"),
      "--template",
      template,
    ];
    const problems = [];
    const good = { type: "11100000000013338W001", orientation: "portrait", colour: "#000000" };
    for (const content of [
      "{",
      JSON.stringify({}),
      JSON.stringify({ ...good, fields: ["seal"] }),
    ]) {
      await writeFile(template, content);
      problems.push((await world.ask(args, 65)).problem);
    }
    for (const { code } of problems) expect(code).toBe("TEMPLATE_INVALID");
    expect(problems[2].detail).toContain("'seal'");
    await writeFile(template, JSON.stringify({ ...good, orientation: "landscape" }));
    await world.ask(args);
  });
});

describe("lz claim", () => {
  it("gives a code for a certificate, and lists what became of it", async () => {
    const { index } = await world.ask([
      "claim",
      "create",
      "--number",
      numbers[20] ?? "",
      "--valid",
      "12h",
    ]);
    expect(index).toBe(20);
    const { codes, counts } = await world.ask(["claim", "list"]);
    expect(codes[0]).toMatchObject({ index: 20, state: "open", attempts: 0 });
    expect(counts).toMatchObject({ open: 1, used: 0 });
  });

  it("writes one for each certificate of a job into a table for the agency alone", async () => {
    const out = world.file("codes.csv");
    await world.ask(["claim", "create", ...all(), "--out", out]);
    const lines = (await readFile(out, "utf8")).split("\r\n");
    expect(lines[0]).toBe("\uFEFFnumber,root,index,code,expiresAt");
    expect(lines[6]).toMatch(
      new RegExp(`^"${numbers[5] ?? ""}",${world.root},5,([0-9A-Z]{4}-){3}`),
    );
    expect(lines).toHaveLength(BATCH_SIZE + 2);
    expect((await stat(out)).mode & 0o077).toBe(0);
  });

  it("ends one before it is used, by the id that the list shows", async () => {
    const { codes } = await world.ask(["claim", "list", "--limit", "1"]);
    const [{ id }] = codes;
    expect(await world.ask(["claim", "revoke", id.slice(0, 8)])).toEqual({ id, state: "revoked" });
    expect((await world.ask(["claim", "revoke", id], 65)).problem.code).toBe("CLAIM_CODE_ENDED");
    expect((await world.ask(["claim", "revoke", "00000000"], 65)).problem.code).toBe(
      "CLAIM_CODE_UNKNOWN",
    );
  });

  it.each([
    ["a time that is none", ["create", "--number", "1", "--valid", "soon"]],
    ["a time longer than a year", ["create", "--number", "1", "--valid", "400d"]],
    ["several without a table", ["create", "--job", "J-1", "--all"]],
    ["the code itself in the place of its id", ["revoke", "7F3K-2Q9X-AB12-CD34"]],
  ])("refuses %s as usage", async (_what, args) => {
    expect((await world.run(["claim", ...args])).exitCode).toBe(64);
  });
});
