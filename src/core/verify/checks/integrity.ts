/** 2. Do the claims, the leaf and the path give the root, and does the file tell the truth about it? */
import { longestPath } from "../../batch/path.ts";
import { HASH_BYTES } from "../../batch/tree.ts";
import type { CertificateFile } from "../../certificate/certificate-file.ts";
import type { Anchor } from "../../ledger/state.ts";
import type { Case } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail, pass } from "../check.ts";

export function checkIntegrity(it: Case): CheckOutcome {
  const { proof, file } = it.shown;
  if (it.provenHolder === null) return fail("ROOT_MISMATCH");
  const size = it.anchor?.size ?? file?.batch.size;
  if (size === undefined) return pass;
  if (proof.index >= size) {
    return fail("INDEX_OUT_OF_RANGE", `number ${String(proof.index)} of ${String(size)}`);
  }
  if (proof.path.length / HASH_BYTES > longestPath(size)) return fail("PATH_TOO_LONG");
  const differing = it.anchor === null ? [] : differences(it, it.anchor);
  return differing.length === 0 ? pass : fail("METADATA_MISMATCH", differing.join(", "));
}

function differences({ shown, agency }: Case, anchor: Anchor): string[] {
  const { proof, file } = shown;
  const suite = proof.suite === anchor.suite ? [] : ["suite"];
  return file === null ? suite : [...suite, ...fileDifferences(file, anchor, agency?.region)];
}

function fileDifferences(file: CertificateFile, anchor: Anchor, region?: string): string[] {
  const pairs = {
    type: [file.type, anchor.type],
    schemaVersion: [file.schemaVersion, anchor.schemaVersion],
    size: [file.batch.size, anchor.size],
    region: [file.region, region ?? file.region],
  };
  return Object.entries(pairs).flatMap(([name, [stated, recorded]]) => {
    return stated === recorded ? [] : [name];
  });
}
