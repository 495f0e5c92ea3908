import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { keccak256 } from "ethers";
import fc from "fast-check";
import { createKeccak, createSM3 } from "hash-wasm";
import type { FlatItems } from "../../../src/adapters/hashing/flat-certificates.ts";
import { HashingKernel } from "../../../src/adapters/hashing/hashing-kernel.ts";
import { messageDigests } from "../../../src/adapters/hashing/message-digests.ts";
import { concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import type { SuiteId } from "../../../src/core/hashing.ts";
import { seededBytes } from "../../support/seeded.ts";

const kernels = { simd: new HashingKernel("simd"), scalar: new HashingKernel("scalar") };
const builds = ["simd", "scalar"] as const;

type Hasher = Awaited<ReturnType<typeof createSM3>>;
let hashWasm: { keccak256: Hasher; sm3: Hasher };
beforeAll(async () => {
  hashWasm = { keccak256: await createKeccak(256), sm3: await createSM3() };
});

function flat(messages: readonly Uint8Array[]): FlatItems {
  const ends = new Uint32Array(messages.length + 1);
  messages.forEach(({ length }, i) => (ends[i + 1] = (ends[i] as number) + length));
  return { bytes: concatBytes(...messages), ends };
}

function digests(kernel: HashingKernel, suite: SuiteId, messages: readonly Uint8Array[]): string[] {
  const all = new Uint8Array(32 * messages.length);
  messageDigests(kernel, suite, flat(messages), all);
  return messages.map((_, i) => toHex(all.subarray(32 * i, 32 * i + 32)));
}

type HashToHex = (message: Uint8Array) => string;

/** The oracles of each suite. ethers' Keccak is that of @noble/hashes. */
const oracles: Readonly<Record<SuiteId, readonly [HashToHex, HashToHex]>> = {
  1: [
    (message) => keccak256(message).slice(2),
    (message) => hashWasm.keccak256.init().update(message).digest(),
  ],
  2: [
    (message) => createHash("sm3").update(message).digest("hex"),
    (message) => hashWasm.sm3.init().update(message).digest(),
  ],
};
const suites = [1, 2] as const;
/** Of 0 to 2,000 bytes, each other bytes than the one before. */
const noise = seededBytes("noise", 4000);
const everyLength = Array.from({ length: 2001 }, (_, length) => {
  return noise.subarray(length, 2 * length);
});

describe.each(builds)("the kernel's build '%s'", (build) => {
  const kernel = kernels[build];

  it.each(suites)("agrees with two other libraries on every length to 2000, suite %i", (suite) => {
    const found = digests(kernel, suite, everyLength);
    for (const oracle of oracles[suite]) expect(found).toEqual(everyLength.map(oracle));
  });

  it("agrees where what comes after 64 bytes is all padding, and where it only looks like that", () => {
    const of = (length: number): Uint8Array[] =>
      Array.from({ length: 30 }, (_, i) => seededBytes(`${String(length)} ${String(i)}`, length));
    const padding = new Uint8Array(64);
    padding[0] = 0x80;
    padding[62] = 2;
    const nearly = padding.with(20, 1);
    const looking = [padding, nearly].map((end) => of(64).map((each) => concatBytes(each, end)));
    const mixed = [...of(64), ...everyLength.slice(56, 76)];
    for (const messages of [of(64), mixed, of(128), of(192), ...looking]) {
      expect(digests(kernel, 2, messages)).toEqual(messages.map(oracles[2][0]));
    }
  });

  it.each(suites)("takes short and long messages in any order and number, suite %i", (suite) => {
    const length = fc.oneof(fc.nat(150), fc.nat(2000), fc.constantFrom(55, 56, 64, 135, 136, 137));
    const lengths = fc.array(length, { maxLength: 40 });
    fc.assert(
      fc.property(lengths, fc.string(), (all, seed) => {
        const messages = all.map((n, i) => seededBytes(`${seed} ${String(i)}`, n));
        expect(digests(kernel, suite, messages)).toEqual(messages.map(oracles[suite][0]));
      }),
    );
  });

  it.each(suites)(
    "takes one message larger than its memory, and small ones after it, suite %i",
    (suite) => {
      const small = new HashingKernel(build);
      const messages = [seededBytes("a", 10), seededBytes("b", 3_000_000), seededBytes("c", 700)];
      expect(digests(small, suite, messages)).toEqual(messages.map(oracles[suite][0]));
      expect(digests(small, suite, messages.toReversed())).toEqual(
        messages.toReversed().map(oracles[suite][0]),
      );
    },
  );

  it("takes thousands of messages in one go, and none", () => {
    const messages = Array.from({ length: 5000 }, (_, i) => seededBytes(String(i), i % 90));
    expect(digests(kernel, 1, messages)).toEqual(messages.map(oracles[1][0]));
    expect(digests(kernel, 1, [])).toEqual([]);
  });
});

describe("messages that are not whole", () => {
  const bytes = new Uint8Array(10);
  it.each([
    ["end before they begin", [0, 6, 4, 10]],
    ["end after the bytes do", [0, 11]],
    ["leave bytes over", [0, 9]],
    ["begin late", [1, 10]],
    ["are not even none", []],
  ])("are refused when they %s", (_, ends) => {
    const items = { bytes, ends: Uint32Array.from(ends) };
    const room = new Uint8Array(32 * Math.max(0, ends.length - 1));
    expect(() => {
      messageDigests(kernels.simd, 1, items, room);
    }).toThrow(RangeError);
  });

  it("are refused without room for just their digests", () => {
    const items = { bytes, ends: Uint32Array.of(0, 10) };
    for (const room of [0, 31, 33, 64]) {
      expect(() => {
        messageDigests(kernels.simd, 1, items, new Uint8Array(room));
      }).toThrow(RangeError);
    }
  });
});
