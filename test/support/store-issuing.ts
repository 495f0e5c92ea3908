/** Issues into an agency's store as the real pipeline does, without records, workers and chain. */
import { randomBytes } from "node:crypto";
import { certificateLeaves } from "../../src/adapters/hashing/certificate-leaves.ts";
import { buildFlatTree } from "../../src/adapters/hashing/flat-tree.ts";
import { FlatWriter } from "../../src/adapters/hashing/flat-writer.ts";
import { HashingKernel } from "../../src/adapters/hashing/hashing-kernel.ts";
import { CHUNK_LEAVES } from "../../src/adapters/hashing/tree-layout.ts";
import { sealPages } from "../../src/adapters/agency-store/certificate-page.ts";
import { numberDigest } from "../../src/adapters/agency-store/number-digest.ts";
import { manifestBytes, manifestHash } from "../../src/core/batch/manifest.ts";
import { compareClaimNames } from "../../src/core/certificate/claim.ts";
import { concatBytes, toHex } from "../../src/core/encoding/bytes.ts";
import type { ClaimValue } from "../../src/core/encoding/cbor.ts";
import { suiteName } from "../../src/core/hashing.ts";
import { primitives } from "../../src/main/system.ts";
import type {
  AgencyStore,
  CertificateIntake,
  IssueJob,
  JobOrder,
  JobSecrets,
  NewJob,
} from "../../src/ports/agency-store.ts";

export interface SampleRecord {
  readonly number: string;
  readonly claims: Readonly<Record<string, ClaimValue>>;
  readonly notAfter?: number | null;
  readonly holder?: Uint8Array;
}

export const AGENCY = "11330000002482074X";
export const TYPE = "11100000000018313P031";
export const LEDGER = "31337/0xfeed";
const IDENTITY = {
  chainId: 31_337,
  directory: `0x${"d1".repeat(20)}`,
  anchor: `0x${"a1".repeat(20)}`,
  predecessors: [],
};
export const NOT_BEFORE = 1_767_225_600;

export function orderOf(order: Partial<JobOrder> = {}): JobOrder {
  return {
    agency: AGENCY,
    region: "330000",
    type: TYPE,
    schemaVersion: 1,
    suite: 1,
    batchSize: 4096,
    isPadded: false,
    skipInvalid: false,
    supersede: false,
    command: { input: "a.csv", type: "doctor" },
    ...order,
  };
}

export function newJob(key: string, order: Partial<JobOrder> = {}): NewJob {
  return { key, order: orderOf(order), identity: IDENTITY, ledger: LEDGER, source: "a.csv" };
}

export function sampleRecords(count: number, prefix = "N"): SampleRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const number = `${prefix}${String(i).padStart(7, "0")}`;
    return { number, claims: { holderName: `张${String(i)}`, number, score: i } };
  });
}

const kernel = new HashingKernel();

/** Reads a job's records into the store: it is `hashed` then. */
export async function issue(
  store: AgencyStore,
  records: readonly SampleRecord[],
  order: Partial<JobOrder> = {},
): Promise<IssueJob> {
  const job = await store.createJob(newJob(toHex(randomBytes(8)), order));
  const intake = await store.beginReading(job);
  await readIn(intake, job, records);
  return intake.complete({ skipped: 0 });
}

/** All batches of the records. @returns their roots */
export async function readIn(
  intake: CertificateIntake,
  { order }: Pick<IssueJob, "order">,
  records: readonly SampleRecord[],
): Promise<string[]> {
  const roots: string[] = [];
  for (let from = 0; from < records.length; from += order.batchSize) {
    const some = records.slice(from, from + order.batchSize);
    roots.push(await readBatch(intake, order, roots.length, some));
  }
  return roots;
}

async function readBatch(
  intake: CertificateIntake,
  order: JobOrder,
  ordinal: number,
  records: readonly SampleRecord[],
): Promise<string> {
  const chunkRoots: Uint8Array[] = [];
  for (let from = 0; from < records.length; from += CHUNK_LEAVES) {
    const some = records.slice(from, from + CHUNK_LEAVES);
    const chunk = hashedChunk(intake.secrets, { batch: ordinal, firstIndex: from }, some);
    chunkRoots.push(chunk.nodes.slice(-32));
    await intake.addChunk(chunk);
  }
  const top = buildFlatTree(kernel, order.suite, concatBytes(...chunkRoots)).nodes;
  const root = `0x${toHex(top.slice(-32))}`;
  const manifest = manifestFor(order, root, records.length);
  const hash = manifestHash(primitives.keccak256, manifest);
  const counts = { size: records.length, issued: records.length };
  await intake.endBatch({ root, ...counts, top, manifest, manifestHash: hash });
  return root;
}

function manifestFor(order: JobOrder, root: string, size: number): Uint8Array {
  const { agency, type, schemaVersion, suite } = order;
  const { chainId, anchor } = IDENTITY;
  const what = { agency, type, schemaVersion, suite: suiteName(suite) };
  return manifestBytes({ ...what, size, root, chainId, anchor });
}

export function hashedChunk(
  secrets: JobSecrets,
  { batch, firstIndex }: { readonly batch: number; readonly firstIndex: number },
  records: readonly SampleRecord[],
): Parameters<CertificateIntake["addChunk"]>[0] {
  const certificates = flatCertificates(records, firstIndex);
  const leaves = certificateLeaves(kernel, secrets.suite, certificates);
  const { nodes } = buildFlatTree(kernel, secrets.suite, leaves);
  const pages = sealPages(secrets, batch, certificates);
  const digests = records.map(({ number }) => numberDigest(secrets.numberKey, number));
  return { issued: records.length, nodes, pages, numbers: concatBytes(...digests) };
}

export function flatCertificates(
  records: readonly SampleRecord[],
  firstIndex: number,
): ReturnType<FlatWriter["take"]> {
  const names = [...new Set(records.flatMap(({ claims }) => Object.keys(claims)))];
  names.sort(compareClaimNames);
  const writer = new FlatWriter(names);
  for (const { claims, notAfter = null, holder = new Uint8Array(32) } of records) {
    for (const [i, name] of names.entries()) {
      const value = claims[name];
      if (value !== undefined) writer.claim(i, value);
    }
    writer.end({ notBefore: NOT_BEFORE, notAfter }, holder);
  }
  return writer.take(firstIndex, (length) => new Uint8Array(randomBytes(length)));
}
