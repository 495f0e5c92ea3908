import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { certificateLeaves } from "../../../src/adapters/hashing/certificate-leaves.ts";
import type { FlatCertificates } from "../../../src/adapters/hashing/flat-certificates.ts";
import { FlatWriter } from "../../../src/adapters/hashing/flat-writer.ts";
import { HashingKernel } from "../../../src/adapters/hashing/hashing-kernel.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { claimLeaf } from "../../../src/core/certificate/claim.ts";
import type { Claim } from "../../../src/core/certificate/claim.ts";
import { claimsRoot } from "../../../src/core/certificate/claims-tree.ts";
import { certificateLeaf } from "../../../src/core/certificate/leaf.ts";
import type { Validity } from "../../../src/core/certificate/leaf.ts";
import { concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import { suiteHash } from "../../../src/core/hashing.ts";
import type { SuiteId } from "../../../src/core/hashing.ts";
import { seededBytes } from "../../support/seeded.ts";
import { claimOf, claimsVectors } from "../../vectors/vectors.ts";

const primitives = await loadPrimitives();
const kernels = [new HashingKernel("simd"), new HashingKernel("scalar")];

interface Certificate extends Validity {
  readonly holder: Uint8Array;
  readonly claims: readonly Claim[];
}

/** With the salts of its claims, whatever they are. */
function flat(firstIndex: number, certificates: readonly Certificate[]): FlatCertificates {
  const used = new Set(certificates.flatMap(({ claims }) => claims.map(({ name }) => name)));
  const names = [...used].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const writer = new FlatWriter(names);
  for (const { claims, holder, ...validity } of certificates) {
    for (const { name, value } of claims) writer.claim(names.indexOf(name), value);
    writer.end(validity, holder);
  }
  const salts = certificates.flatMap(({ claims }) => claims.map(({ salt }) => salt));
  return writer.take(firstIndex, () => concatBytes(...salts));
}

/** As the core makes it, hash by hash. */
function leafOf(suite: SuiteId, index: number, { claims, ...certificate }: Certificate): string {
  const hash = suiteHash(primitives, suite);
  const root = claimsRoot(
    hash,
    claims.map((claim) => claimLeaf(hash, claim)),
  );
  const leaf = { ...certificate, index, claimCount: claims.length, claimsRoot: root };
  return toHex(certificateLeaf(hash, leaf));
}

function leaves(kernel: HashingKernel, suite: SuiteId, certificates: FlatCertificates): string[] {
  const all = certificateLeaves(kernel, suite, certificates);
  return Array.from({ length: certificates.count }, (_, i) => {
    return toHex(all.subarray(32 * i, 32 * i + 32));
  });
}

const NAMES = Array.from({ length: 40 }, (_, i) => `claim${String(i).padStart(2, "0")}`);
const text = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.nat(2000).map((length) => "三".repeat(length)),
);
const claims = fc.subarray(NAMES, { minLength: 1 }).chain((names) => {
  return fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), text)));
});
const certificate = fc
  .record({
    claims,
    seed: fc.string(),
    notBefore: fc.maxSafeNat(),
    notAfter: fc.option(fc.maxSafeNat()),
    isBearer: fc.boolean(),
  })
  .map(({ claims: named, seed, isBearer, ...validity }): Certificate => {
    const salted = named.map(([name, value]): Claim => {
      return { salt: seededBytes(`${seed} ${name}`, 16), name, value };
    });
    const holder = isBearer ? new Uint8Array(32) : seededBytes(seed, 32);
    return { ...validity, holder, claims: salted };
  });

