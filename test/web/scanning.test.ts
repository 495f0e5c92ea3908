/** What comes before a camera, from a scanner's keys or out of a file becomes a text to be judged. */
import { describe, expect, test } from "@jest/globals";
import { toQrParts } from "../../src/core/presentation/qr-parts.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import { givenOf, readDropped } from "../../src/web/scanning/dropped-file.ts";
import { ScannedTexts } from "../../src/web/scanning/scanned-texts.ts";
import { TypedScan } from "../../src/web/scanning/typed-scan.ts";
import type { Key } from "../../src/web/scanning/typed-scan.ts";
import { SCANNING } from "../../src/web/scanning/words.ts";
import { seededBytes } from "../support/seeded.ts";

const CODE = "LZ1:6BF%J0 T2";
const PLAIN = {
  ...{ shiftKey: false, ctrlKey: false, altKey: false, metaKey: false },
  ...{ repeat: false, isComposing: false },
};

function type(scan: TypedScan, keys: readonly Partial<Key>[], gap = 10): string | null {
  let text: string | null = null;
  keys.forEach((key, i) => {
    text = scan.take({ ...PLAIN, key: "", code: "", timeStamp: 1_000 + i * gap, ...key });
  });
  return text;
}

const ENTER = { key: "Enter", code: "Enter" };
const keysOf = (text: string): Partial<Key>[] => [...text].map((key) => ({ key }));

describe("a hand scanner's keys", () => {
  test("are a code where they come fast and end in Enter", () => {
    expect(type(new TypedScan(), [...keysOf(CODE), ENTER])).toBe(CODE);
  });

  test("are a person's where they come slowly, are few, or one is held down", () => {
    expect(type(new TypedScan(), [...keysOf(CODE), ENTER], 200)).toBeNull();
    expect(type(new TypedScan(), [...keysOf("办理婚姻登记信息查询之类"), ENTER], 90)).toBeNull();
    expect(type(new TypedScan(), [...keysOf("1234"), ENTER])).toBeNull();
    const held = Array.from({ length: 40 }, () => ({ key: "a", repeat: true }));
    expect(type(new TypedScan(), [...held, ENTER])).toBeNull();
  });

  test("may be slow where they can only be ours", () => {
    expect(type(new TypedScan(), [...keysOf(CODE), ENTER], 120)).toBe(CODE);
    expect(type(new TypedScan(), [...keysOf("6901234567892"), ENTER], 50)).toBe("6901234567892");
  });

  test("are told apart from what a person typed just before", () => {
    const scan = new TypedScan();
    type(scan, keysOf("abc"), 200);
    const keys = [...keysOf(CODE), ENTER].map((key, i) => ({ ...key, timeStamp: 9_000 + i }));
    expect(type(scan, keys)).toBe(CODE);
  });

  test("go by their places where an input method has them, and shift is held", () => {
    const press = (code: string, shiftKey = false) => ({ key: "Process", code, shiftKey });
    const shift = { key: "Shift", code: "ShiftLeft", shiftKey: true };
    const keys = [
      ...[shift, press("KeyL", true), press("KeyZ", true), press("Digit1"), shift],
      ...[press("Semicolon", true), press("Digit6"), press("KeyB", true), press("Digit5", true)],
      ...[press("Space"), press("Period"), press("Slash"), press("Minus"), press("Equal", true)],
      ...[press("Numpad4"), press("NumpadMultiply"), { key: "Process", code: "Enter" }],
    ];
    expect(type(new TypedScan(), keys)).toBe("LZ1:6B% ./-+4*");
  });

  test("are capitals where the keyboard's were locked, but not of an address", () => {
    expect(type(new TypedScan(), [...keysOf(CODE.toLowerCase()), ENTER])).toBe(CODE);
    const address = "https://v.example/q#aBc";
    expect(type(new TypedScan(), [...keysOf(address), ENTER])).toBe(address);
  });

  test("are none where one of them is no character", () => {
    expect(type(new TypedScan(), [...keysOf(CODE), { key: "Tab" }, ENTER])).toBeNull();
    expect(type(new TypedScan(), [...keysOf(CODE), { key: "v", ctrlKey: true }, ENTER])).toBeNull();
    const unknown = { key: "Process", code: "IntlYen" };
    expect(type(new TypedScan(), [...keysOf(CODE), unknown, ENTER])).toBeNull();
  });
});

