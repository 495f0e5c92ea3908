/** What was shown is known again by its hash, however a file was laid out. */
import { describe, expect, it } from "@jest/globals";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { shownDigest } from "../../../src/core/uses/shown-digest.ts";
import type { Given } from "../../../src/core/verify/case.ts";
import { primitives } from "../../../src/main/system.ts";

const digest = (given: Given): string | null => {
  const bytes = shownDigest(primitives.sha256, given);
  return bytes === null ? null : toHex(bytes);
};

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

describe("what was shown", () => {
  it("is the same certificate as JSON, as text, and with its members in another order", () => {
    const json = { format: "liangzheng/1", claims: [{ name: "a", value: null }], holder: null };
    const same = digest({ certificate: json });
    expect(same).toMatch(/^[0-9a-f]{64}$/);
    expect(digest({ file: JSON.stringify(json, null, 2) })).toBe(same);
    const { claims, ...rest } = json;
    expect(digest({ certificate: { claims, ...rest } })).toBe(same);
  });

  it("is the hash of the members in order, written as RFC 8785 has it", () => {
    const names = Array.from({ length: 40 }, (_, i) => `n${String(i)}`);
    const many = Object.fromEntries(names.toReversed().map((name) => [name, 1]));
    const texts = { '"': "\\", "\n": "\u0001", b: "\ud800", a: "😀 é", "10": "x", "9": "y" };
    const few = String.raw`{"\n":"\u0001","\"":"\\","10":"x","9":"y","a":"😀 é","b":"\ud800"}`;
    const all = names.toSorted().map((name) => `"${name}":1`);
    const text = `{"many":{${all.join()}},"texts":${few}}`;
    const expected = toHex(primitives.sha256(new TextEncoder().encode(`file\n${text}`)));
    expect(digest({ certificate: { texts, many } })).toBe(expected);
  });

  it("is another with one character changed", () => {
    expect(digest({ certificate: { a: "x" } })).not.toBe(digest({ certificate: { a: "y" } }));
    expect(digest({ qr: "LZ1:A" })).not.toBe(digest({ qr: "LZ1:B" }));
  });

  it("is another with a list cut in another way", () => {
    expect(digest({ certificate: [1, 2] })).not.toBe(digest({ certificate: [12] }));
    expect(digest({ certificate: { a: 1, b: 2 } })).not.toBe(digest({ certificate: { a: 1 } }));
  });

  it("is not mixed up between a code and a file", () => {
    expect(digest({ qr: '"a"' })).not.toBe(digest({ file: '"a"' }));
  });

  it("is the same code with the line end that an editor leaves", () => {
    expect(digest({ qr: "LZ1:A\n" })).toBe(digest({ qr: "LZ1:A" }));
  });

  it("is nothing where it is no JSON, or nests deeper than anything that is", () => {
    expect(digest({ file: "{" })).toBeNull();
    expect(digest({ certificate: nested(17) })).toBeNull();
    expect(digest({ certificate: { a: nested(17) } })).toBeNull();
    expect(digest({ certificate: nested(16) })).not.toBeNull();
  });
});
