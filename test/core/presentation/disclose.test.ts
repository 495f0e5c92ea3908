import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { rootOfPath } from "../../../src/core/batch/path.ts";
import { suiteHash } from "../../../src/core/hashing.ts";
import {
  leafOfCertificate,
  narrowProof,
  proveDisclosure,
  unknownClaims,
} from "../../../src/core/presentation/disclose.ts";
import { usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const { batch, bearer } = usualCase(primitives);
const hash = suiteHash(primitives, 1);

describe("what a wallet shows", () => {
  it("holds the chosen claims at their positions, and of the others only hashes", () => {
    const proof = proveDisclosure(hash, bearer, new Set(["holderName"]));
    expect(proof.disclosed.map(({ name, position }) => [name, position])).toEqual([
      ["holderName", 2],
    ]);
    expect(proof.claimCount).toBe(6);
    expect(JSON.stringify(proof)).not.toContain("1990-05-17");
  });

  it("names what was asked for and is not there", () => {
    expect(unknownClaims(bearer, ["holderName", "spouse", "toString"])).toEqual([
      "spouse",
      "toString",
    ]);
    expect(proveDisclosure(hash, bearer, new Set(["spouse"])).disclosed).toEqual([]);
  });

  it("can be narrowed to any of its claims, and proves as if it had been made so", () => {
    const names = bearer.claims.map(({ name }) => name);
    fc.assert(
      fc.property(fc.subarray(names), fc.infiniteStream(fc.boolean()), (given, keeps) => {
        const kept = new Set(given.filter(() => keeps.next().value === true));
        const proof = proveDisclosure(hash, bearer, new Set(given));
        expect(narrowProof(hash, proof, kept)).toEqual(proveDisclosure(hash, bearer, kept));
      }),
    );
  });

  it("is not narrowed where hashes of what is hidden are missing", () => {
    const proof = proveDisclosure(hash, bearer, new Set(["holderName"]));
    const cut = { ...proof, claimsProof: proof.claimsProof.slice(1) };
    expect(() => narrowProof(hash, cut, new Set())).toThrow(RangeError);
  });

  it("leads from every certificate's leaf to the batch's root", () => {
    for (const certificate of batch.certificates) {
      const leaf = leafOfCertificate(hash, certificate);
      expect(rootOfPath(hash, leaf, certificate.batch.path)).toEqual(certificate.batch.root);
    }
  });
});
