import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { rootOfPath } from "../../../src/core/batch/path.ts";
import { suiteHash } from "../../../src/core/hashing.ts";
import {
  leafOfCertificate,
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

  it("leads from every certificate's leaf to the batch's root", () => {
    for (const certificate of batch.certificates) {
      const leaf = leafOfCertificate(hash, certificate);
      expect(rootOfPath(hash, leaf, certificate.batch.path)).toEqual(certificate.batch.root);
    }
  });
});