describe("the leaves of certificates in flat buffers", () => {
  it("are the core's, whatever claims each has, in both suites and builds", () => {
    const several = fc.array(certificate, { minLength: 1, maxLength: 12 });
    const index = fc.oneof(fc.nat(1000), fc.constantFrom(2 ** 31 - 3, 2 ** 32 - 12));
    fc.assert(
      fc.property(several, index, fc.constantFrom(1, 2), (certificates, first, id) => {
        const suite = id;
        const expected = certificates.map((one, i) => leafOf(suite, first + i, one));
        for (const kernel of kernels) {
          expect(leaves(kernel, suite, flat(first, certificates))).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each(claimsVectors.map((vector, i) => [i, vector] as const))(
    "have the claims root of the conformance vector %i",
    (_, { suite, claims: vector, claimsRoot: root }) => {
      const one = { notBefore: 1, notAfter: 2, holder: seededBytes("holder", 32) };
      const leaf = { ...one, index: 3, claimCount: vector.length };
      const expected = certificateLeaf(suiteHash(primitives, suite), {
        ...leaf,
        claimsRoot: Buffer.from(root, "hex"),
      });
      for (const kernel of kernels) {
        const certificates = flat(3, [{ ...one, claims: vector.map(claimOf) }]);
        expect(leaves(kernel, suite, certificates)).toEqual([toHex(expected)]);
      }
    },
  );

  it("are the core's over thousands of certificates, and a value of megabytes among them", () => {
    const certificates = Array.from({ length: 3000 }, (_, i): Certificate => {
      const names = NAMES.slice(i % 7, 8 + (i % 32));
      const salted = names.map((name): Claim => {
        const value = i === 1234 ? "大".repeat(100_000) : `${name} ${String(i)}`;
        return { salt: seededBytes(`${name} ${String(i)}`, 16), name, value };
      });
      return { notBefore: i, notAfter: null, holder: seededBytes(String(i), 32), claims: salted };
    });
    const expected = certificates.map((one, i) => leafOf(1, i, one));
    for (const kernel of kernels) {
      expect(leaves(kernel, 1, flat(0, certificates))).toEqual(expected);
    }
  });
});

describe("flat certificates that are not consistent", () => {
  const [kernel] = kernels as [HashingKernel];
  const salt = seededBytes("salt", 16);
  const claimed = [
    { salt, name: "a", value: "x" },
    { salt, name: "b", value: "y" },
  ];
  const one = { notBefore: 1, notAfter: 2, holder: new Uint8Array(32), claims: claimed };
  const good = flat(0, [one, one]);

  it.each<[string, Partial<FlatCertificates>]>([
    ["salts are missing", { salts: good.salts.subarray(1) }],
    ["a holder is missing", { holders: good.holders.subarray(32) }],
    ["a time is missing", { validities: good.validities.subarray(1) }],
    ["a certificate is missing", { count: 1 }],
    ["claims are missing", { nameNumbers: good.nameNumbers.subarray(1) }],
    ["a value is missing", { values: { ...good.values, ends: good.values.ends.subarray(1) } }],
    ["values are cut short", { values: { ...good.values, bytes: new Uint8Array(5) } }],
    ["a certificate has no claim", { claimStarts: Uint32Array.of(0, 0, 4) }],
    ["claims are out of order", { nameNumbers: Uint16Array.of(1, 0, 0, 1) }],
    ["a claim is there twice", { nameNumbers: Uint16Array.of(0, 0, 0, 1) }],
    ["a name is unknown", { nameNumbers: Uint16Array.of(0, 2, 0, 1) }],
    ["a time is half a second", { validities: Float64Array.of(0.5, 1, 0, 1) }],
    ["a time is before 1970", { validities: Float64Array.of(0, -1, 0, 1) }],
    ["they begin at no time", { validities: Float64Array.of(Infinity, Infinity, 0, 1) }],
    ["they end at no time", { validities: Float64Array.of(0, Number.NaN, 0, 1) }],
  ])("are refused when %s", (_, wrong) => {
    expect(() => certificateLeaves(kernel, 1, { ...good, ...wrong })).toThrow(RangeError);
  });

  it("are refused with more than 256 claims", () => {
    const count = 257;
    const names = flat(0, [one]).names;
    const many: FlatCertificates = {
      count: 1,
      firstIndex: 0,
      names,
      claimStarts: Uint32Array.of(0, count),
      nameNumbers: new Uint16Array(count),
      salts: new Uint8Array(16 * count),
      values: {
        bytes: new Uint8Array(count),
        ends: Uint32Array.from({ length: count + 1 }, (_, i) => i),
      },
      validities: Float64Array.of(0, 1),
      holders: new Uint8Array(32),
    };
    expect(() => certificateLeaves(kernel, 1, many)).toThrow("256");
  });
});
