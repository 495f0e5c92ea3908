import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { keccak256 } from "ethers";
import fc from "fast-check";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { concatBytes, toHex } from "../../src/core/encoding/bytes.ts";
import { hashEach, isSuiteId, suiteHash, suiteName, suiteOfName } from "../../src/core/hashing.ts";

const primitives = await loadPrimitives();
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .constantFrom(55, 56, 63, 64, 65, 135, 136, 137, 272, 10_000)
    .map((n) => new Uint8Array(n).fill(7)),
);

describe("the hash primitives", () => {
  it("are those of ethers and node:crypto, whatever the length", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(`0x${toHex(primitives.keccak256(bytes))}`).toBe(keccak256(bytes));
        expect(toHex(primitives.sm3(bytes))).toBe(createHash("sm3").update(bytes).digest("hex"));
        expect(toHex(primitives.sha256(bytes))).toBe(
          createHash("sha256").update(bytes).digest("hex"),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("several messages in one call", () => {
  const { keccak256: hash } = primitives;
  const endsOf = (messages: readonly Uint8Array[]): number[] => {
    return messages.reduce<number[]>(
      (ends, { length }) => [...ends, (ends.at(-1) ?? 0) + length],
      [0],
    );
  };
  const expectEach = (messages: readonly Uint8Array[]): void => {
    const digests = hashEach(hash, concatBytes(...messages), endsOf(messages));
    expect(digests.map(toHex)).toEqual(messages.map((message) => toHex(hash(message))));
  };

  it("have the digests that each has by itself", () => {
    fc.assert(fc.property(fc.array(anyBytes, { maxLength: 20 }), expectEach), { numRuns: 50 });
  });

  it("may be more, and longer, than are hashed at once", () => {
    expectEach(Array.from({ length: 300 }, (_, i) => new Uint8Array(i % 150).fill(i)));
    expectEach([1, 40_000, 2].map((length) => new Uint8Array(length).fill(length)));
  });
});

describe("the hash suites", () => {
  it("have a number, a name and a hash each", () => {
    expect([suiteOfName("keccak256"), suiteOfName("sm3")]).toEqual([1, 2]);
    expect([suiteName(1), suiteName(2)]).toEqual(["keccak256", "sm3"]);
    expect(suiteHash(primitives, 1)).toBe(primitives.keccak256);
    expect(suiteHash(primitives, 2)).toBe(primitives.sm3);
  });

  it.each(["sha256", "SM3", "", "constructor", "__proto__", 1, null, undefined])(
    "are not %p",
    (name) => {
      expect(suiteOfName(name)).toBeNull();
    },
  );

  it("have no other numbers", () => {
    expect([0, 1, 2, 3, "1", null].map(isSuiteId)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
