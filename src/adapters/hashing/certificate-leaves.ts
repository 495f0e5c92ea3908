/** From certificates in flat buffers to their leaves (protocol, 4 and 5), with no object for a hash. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { SALT_BYTES } from "../../core/certificate/claim.ts";
import type { SuiteId } from "../../core/hashing.ts";
import { entry, longestItem, requireConsistent, viewOf } from "./flat-certificates.ts";
import type { FlatCertificates } from "./flat-certificates.ts";
import type { HashingKernel } from "./hashing-kernel.ts";

/** What is hashed at once fits a processor's second cache, unless one certificate alone does not. */
const MOST_CERTIFICATES = 256;
const MOST_CLAIMS = 4096;
const MOST_VALUE_BYTES = 262_144;
/** 0x00 and the heads of CBOR([salt, …]), before the salt. */
const CLAIM_HEAD_BYTES = 3;

/**
 * @returns 32 bytes for each certificate, in index order.
 * @throws RangeError where the buffers do not fit each other, or a certificate has no claim or over 256.
 */
export function certificateLeaves(
  kernel: HashingKernel,
  suite: SuiteId,
  certificates: FlatCertificates,
): Uint8Array {
  requireConsistent(certificates);
  const longest = longestClaim(certificates);
  const leaves = new Uint8Array(certificates.count * HASH_BYTES);
  for (let from = 0; from < certificates.count;) {
    const to = endOfPass(certificates, from);
    const pass = viewOf(certificates, from, to);
    const into = leaves.subarray(from * HASH_BYTES, to * HASH_BYTES);
    hashPass(kernel, { suite, longest }, pass, into);
    from = to;
  }
  return leaves;
}

function endOfPass({ count, claimStarts, values }: FlatCertificates, from: number): number {
  const claim = entry(claimStarts, from);
  const byte = entry(values.ends, claim);
  let to = from + 1;
  for (; to < count && to - from < MOST_CERTIFICATES; to++) {
    const end = entry(claimStarts, to + 1);
    if (end - claim > MOST_CLAIMS || entry(values.ends, end) - byte > MOST_VALUE_BYTES) break;
  }
  return to;
}

interface Work {
  readonly suite: SuiteId;
  /** What is hashed of the longest claim, in bytes. */
  readonly longest: number;
}

/** One call of the kernel for each step, over all certificates of the pass. */
function hashPass(
  kernel: HashingKernel,
  { suite, longest }: Work,
  pass: FlatCertificates,
  leaves: Uint8Array,
): void {
  const { count, firstIndex, names, values, nameNumbers, claimStarts } = pass;
  const claims = nameNumbers.length;
  const at = kernel.begin(
    suite,
    longest,
    {
      ...{ names: names.bytes, nameEnds: names.ends, values: values.bytes, ends: values.ends },
      ...{ nameNumbers, claimStarts, salts: pass.salts },
      ...{ validities: pass.validities, holders: pass.holders },
    },
    { digests: claims * HASH_BYTES, leaves: leaves.length },
  );
  const firstValue = at.values - entry(values.ends, 0);
  const firstDigest = at.digests - entry(claimStarts, 0) * HASH_BYTES;
  const { run } = kernel;
  run.hashClaims(
    at.names,
    at.nameEnds,
    at.nameNumbers,
    at.salts,
    firstValue,
    at.ends,
    claims,
    at.digests,
  );
  run.foldClaims(at.claimStarts, count, firstDigest);
  run.hashLeaves(
    at.claimStarts,
    firstDigest,
    firstIndex,
    at.validities,
    at.holders,
    count,
    at.leaves,
  );
  kernel.read(at.leaves, leaves);
}

function longestClaim({ names, values }: FlatCertificates): number {
  return CLAIM_HEAD_BYTES + SALT_BYTES + longestItem(names) + longestItem(values);
}
