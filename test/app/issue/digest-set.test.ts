import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { DigestSet } from "../../../src/app/issue/digest-set.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";

const [DIGEST_BYTES, DIGEST_WORDS] = [16, 4];

describe("a set of certificate numbers' digests", () => {
  it("knows each as an ordinary set does, wherever it lies among others", () => {
    const byte = fc.constantFrom(0, 0, 0, 1, 255);
    const digest = fc.array(byte, { minLength: DIGEST_BYTES, maxLength: DIGEST_BYTES });
    fc.assert(
      fc.property(fc.array(digest, { maxLength: 200 }), (digests) => {
        const [set, usual] = [new DigestSet(), new Set<string>()];
        const words = new Uint32Array(Uint8Array.from(digests.flat()).buffer);
        digests.forEach((each, i) => {
          const key = toHex(Uint8Array.from(each));
          expect(set.add(words, i * DIGEST_WORDS)).toBe(!usual.has(key));
          usual.add(key);
        });
      }),
    );
  });

  it("tells three hundred thousand apart, and finds each again", () => {
    const count = 300_000;
    const words = new Uint32Array(4 * count);
    // One in a thousand differs from the last in the first byte alone.
    for (let i = 0; i < count; i++) words.set([i, Math.imul(i >>> 2, 0x9e3779b1), 7, 9], 4 * i);
    const set = new DigestSet();
    const added = (): number => {
      let news = 0;
      for (let i = 0; i < count; i++) if (set.add(words, i * DIGEST_WORDS)) news++;
      return news;
    };
    expect([added(), added()]).toEqual([count, 0]);
  });
});
