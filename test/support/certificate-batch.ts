/** A small batch of real certificates: salted, hashed and proven as an agency would. */
import { batchRoot, buildBatchTree, provePath } from "../../src/core/batch/tree.ts";
import type { CertificateFile } from "../../src/core/certificate/certificate-file.ts";
import { claimLeaf, compareClaimNames } from "../../src/core/certificate/claim.ts";
import type { Claim } from "../../src/core/certificate/claim.ts";
import { claimsRoot } from "../../src/core/certificate/claims-tree.ts";
import { certificateLeaf } from "../../src/core/certificate/leaf.ts";
import { concatBytes, toHex } from "../../src/core/encoding/bytes.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import { keyThumbprint } from "../../src/core/presentation/cose.ts";
import type { BatchPlan, IssuedBatch } from "./issued-batch.ts";
import { IDENTITY, MARRIAGE, SANYA, T0, YEAR } from "./ledger-story.ts";
import { seededBytes } from "./seeded.ts";

const USUAL: BatchPlan = {
  suite: 1,
  agency: SANYA,
  type: MARRIAGE,
  schemaVersion: 1,
  size: 5,
  notBefore: T0,
  notAfter: T0 + 5 * YEAR,
  holders: [],
  contract: { chainId: IDENTITY.chainId, anchor: IDENTITY.anchor },
  seed: "batch",
  claimsOf: (index) => ({
    holderName: `王小明${String(index)}`,
    birthDate: "1990-05-17",
    registryNumber: index,
    住址: "三亚市吉阳区解放路1号",
    children: ["王一", "王二"],
    isFirst: true,
  }),
};

export function issueBatch(primitives: Primitives, changes: Partial<BatchPlan> = {}): IssuedBatch {
  const plan = { ...USUAL, ...changes };
  const hash = suiteHash(primitives, plan.suite);
  const drafts = Array.from({ length: plan.size }, (_, index) => draft(primitives, plan, index));
  const tree = buildBatchTree(hash, concatBytes(...drafts.map(({ leaf }) => leaf)));
  const root = batchRoot(tree);
  const certificates = drafts.map(({ claims, holder }, index): CertificateFile => {
    const { suite, type, schemaVersion, agency, notBefore, notAfter, size } = plan;
    return {
      suite,
      type,
      schemaVersion,
      agency: agency.code,
      region: agency.region,
      notBefore,
      notAfter,
      holder,
      claims,
      batch: { ...plan.contract, root, size, index, path: provePath(tree, index) },
    };
  });
  return { plan, root: `0x${toHex(root)}`, certificates };
}

function draft(primitives: Primitives, plan: BatchPlan, index: number) {
  const hash = suiteHash(primitives, plan.suite);
  const claims = saltedClaims(plan, index);
  const key = plan.holders[index];
  const holder = key === undefined ? new Uint8Array(32) : keyThumbprint(primitives, key);
  const leaf = certificateLeaf(hash, {
    index,
    notBefore: plan.notBefore,
    notAfter: plan.notAfter,
    holder,
    claimCount: claims.length,
    claimsRoot: claimsRoot(
      hash,
      claims.map((claim) => claimLeaf(hash, claim)),
    ),
  });
  return { claims, holder, leaf };
}

function saltedClaims({ claimsOf, seed }: BatchPlan, index: number): Claim[] {
  return Object.entries(claimsOf(index))
    .sort(([a], [b]) => compareClaimNames(a, b))
    .map(([name, value]) => {
      return { name, value, salt: seededBytes(`${seed}/${String(index)}/${name}`, 16) };
    });
}

/** The certificate of that index; a test that asks for one that is not there is wrong. */
export function certificateAt(batch: IssuedBatch, index: number): CertificateFile {
  const certificate = batch.certificates[index];
  if (certificate === undefined) throw new RangeError(`no certificate ${String(index)}`);
  return certificate;
}
