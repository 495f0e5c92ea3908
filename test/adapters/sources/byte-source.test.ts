import { execFileSync, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { openBytes } from "../../../src/adapters/sources/byte-source.ts";
import { openSource } from "../../../src/adapters/sources/open-source.ts";
import { Spool } from "../../../src/adapters/sources/spool.ts";
import { recordsOf } from "../../support/records-of.ts";

let folder: string;
const CODE = join(import.meta.dirname, "../../../src/adapters/sources/spool.ts");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-bytes-"));
});
afterAll(() => rm(folder, { recursive: true }));

const standardInput = (...texts: readonly string[]): AsyncIterable<Buffer> =>
  Readable.from(texts.map((text) => Buffer.from(text)));

describe("a table on standard input", () => {
  it("is read as a file would be, twice over, with the digest of its bytes", async () => {
    const text = `姓名\n${"张样例\n".repeat(20_000)}`;
    const halves = [text.slice(0, 39_999), text.slice(39_999)];
    const source = await openSource("-", {}, standardInput(...halves));
    const file = join(folder, "same.csv");
    await writeFile(file, text);
    const same = await openSource(file);
    expect(source).toMatchObject({ name: "-", columns: ["姓名"], digest: same.digest });
    expect(await recordsOf(source)).toHaveLength(20_000);
    expect(await recordsOf(source)).toEqual(await recordsOf(same));
    await source.close();
  });

  it("may come through a named pipe", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const writer = spawn("sh", ["-c", `printf 'a\\n1\\n2\\n' > '${pipe}'`]);
    const source = await openSource(pipe);
    expect((await recordsOf(source)).map(({ cells }) => cells)).toEqual([["1"], ["2"]]);
    await source.close();
    expect(writer.killed).toBe(false);
  });

  it("is refused where there is nothing, or where it breaks off with an error", async () => {
    await expect(openSource("-", {}, standardInput())).rejects.toMatchObject({
      code: "SOURCE_EMPTY",
    });
    const broken = Readable.from(
      (function* () {
        yield Buffer.from("a\n");
        throw new Error("the pipe broke");
      })(),
    );
    await expect(openSource("-", {}, broken)).rejects.toThrow("the pipe broke");
  });
});

describe("what is put aside on the disk", () => {
  it("is read back at any place, as it was written", () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 10 });
    fc.assert(
      fc.property(pieces, fc.nat(600), fc.nat(600), (parts, position, length) => {
        const spool = new Spool();
        for (const part of parts) spool.append(part);
        const whole = Buffer.concat(parts);
        expect(spool.size).toBe(whole.length);
        expect(spool.read(position, length)).toEqual(whole.subarray(position, position + length));
        spool.close();
      }),
    );
  });

  it("has no name, and can't be read by whoever finds its bytes", () => {
    const script = `
      import { Spool } from ${JSON.stringify(CODE)};
      import { readdirSync, readFileSync, readlinkSync } from "node:fs";
      const spool = new Spool();
      spool.append(Buffer.from("张样例 110101199001011234".repeat(100)));
      for (const descriptor of readdirSync("/proc/self/fd")) {
        const file = "/proc/self/fd/" + descriptor;
        try { if (readlinkSync(file).includes("spool")) process.stdout.write(readFileSync(file)); } catch {}
      }`;
    const env = { ...process.env, TMPDIR: folder };
    const before = readdirSync(folder);
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { env });
    expect(output.length).toBeGreaterThan(2_000);
    expect(output.toString("latin1")).not.toContain("110101199001011234");
    expect(readdirSync(folder)).toEqual(before);
  });

  it("is DISK_FAILED where there is no place for it, or where it is gone", () => {
    const spool = new Spool();
    spool.append(new Uint8Array(100));
    spool.close();
    expect(() => {
      spool.append(new Uint8Array(1));
    }).toThrow("DISK_FAILED");
    expect(() => spool.read(0, 10)).toThrow("DISK_FAILED");
  });
});

describe("a file", () => {
  it("gives as many bytes as it has, and its own again after it is closed", async () => {
    const file = join(folder, "some.csv");
    await writeFile(file, "abcdef");
    const bytes = await openBytes(file);
    expect(String(await bytes.read(2, 3))).toBe("cde");
    expect(String(await bytes.read(4, 100))).toBe("ef");
    await bytes.close();
    await bytes.close();
    expect(String(await bytes.read(0, 2))).toBe("ab");
    await bytes.close();
  });
});
