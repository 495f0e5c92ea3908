import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { PartAssembler, toQrParts } from "../../../src/core/presentation/qr-parts.ts";
import { toQrText } from "../../../src/core/presentation/qr-text.ts";
import { seededBytes } from "../../support/seeded.ts";

/** As many bytes as one code of 4,096 characters may hold. */
const MOST_BYTES = 2_728;
const long = (bytes: number, seed = "presentation"): Uint8Array => seededBytes(seed, bytes);
const shownInOrder = (assembler: PartAssembler, texts: readonly string[]): string | null => {
  return texts.map((text) => assembler.take(text)?.text ?? null).at(-1) ?? null;
};

describe("a presentation in parts", () => {
  it("is put together in any order, however often a part is seen", () => {
    const presentations = fc.uint8Array({ minLength: 4, maxLength: MOST_BYTES });
    fc.assert(
      fc.property(presentations, fc.infiniteStream(fc.nat(7)), (presentation, looks) => {
        const parts = toQrParts(presentation);
        const assembler = new PartAssembler();
        for (const look of looks) {
          const progress = assembler.take(parts[look % parts.length] as string);
          if (progress?.text === null) continue;
          expect(progress).toEqual({
            seen: parts.map(() => true),
            text: toQrText(presentation),
          });
          return;
        }
      }),
    );
  });

  it.each([
    [851, 2],
    [1_320, 2],
    [1_321, 3],
    [MOST_BYTES, 5],
  ])("of %i bytes is cut into %i, each of a size a camera reads", (bytes, count) => {
    const parts = toQrParts(long(bytes));
    expect(parts).toHaveLength(count);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(13 + 990);
  });

  it("is written as another program, by the protocol's words alone, writes it", () => {
    const bytes = Uint8Array.from({ length: 9 }, (_, i) => i);
    expect(toQrParts(bytes)).toEqual(["LZP:JVNZ/1/2:100KB0*M0", "LZP:JVNZ/2/2:DY080"]);
  });

  it("is in characters that a QR code holds two in eleven bits", () => {
    for (const part of toQrParts(long(1_000))) expect(part).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
  });

  it("is not cut where no decoder would take the whole", () => {
    expect(() => toQrParts(long(MOST_BYTES + 2))).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
  });
});

describe("the assembler of parts", () => {
  it("tells which parts it has seen", () => {
    const [first, , third] = toQrParts(long(1_500)) as [string, string, string];
    const assembler = new PartAssembler();
    expect(assembler.take(third)).toEqual({ seen: [false, false, true], text: null });
    expect(assembler.take(first)).toEqual({ seen: [true, false, true], text: null });
  });

  it.each(["", "LZ1:00", "LZR:verify.example/abc", "lzp:0000/1/2:00"])(
    "leaves to others what is no part, and keeps what it has: %s",
    (text) => {
      const [first, second] = toQrParts(long(900)) as [string, string];
      const assembler = new PartAssembler();
      assembler.take(first);
      expect(assembler.take(text)).toBeNull();
      expect(assembler.take(second)?.text).toBe(toQrText(long(900)));
    },
  );

  it("starts anew when the code was renewed between two parts", () => {
    const [before] = toQrParts(long(900, "before")) as [string];
    const [first, second] = toQrParts(long(900, "after")) as [string, string];
    const assembler = new PartAssembler();
    assembler.take(before);
    expect(assembler.take(second)).toEqual({ seen: [false, true], text: null });
    expect(assembler.take(first)?.text).toBe(toQrText(long(900, "after")));
  });

  it.each<[string, (first: string) => string]>([
    ["says the set has other parts", (first) => first.replace("/1/3:", "/1/4:")],
    ["says of a part what it did not say before", (first) => `${first.slice(0, 13)}00`],
  ])("starts anew with a part that %s", (_, contradict) => {
    const parts = toQrParts(long(1_500)) as [string, string, string];
    const assembler = new PartAssembler();
    assembler.take(parts[0]);
    assembler.take(parts[1]);
    expect(assembler.take(contradict(parts[0]))?.seen.filter(Boolean)).toHaveLength(1);
    expect(shownInOrder(assembler, parts)).toBe(toQrText(long(1_500)));
  });

  it("never takes parts together that are not of one presentation", () => {
    const [mine, second] = toQrParts(long(900)) as [string, string];
    const other = (toQrParts(long(900, "another")) as [string])[0];
    const assembler = new PartAssembler();
    assembler.take(mine.slice(0, 13) + other.slice(13));
    expect(() => assembler.take(second)).toThrow(expect.objectContaining({ code: "MALFORMED" }));
    expect(shownInOrder(assembler, [mine, second])).toBe(toQrText(long(900)));
  });

  it.each([
    ["LZP:", "MALFORMED"],
    ["LZP:0000/0/2:00", "MALFORMED"],
    ["LZP:0000/3/2:00", "MALFORMED"],
    ["LZP:0000/1/1:00", "MALFORMED"],
    ["LZP:0000/1/9:00", "MALFORMED"],
    ["LZP:000/1/2:00", "MALFORMED"],
    ["LZP:000a/1/2:00", "MALFORMED"],
    ["LZP:0000/1/2:", "MALFORMED"],
    ["LZP:0000/1/2:a", "MALFORMED"],
    ["LZP:0000/1/2:000\n", "MALFORMED"],
    ["LZP:0000/1/2:".padEnd(1_004, "0"), "TOO_LARGE"],
  ])("%.20s… is %s", (text, code) => {
    expect(() => new PartAssembler().take(text)).toThrow(expect.objectContaining({ code }));
  });

  it("holds no more than one presentation may have, whatever it is shown", () => {
    const chunk = "0".repeat(990);
    const assembler = new PartAssembler();
    const show = (): void => {
      for (let i = 1; i <= 8; i++) assembler.take(`LZP:0000/${String(i)}/8:${chunk}`);
    };
    expect(show).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });
});
