/** Whatever somebody does to a strand behind the service's back is found, and its place is named. */
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { firstHash, nextHash, Strand } from "../../../src/core/uses/strand.ts";
import type { Line } from "../../../src/core/uses/strand.ts";
import { StrandCheck } from "../../../src/core/uses/check-strand.ts";
import type { StoredStrand, StrandAnchor } from "../../../src/core/uses/check-strand.ts";
import { encodeEntry, encodeHeader } from "../../../src/core/uses/entry.ts";
import type { UseFinding } from "../../../src/core/uses/findings.ts";
import { primitives } from "../../../src/main/system.ts";
import { LEDGER, someUse } from "../../support/uses.ts";

const { sha256 } = primitives;
const ID = "3f6a0c21b9d4";
const HEADER = { id: ID, ...LEDGER, startedAt: 1_800_000_000 };
const OTHER = { ...HEADER, id: "000000000001" };

function linesOf(count: number, header = HEADER): Line[] {
  const strand = new Strand(sha256, header);
  return Array.from({ length: count }, (_, i) => strand.append(someUse({ at: 1_800_000_000 + i })));
}

const LINES = linesOf(12);

interface Kept {
  readonly lines: readonly Line[];
  readonly length?: number;
  readonly anchors?: readonly StrandAnchor[];
  readonly erased?: StoredStrand["erased"];
  readonly header?: Uint8Array;
}

function check({
  lines,
  length = 12,
  anchors = [],
  erased = null,
  header,
}: Kept): readonly UseFinding[] {
  const strand = { id: ID, header: header ?? encodeHeader(HEADER), length, erased };
  const checking = new StrandCheck(sha256, strand, anchors);
  for (const line of lines) checking.take(line);
  return checking.end();
}

/** What the chain said when the strand had come so far. */
function anchorAt(length: number): StrandAnchor {
  return { length, time: 1_800_003_600, head: (LINES[length - 1] as Line).hash };
}

/** As somebody would who can compute: every hash fits the line before it again. */
function chained(entries: readonly Uint8Array[]): Line[] {
  let hash = firstHash(sha256, encodeHeader(HEADER));
  return entries.map((entry, i) => {
    hash = nextHash(sha256, hash, entry);
    return { number: i + 1, entry, hash };
  });
}

const places = (findings: readonly UseFinding[]): string[] => {
  return findings.map(({ code, from, to }) => `${code} ${String(from)}-${String(to)}`);
};

const number = fc.integer({ min: 1, max: 12 });

describe("a strand as it was written", () => {
  it("has nothing wrong, anchored or not", () => {
    expect(check({ lines: LINES })).toEqual([]);
    expect(check({ lines: LINES, anchors: [anchorAt(3), anchorAt(7), anchorAt(12)] })).toEqual([]);
    expect(check({ lines: [], length: 0 })).toEqual([]);
  });

  it("may have grown since it was anchored", () => {
    expect(check({ lines: LINES, anchors: [anchorAt(5)] })).toEqual([]);
  });

  it("is found by its first line to have another header", () => {
    const header = encodeHeader({ ...HEADER, chainId: 1 });
    expect(places(check({ lines: LINES, header }))).toEqual(["EDITED 1-1"]);
  });
});

describe("a strand that somebody altered", () => {
  it("names the line of which one byte was changed", () => {
    fc.assert(
      fc.property(
        number,
        fc.nat({ max: 10_000 }),
        fc.integer({ min: 1, max: 255 }),
        (at, byte, bits) => {
          const lines = LINES.map((line) =>
            line.number === at ? flipped(line, byte, bits) : line,
          );
          const [first, ...more] = check({ lines });
          expect(more).toEqual([]);
          expect(first).toMatchObject({ from: at, to: at });
          expect(["EDITED", "MOVED"]).toContain(first?.code);
        },
      ),
    );
  });

  it("names the line of which only the hash was changed, or the one after it", () => {
    const lines = LINES.map((line) =>
      line.number === 5 ? { ...line, hash: new Uint8Array(32) } : line,
    );
    expect(places(check({ lines }))).toEqual(["EDITED 5-5", "EDITED 6-6"]);
  });

  it("names the lines that were taken out", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 11 }), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const lines = LINES.filter(({ number }) => number < from || number > to);
        expect(places(check({ lines }))).toEqual([`MISSING ${String(from)}-${String(to)}`]);
      }),
    );
  });

  it("names both lines that changed places", () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(a !== b);
        const at = (place: number): Line => LINES[place - 1] as Line;
        const swap = (line: Line): Line => {
          if (line.number === a) return { ...at(b), number: a };
          return line.number === b ? { ...at(a), number: b } : line;
        };
        const moved = places(check({ lines: LINES.map(swap) })).filter((it) =>
          it.startsWith("MOVED"),
        );
        expect(moved).toEqual(
          [Math.min(a, b), Math.max(a, b)].map((n) => `MOVED ${String(n)}-${String(n)}`),
        );
      }),
    );
  });

  it("says where a line comes from that is another strand's", () => {
    const foreign = linesOf(12, OTHER)[3] as Line;
    const lines = LINES.map((line) => (line.number === 4 ? foreign : line));
    const [first] = check({ lines });
    expect(first).toMatchObject({
      code: "MOVED",
      from: 4,
      detail: "it was line 4 of strand 000000000001",
    });
  });

  it("names the end that was cut off, by what the store remembers", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 }), (left) => {
        const found = check({ lines: LINES.slice(0, left) });
        expect(places(found)).toEqual([`CUT_OFF ${String(left + 1)}-12`]);
      }),
    );
  });

  it("names the end that was cut off, by what the chain remembers, where the store's memory was cut too", () => {
    const found = check({ lines: LINES.slice(0, 8), length: 8, anchors: [anchorAt(10)] });
    expect(places(found)).toEqual(["CUT_OFF 9-10"]);
  });

  it("names lines that were put after the last one", () => {
    expect(places(check({ lines: LINES, length: 10 }))).toEqual(["ADDED 11-12"]);
  });

  it("tells what can't be read from what was edited", () => {
    const lines = LINES.map((line) =>
      line.number === 2 ? { ...line, entry: new Uint8Array(3) } : line,
    );
    expect(check({ lines })[0]).toMatchObject({
      code: "EDITED",
      from: 2,
      detail: "it can't be read",
    });
  });
});

