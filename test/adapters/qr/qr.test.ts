import { describe, expect, it } from "@jest/globals";
import { deflateSync, crc32 } from "node:zlib";
import QRCode from "qrcode";
import { isLikeNoise, makeQrCode } from "../../../src/adapters/qr/qr-code.ts";
import { readQr } from "../../../src/adapters/qr/read-qr.ts";
import { writeQr } from "../../../src/adapters/qr/write-qr.ts";
import { concatBytes } from "../../../src/core/encoding/bytes.ts";
import { toQrText } from "../../../src/core/presentation/qr-text.ts";
import { isLong } from "../../support/long.ts";
import { seededBytes } from "../../support/seeded.ts";

/** A presentation of that many bytes, as its code says it. */
const codeOf = (bytes: number): string => toQrText(seededBytes("presentation", bytes));

/** A PNG with these rows of dark and light squares. */
function drawPng(rows: readonly (readonly boolean[])[]): Uint8Array {
  const pixels = 4;
  const side = rows.length * pixels;
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, side);
  new DataView(header.buffer).setUint32(4, side);
  header.set([8, 0, 0, 0, 0], 8);
  const image = new Uint8Array((side + 1) * side);
  rows.forEach((row, y) => {
    const line = new Uint8Array(side + 1);
    row.forEach((isDark, x) => {
      line.fill(isDark ? 0 : 255, 1 + x * pixels, 1 + (x + 1) * pixels);
    });
    for (let i = 0; i < pixels; i++) image.set(line, (y * pixels + i) * (side + 1));
  });
  const magic = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = new Uint8Array(deflateSync(image));
  return concatBytes(
    magic,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", new Uint8Array()),
  );
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes(new TextEncoder().encode(type), data);
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, data.length);
  numbers.setUint32(4, crc32(body));
  const [length, sum] = [new Uint8Array(numbers.buffer, 0, 4), new Uint8Array(numbers.buffer, 4)];
  return concatBytes(length, body, sum);
}

/** What a camera would see of a code on a terminal. */
function photograph(text: string): Uint8Array {
  const lines = text.split("\n").filter((line) => line !== "");
  const side = lines[0]?.length ?? 0;
  const isDark = (x: number, y: number): boolean => {
    const block = lines[y >> 1]?.[x] ?? " ";
    return block === "█" || block === (y % 2 === 0 ? "▀" : "▄");
  };
  const row = (y: number): boolean[] => Array.from({ length: side }, (_, x) => isDark(x, y));
  return drawPng(Array.from({ length: side }, (_, y) => row(y)));
}

describe("a picture of a code", () => {
  it.each([1, 100])("is read back from its PNG: %i bytes of presentation", async (bytes) => {
    const text = codeOf(bytes);
    expect(await readQr(writeQr(text, "png"), "code.png")).toBe(text);
  });

  it.each([1, 100, 400, 650, 700, 900, 1500, 2200, 2700])(
    "is read back from a terminal: %i bytes of presentation",
    async (bytes) => {
      const text = codeOf(bytes);
      const shown = new TextDecoder().decode(writeQr(text, "terminal"));
      expect(await readQr(photograph(shown), "photo.png")).toBe(text);
    },
  );

  it("holds Chinese too, and an address for print", async () => {
    for (const text of ["亮证", "https://example.org/q#AbC-_"]) {
      const shown = new TextDecoder().decode(writeQr(text, "terminal"));
      expect(await readQr(photograph(shown), "photo.png")).toBe(text);
    }
  });

  it("is drawn as SVG with its quiet zone, and for a terminal as lines of blocks", () => {
    const svg = new TextDecoder().decode(writeQr(codeOf(100), "svg"));
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
    expect(svg).not.toMatch(/<script|href/);
    const lines = new TextDecoder().decode(writeQr(codeOf(100), "terminal")).split("\n");
    expect(lines.length).toBeGreaterThan(15);
    expect(lines.join("")).toMatch(/^[█▀▄ ]+$/);
  });

  it("is refused where the text is longer than any code holds", () => {
    for (const format of ["png", "svg", "terminal"] as const) {
      const problem = { code: "QR_TOO_LONG", detail: expect.stringContaining("4,296") };
      expect(() => writeQr(codeOf(3000), format)).toThrow(expect.objectContaining(problem));
    }
  });
});

describe("the squares of a code", () => {
  it("are read with the mask that is always taken, whatever the presentation", async () => {
    // To the same lengths, in larger steps.
    const step = isLong ? 10 : 30;
    for (let bytes = 300; bytes < 900; bytes += step) {
      const text = toQrText(seededBytes(`presentation ${String(bytes)}`, bytes));
      expect(isLikeNoise(makeQrCode(text))).toBe(true);
      expect(await readQr(writeQr(text, "png"), "code.png")).toBe(text);
    }
  });

  it("are given another mask where that one would draw areas, stripes or a chessboard", async () => {
    const usual = (i: number): number => ((i % 105) % 3 === 0 ? 1 : 0);
    expect(
      isLikeNoise({
        size: 105,
        modules: Uint8Array.from({ length: 105 * 105 }, (_, i) => usual(i)),
      }),
    ).toBe(false);
    const empty = { size: 105, modules: new Uint8Array(105 * 105) };
    expect(isLikeNoise(empty)).toBe(false);
    const text = `LZ1:${"0".repeat(900)}`;
    const usualMask = QRCode.create(text, { errorCorrectionLevel: "M", maskPattern: 2 }).modules;
    expect(Buffer.from(makeQrCode(text).modules).equals(usualMask.data)).toBe(false);
    expect(await readQr(writeQr(text, "png"), "code.png")).toBe(text);
  });

  it("are as the package qrcode makes them, but for the mask", () => {
    const text = codeOf(734);
    const ours = makeQrCode(text);
    const theirs = QRCode.create(text, { errorCorrectionLevel: "M", maskPattern: 2 }).modules;
    expect(ours.size).toBe(theirs.size);
    expect(Buffer.from(ours.modules).equals(theirs.data)).toBe(true);
  });
});

describe("a picture in which no code can be read", () => {
  it.each([
    ["is empty", () => Promise.resolve(new Uint8Array())],
    [
      "is white",
      () =>
        Promise.resolve(drawPng(Array.from({ length: 50 }, () => Array<boolean>(50).fill(false)))),
    ],
    ["is no picture", () => Promise.resolve(new TextEncoder().encode("hello"))],
    ["is cut in half", () => Promise.resolve(writeQr(codeOf(100), "png").slice(0, 400))],
  ])("%s: QR_NOT_FOUND with its name", async (_what, picture) => {
    const problem = { code: "QR_NOT_FOUND", detail: "photo.png" };
    await expect(readQr(await picture(), "photo.png")).rejects.toMatchObject(problem);
  });
});
