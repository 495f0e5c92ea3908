/** Every byte of the conformance vectors, and every invalid one's check and code. */
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { batchRoot, buildBatchTree, provePath } from "../../src/core/batch/tree.ts";
import { rootOfPath } from "../../src/core/batch/path.ts";
import { claimLeaf, encodeClaim } from "../../src/core/certificate/claim.ts";
import {
  claimsRoot,
  proveClaims,
  rebuildClaimsRoot,
} from "../../src/core/certificate/claims-tree.ts";
import { certificateLeaf } from "../../src/core/certificate/leaf.ts";
import { concatBytes, toHex } from "../../src/core/encoding/bytes.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import { emptyLedger } from "../../src/core/ledger/state.ts";
import { decodeBinding, encodeBindingContent } from "../../src/core/presentation/binding.ts";
import { encodeSign1, keyThumbprint, verifySign1 } from "../../src/core/presentation/cose.ts";
import { leafOfCertificate, proveDisclosure } from "../../src/core/presentation/disclose.ts";
import {
  decodePresentation,
  encodePresentationContent,
} from "../../src/core/presentation/presentation.ts";
import { fromQrText, toQrText } from "../../src/core/presentation/qr-text.ts";
import { verify } from "../../src/core/verify/verify.ts";
import type { PresentationVector } from "./vectors.ts";
import {
  batchVectors,
  bytes,
  claimOf,
  claimsVectors,
  invalidVectors,
  leafVectors,
  presentationVectors,
} from "./vectors.ts";

const primitives = await loadPrimitives();

type Named<T> = readonly (readonly [string, T])[];

function each<T>(vectors: readonly T[], name: (vector: T) => string): Named<T> {
  return vectors.map((vector, i) => [`${String(i)}: ${name(vector)}`, vector]);
}

/** A folder of vectors may hold none of a kind: then there is nothing to check of it. */
function forEach<T>(vectors: Named<T>, title: string, check: (vector: T) => void): void {
  for (const [name, vector] of vectors) it(title.replace("%s", name), () => check(vector));
}

describe("claims", () => {
  const named = each(claimsVectors, ({ suite, claims }) => {
    return `suite ${String(suite)}, ${String(claims.length)} claims`;
  });

  forEach(named, "encodes and hashes every claim, %s", (vector) => {
    const hash = suiteHash(primitives, vector.suite);
    const claims = vector.claims.map(claimOf);
    const leaves = claims.map((claim) => claimLeaf(hash, claim));
    const encoded = claims.map((claim) => toHex(encodeClaim(claim)));
    expect(vector.encoded ?? encoded).toEqual(encoded);
    expect(vector.leaves ?? leaves.map(toHex)).toEqual(leaves.map(toHex));
    expect(toHex(claimsRoot(hash, leaves))).toBe(vector.claimsRoot);
  });

  forEach(named, "proves every disclosure, %s", (vector) => {
    const hash = suiteHash(primitives, vector.suite);
    const leaves = vector.claims.map((claim) => claimLeaf(hash, claimOf(claim)));
    for (const { positions, proof } of vector.disclosures) {
      expect(proveClaims(hash, leaves, new Set(positions)).map(toHex)).toEqual(proof);
      const disclosed = { positions, leaves: positions.map((i) => leaves[i] as Uint8Array) };
      const rebuilt = rebuildClaimsRoot(hash, leaves.length, disclosed, proof.map(bytes));
      expect(rebuilt && toHex(rebuilt)).toBe(vector.claimsRoot);
    }
  });
});

describe("certificate leaves", () => {
  forEach(
    each(leafVectors, ({ suite, index }) => `suite ${String(suite)}, index ${String(index)}`),
    "hashes leaf %s",
    (vector) => {
      const [holder, root] = [bytes(vector.holder), bytes(vector.claimsRoot)];
      const leaf = { ...vector, holder, claimsRoot: root };
      expect(toHex(certificateLeaf(suiteHash(primitives, vector.suite), leaf))).toBe(vector.leaf);
    },
  );
});

describe("batch trees", () => {
  forEach(
    each(batchVectors, ({ suite, size }) => `suite ${String(suite)}, size ${String(size)}`),
    "gives root and paths, %s",
    ({ suite, size, tag, root, proofs }) => {
      const hash = suiteHash(primitives, suite);
      const leaves = Array.from({ length: size }, (_, i) => {
        const counter = new Uint8Array(4);
        new DataView(counter.buffer).setUint32(0, i);
        return hash(concatBytes(bytes(tag), counter));
      });
      const tree = buildBatchTree(hash, concatBytes(...leaves));
      expect(toHex(batchRoot(tree))).toBe(root);
      for (const { index, leaf, path } of proofs) {
        expect(toHex(leaves[index] as Uint8Array)).toBe(leaf);
        expect(toHex(provePath(tree, index))).toBe(path.join(""));
        expect(toHex(rootOfPath(hash, bytes(leaf), bytes(path.join(""))))).toBe(root);
      }
    },
  );
});

