import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { writeQr } from "../../../src/adapters/qr/write-qr.ts";
import { readCertificateText, readInput } from "../../../src/adapters/sources/certificate-input.ts";
import { certificateToJson } from "../../../src/core/certificate/certificate-file.ts";
import type { Given } from "../../../src/core/verify/case.ts";
import { verify } from "../../../src/core/verify/verify.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import { certificateAt, issueBatch } from "../../support/certificate-batch.ts";

let folder: string;
let primitives: Primitives;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-input-"));
  primitives = await loadPrimitives();
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

/** How the judge names what it was given, where it can't be read. */
function formatCodeOf(given: Given): string | undefined {
  const [format] = verify(given, null, { now: 0, maxLedgerAge: 60 }, primitives).checks;
  return format?.result === "fail" ? format.code : undefined;
}

const CODE = "LZ1:AAA";

describe("what a counter is handed", () => {
  it.each([CODE, "LZR:host/token", "LZ9:X", "https://host/q#AAA"])(
    "is taken for the text of a QR code where it begins as one: %s",
    async (text) => {
      expect(await readInput(text)).toEqual({ qr: text });
      const file = await fileOf("code.txt", `${text}\r\n`);
      expect(await readInput(file)).toEqual({ qr: text });
    },
  );

  it.each(["code.png", "certificate.lzc.json", "anything"])(
    "is known by its content, not by its name: a picture called %s",
    async (name) => {
      expect(await readInput(await fileOf(name, writeQr(CODE, "png")))).toEqual({ qr: CODE });
    },
  );

  it.each([
    ["code.svg", writeQr(CODE, "svg")],
    ["certificate.pdf", "%PDF-1.7\n"],
    ["drawing", '<?xml version="1.0"?><svg></svg>'],
  ])(
    "is asked for as a picture where it is a drawing, and not called forged: %s",
    async (name, content) => {
      await expect(readInput(await fileOf(name, content))).rejects.toMatchObject({
        code: "QR_NOT_FOUND",
        detail: expect.stringContaining("SVG or PDF"),
      });
    },
  );

  it("is otherwise the text of a certificate file, with a BOM or without", async () => {
    const file = certificateAt(issueBatch(primitives), 0);
    const text = JSON.stringify(certificateToJson(file));
    const given = await readInput(await fileOf("certificate.png", text));
    expect(given).toEqual({ file: text });
    expect(formatCodeOf(given)).toBeUndefined();
    expect(await readInput(await fileOf("bom.json", `\uFEFF${text}`))).toEqual({ file: text });
    expect(await readCertificateText(await fileOf("certificate.json", text))).toBe(text);
  });

  it("is the judge's to refuse when it is cut short, empty, or not JSON", async () => {
    const text = JSON.stringify(certificateToJson(certificateAt(issueBatch(primitives), 0)));
    for (const content of [
      text.slice(0, 200),
      "",
      "hello",
      "[]",
      new Uint8Array([0xff, 0xfe, 0]),
    ]) {
      const given = await readInput(await fileOf("broken.lzc.json", content));
      expect(["MALFORMED", "UNSUPPORTED_VERSION"]).toContain(formatCodeOf(given));
    }
  });

  it("may be a file of a hundred megabytes, of which little is read: the judge says TOO_LARGE", async () => {
    const file = join(folder, "sparse.lzc.json");
    const handle = await open(file, "w");
    await handle.write("{");
    await handle.truncate(100_000_000);
    await handle.close();
    const given = (await readInput(file)) as { file: string };
    expect(given.file.length).toBeLessThan(25_000_000);
    expect(formatCodeOf(given)).toBe("TOO_LARGE");
    expect((await readCertificateText(file)).length).toBeLessThan(25_000_000);
  });

  it("is refused as FILE_TOO_LARGE when it is a picture of such a size", async () => {
    const file = join(folder, "large.png");
    const handle = await open(file, "w");
    await handle.write(writeQr(CODE, "png"));
    await handle.truncate(100_000_000);
    await handle.close();
    await expect(readInput(file)).rejects.toMatchObject({ code: "FILE_TOO_LARGE", detail: file });
  });

  it.each([
    ["not there", () => join(folder, "none")],
    ["a folder", () => folder],
    ["below a file", () => join(folder, "code.txt", "x")],
    ["nothing", () => ""],
  ])("is FILE_NOT_FOUND when it is %s", async (_what, file) => {
    await expect(readInput(file())).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    await expect(readCertificateText(file())).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  });

  it("is QR_NOT_FOUND when it is a picture without a code, named by its file", async () => {
    const png = writeQr(CODE, "png");
    for (const content of [png.subarray(0, 60), new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]) {
      const file = await fileOf("broken.png", content);
      await expect(readInput(file)).rejects.toMatchObject({ code: "QR_NOT_FOUND", detail: file });
    }
  });
});