describe("a strand whose hashes were all made anew", () => {
  const anchors = [anchorAt(3), anchorAt(7), anchorAt(12)];

  it("differs from the first anchor at or after what was altered, and the range is named", () => {
    fc.assert(
      fc.property(number, (at) => {
        const entries = LINES.map(({ number, entry }) => {
          return number === at ? encodeEntry({ strand: ID, number }, someUse({ at: 1 })) : entry;
        });
        const found = places(check({ lines: chained(entries), anchors }));
        const [after, upTo] = at <= 3 ? [0, 3] : at <= 7 ? [3, 7] : [7, 12];
        expect(found[0]).toBe(`NOT_AS_ANCHORED ${String(after + 1)}-${String(upTo)}`);
      }),
    );
  });

  it("is found to have a line more, under an anchored head", () => {
    const extra = encodeEntry({ strand: ID, number: 2 }, someUse({ at: 1 }));
    const later = LINES.slice(1).map((_line, i) => {
      return encodeEntry({ strand: ID, number: i + 3 }, someUse({ at: 1_800_000_001 + i }));
    });
    const entries = [(LINES[0] as Line).entry, extra, ...later];
    const found = check({ lines: chained(entries), length: 13, anchors });
    expect(found[0]).toMatchObject({ code: "NOT_AS_ANCHORED", from: 1, to: 3 });
    expect(found[0]?.detail).toMatch(/^anchored 2027-01-15T\S+: 0x[0-9a-f]{64}$/);
  });

  it("passes over anchors of lines that are missing, whose absence is told already", () => {
    const lines = LINES.filter(({ number }) => number < 3 || number > 7);
    expect(places(check({ lines, anchors }))).toEqual(["MISSING 3-7"]);
  });
});

describe("a strand whose beginning was erased in due time", () => {
  const erased = { number: 7, hash: (LINES[6] as Line).hash };
  const rest = LINES.slice(7);

  it("goes on from what was anchored then", () => {
    expect(
      check({ lines: rest, erased, anchors: [anchorAt(3), anchorAt(7), anchorAt(12)] }),
    ).toEqual([]);
  });

  it("may be erased to its end", () => {
    const all = { number: 12, hash: (LINES[11] as Line).hash };
    expect(check({ lines: [], erased: all, anchors: [anchorAt(12)] })).toEqual([]);
  });

  it("is told where that place was never anchored: anyone could say that its time was over", () => {
    expect(places(check({ lines: rest, erased, anchors: [anchorAt(3), anchorAt(12)] }))).toEqual([
      "ERASED_EARLY 1-7",
    ]);
  });

  it("is told where the hash that was kept is not the anchored one", () => {
    const wrong = { number: 7, hash: new Uint8Array(32) };
    expect(places(check({ lines: rest, erased: wrong, anchors: [anchorAt(7)] }))).toEqual([
      "NOT_AS_ANCHORED 1-7",
      "EDITED 8-8",
    ]);
  });
});

function flipped(line: Line, byte: number, bits: number): Line {
  const entry = line.entry.slice();
  const at = byte % entry.length;
  entry[at] = (entry[at] as number) ^ bits;
  return { ...line, entry };
}

describe("a long line", () => {
  it("is hashed like a short one", () => {
    const strand = new Strand(sha256, HEADER);
    const claims = Array.from({ length: 200 }, (_, i) => `claimOfALongName${String(i)}`);
    const lines = [strand.append(someUse({ claims })), strand.append(someUse())];
    expect(check({ lines, length: 2 })).toEqual([]);
    expect(strand.length).toBe(2);
  });
});