describe("codes before a camera", () => {
  test("count once while they stay in the picture, and again when they come back", () => {
    const texts = new ScannedTexts();
    expect(texts.take(CODE, 0)).toEqual({ kind: "text", text: CODE });
    expect(texts.take(CODE, 1_000)).toEqual({ kind: "nothing" });
    for (const at of [1_500, 3_000, 4_500]) {
      expect(texts.take(null, at)).toEqual({ kind: "nothing" });
    }
    expect(texts.take(CODE, 4_600)).toEqual({ kind: "text", text: CODE });
    texts.again();
    expect(texts.take(CODE, 4_601)).toEqual({ kind: "text", text: CODE });
  });

  test("are not gone while nobody looks, nor where one picture was blurred: a code that is good once stays good", () => {
    const texts = new ScannedTexts();
    expect(texts.take(CODE, 0)).toEqual({ kind: "text", text: CODE });
    // It was verified meanwhile, by a service that is slow.
    expect(texts.take(CODE, 11_000)).toEqual({ kind: "nothing" });
    expect(texts.take(null, 14_000)).toEqual({ kind: "nothing" });
    expect(texts.take(CODE, 17_000)).toEqual({ kind: "nothing" });
  });

  test("are put together from parts in any order, and a bad part changes nothing", () => {
    const bytes = seededBytes("a long presentation", 1_300);
    const parts = toQrParts(bytes);
    const texts = new ScannedTexts();
    const [last = "", ...others] = [...parts].reverse();
    expect(texts.take(last, 0)).toMatchObject({
      kind: "part",
      progress: { seen: expect.any(Array) },
    });
    expect(texts.take("LZP:????/9/9:nothing", 1)).toEqual({ kind: "nothing" });
    const ends = others.map((part, i) => texts.take(part, 2 + i));
    expect(ends.at(-1)).toEqual({ kind: "text", text: toQrText(bytes) });
  });
});

describe("a file that is dropped", () => {
  const reader = (text: string | null) => ({ readPicture: () => Promise.resolve(text) });
  const file = (name: string, content: BlobPart, type = "") => new File([content], name, { type });

  test("is a certificate, a code's text, or a picture of one", async () => {
    const certificate = await readDropped(file("a.lzc.json", ' {"format":1}\n'), reader(null));
    expect(certificate).toEqual({ given: { file: '{"format":1}' } });
    expect(await readDropped(file("a.txt", `${CODE}\n`), reader(null))).toEqual({
      given: { qr: CODE },
    });
    const picture = await readDropped(file("a.PNG", "x", ""), reader(CODE));
    expect(picture).toEqual({ given: { qr: CODE } });
  });

  test("is told in words where it is none of these", async () => {
    const noCode = await readDropped(file("a.jpg", "x", "image/jpeg"), reader(null));
    expect(noCode).toMatchObject({ trouble: SCANNING.noCode });
    const bad = { readPicture: () => Promise.reject(new DOMException("", "InvalidStateError")) };
    expect(await readDropped(file("a.png", "x"), bad)).toEqual({ trouble: SCANNING.notKnown });
    expect(await readDropped(file("a.bin", "a\0b"), reader(null))).toEqual({
      trouble: SCANNING.notKnown,
    });
    const large = file("a.png", new Uint8Array(11 * 2 ** 20));
    expect(await readDropped(large, reader(null))).toEqual({ trouble: SCANNING.tooLarge });
  });

  test("or pasted: a brace begins a file, anything else is a code", () => {
    expect(givenOf(" {}")).toEqual({ file: "{}" });
    expect(givenOf(` ${CODE}`)).toEqual({ qr: CODE });
  });
});