describe("presentations", () => {
  const named = each(presentationVectors, ({ suite, size, holderPrivateKey, binding }) => {
    const kind = binding ? "signed with a binding" : holderPrivateKey ? "signed" : "bearer";
    return `suite ${String(suite)}, size ${String(size)}, ${kind}`;
  });

  function fileOf({ suite, size, holder, certificate }: PresentationVector) {
    const { index, notBefore, notAfter, agency } = certificate;
    const batch = {
      root: bytes(certificate.root),
      size,
      index,
      path: bytes(certificate.path.join("")),
    };
    return {
      suite,
      type: "",
      schemaVersion: 1,
      agency,
      region: "",
      notBefore,
      notAfter,
      holder: bytes(holder),
      claims: certificate.claims.map(claimOf),
      batch: { chainId: 1, anchor: "", ...batch },
    };
  }

  forEach(named, "leads from the certificate to its root, %s", (vector) => {
    const hash = suiteHash(primitives, vector.suite);
    const file = fileOf(vector);
    const root = rootOfPath(hash, leafOfCertificate(hash, file), file.batch.path);
    expect(toHex(root)).toBe(vector.certificate.root);
  });

  forEach(named, "encodes payload, wire and QR text, %s", (vector) => {
    const decoded = decodePresentation(bytes(vector.wire));
    const names = vector.disclosed.map((i) => vector.certificate.claims[i]?.name ?? "");
    const hash = suiteHash(primitives, vector.suite);
    const proof = proveDisclosure(hash, fileOf(vector), new Set(names));
    const { binding: _binding, sign1, ...content } = decoded;
    const payload = encodePresentationContent({
      ...content,
      proof,
      ...(vector.binding !== undefined && { binding: bytes(vector.binding) }),
    });
    expect(toHex(payload)).toBe(vector.payload);
    const wire = sign1 ? encodeSign1({ payload, signature: sign1.signature }) : payload;
    expect(toHex(wire)).toBe(vector.wire);
    expect(toQrText(wire)).toBe(vector.qr);
    expect(toHex(fromQrText(vector.qr))).toBe(vector.wire);
  });

  forEach(
    named.filter(([, { holderPrivateKey }]) => holderPrivateKey !== undefined),
    "verifies the holder's signature and thumbprint, %s",
    (vector) => {
      const { holderKey, sign1, binding } = decodePresentation(bytes(vector.wire));
      if (!holderKey || !sign1) throw new Error("the vector holds no signature");
      expect(verifySign1(primitives, holderKey, sign1)).toBe(true);
      const thumbprint = toHex(keyThumbprint(primitives, holderKey));
      expect(binding ? vector.holder : thumbprint).toBe(binding ? "0".repeat(64) : vector.holder);
    },
  );

  forEach(
    named.filter(([, { binding }]) => binding !== undefined),
    "encodes and verifies the agency's binding, %s",
    ({ binding, agencyPublicKey }) => {
      const decoded = decodeBinding(bytes(binding ?? ""), "binding");
      const [x, y] = (agencyPublicKey ?? ["", ""]).map(bytes) as [Uint8Array, Uint8Array];
      expect(verifySign1(primitives, { x, y }, decoded.sign1)).toBe(true);
      const payload = encodeBindingContent(decoded);
      expect(toHex(encodeSign1({ ...decoded.sign1, payload }))).toBe(binding);
    },
  );
});

describe("invalid presentations", () => {
  forEach(
    each(invalidVectors, ({ name, code }) => `${name} ends in ${code}`),
    "%s",
    (vector) => {
      const identity = { chainId: 1, directory: "", anchor: "", predecessors: [] };
      const block = { number: 0, hash: "", time: 0 };
      const view = { state: emptyLedger(identity), block, asOf: 0, pending: new Set<string>() };
      const request = { now: 0, maxLedgerAge: 60 };
      const { checks, verdict } = verify({ qr: vector.qr }, view, request, primitives);
      expect(checks.find(({ check }) => check === vector.check)).toMatchObject({
        result: "fail",
        code: vector.code,
      });
      expect(verdict).toBe("rejected");
    },
  );
});
