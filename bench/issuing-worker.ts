/** A thread of issuing.ts: from lines of a table to a batch's tree and its encrypted pages. */
import { createCipheriv, randomFillSync } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import { workerData } from "node:worker_threads";
import { certificateLeaves } from "../src/adapters/hashing/certificate-leaves.ts";
import { viewOf } from "../src/adapters/hashing/flat-certificates.ts";
import type { FlatCertificates } from "../src/adapters/hashing/flat-certificates.ts";
import { buildFlatTree } from "../src/adapters/hashing/flat-tree.ts";
import { FlatWriter } from "../src/adapters/hashing/flat-writer.ts";
import { HashingKernel } from "../src/adapters/hashing/hashing-kernel.ts";
import { serveTasks } from "../src/adapters/hashing/worker-task.ts";
import { CsvRows } from "../src/adapters/sources/csv-rows.ts";
import type { CertificateType } from "../src/core/catalogue/certificate-type.ts";
import { compileRecordValidator } from "../src/core/catalogue/validate-record.ts";
import type { ValidatedRecord } from "../src/core/catalogue/validated-record.ts";
import { compareClaimNames } from "../src/core/certificate/claim.ts";
import type { Stages } from "./stages.ts";
import { StageClock } from "./stages.ts";

export interface IssuingOrder {
  readonly type: CertificateType;
  readonly today: string;
}

/** What the store keeps of a batch. */
export interface IssuedBatch {
  readonly size: number;
  readonly numbers: readonly string[];
  readonly nodes: Uint8Array;
  /** Encrypted, some tens of certificates each, in one buffer. */
  readonly pages: readonly Uint8Array[];
  readonly stages: Stages;
}

/** Certificates that are encrypted with one key. */
const PAGE = 64;
const SLICE_BYTES = 65_536;
const BEARER = new Uint8Array(32);
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

const { type, today } = workerData as IssuingOrder;
const columns = Object.keys(type.schema.properties);
const names = columns.toSorted(compareClaimNames);
const validate = compileRecordValidator(type);
const writer = new FlatWriter(names);
const decoder = new StringDecoder("utf8");
const kernel = new HashingKernel();

serveTasks<IssuedBatch>((task) => {
  const clock = new StageClock();
  const numbers = writeRecords(task as Uint8Array, clock);
  const certificates = writer.take(0, randomBytes);
  clock.lap("salts");
  const leaves = certificateLeaves(kernel, 1, certificates);
  clock.lap("claim and certificate leaves");
  const { nodes } = buildFlatTree(kernel, 1, leaves);
  clock.lap("batch tree");
  const pages = pagesOf(certificates);
  clock.lap("pages, encrypted");
  const answer = { size: certificates.count, numbers, nodes, pages, stages: clock.stages };
  const buffers = [nodes, ...pages].map(({ buffer }) => buffer as ArrayBuffer);
  return { answer, transfer: buffers };
});

function randomBytes(length: number): Uint8Array {
  return randomFillSync(new Uint8Array(length));
}

/** Some hundred lines at a time, so that what is made of them is soon forgotten. @returns the numbers */
function writeRecords(lines: Uint8Array, clock: StageClock): string[] {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.length);
  const parser = new CsvRows(",");
  const numbers: string[] = [];
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
    const text = decoder.write(bytes.subarray(from, from + SLICE_BYTES));
    clock.lap("decoding");
    const isLast = from + SLICE_BYTES >= bytes.length;
    const rows = isLast ? [...parser.push(text), ...parser.end()] : parser.push(text);
    clock.lap("CSV");
    const checked = rows.map(({ cells }) => check(cells));
    clock.lap("checking");
    for (const record of checked) numbers.push(write(record));
    clock.lap("flat buffers");
  }
  return numbers;
}

function check(cells: readonly string[]): ValidatedRecord {
  const record: Record<string, unknown> = {};
  for (let i = 0; i < columns.length; i++) record[columns[i] as string] = cells[i];
  return validate(record, { today, mode: "strict" });
}

/** @returns the certificate's number */
function write({ claims, validity, faults }: ValidatedRecord): string {
  if (validity === null || faults.length > 0) throw new Error("a synthetic record is at fault");
  for (let i = 0; i < names.length; i++) {
    const value = claims[names[i] as string];
    if (value !== undefined) writer.claim(i, value);
  }
  writer.end(validity, BEARER);
  return claims[type.numberClaim] as string;
}

function pagesOf(certificates: FlatCertificates): Uint8Array[] {
  const pages: Uint8Array[] = [];
  for (let from = 0; from < certificates.count; from += PAGE) {
    const page = viewOf(certificates, from, Math.min(from + PAGE, certificates.count));
    pages.push(encrypted(plainPage(page)));
  }
  return pages;
}

/** All that is needed to show a certificate of the page but the names, which the batch has once. */
function plainPage({ claimStarts, nameNumbers, salts, values, ...page }: FlatCertificates): Buffer {
  const views = [claimStarts, nameNumbers, salts, values.ends, values.bytes, page.validities];
  return Buffer.concat(
    views.map(({ buffer, byteOffset, byteLength }) => {
      return new Uint8Array(buffer, byteOffset, byteLength);
    }),
  );
}

/** Nonce, ciphertext and tag. The key would be kept elsewhere, so that it can be destroyed. */
function encrypted(plain: Uint8Array): Uint8Array {
  const secret = randomBytes(KEY_BYTES + NONCE_BYTES);
  const nonce = secret.subarray(KEY_BYTES);
  const cipher = createCipheriv("aes-256-gcm", secret.subarray(0, KEY_BYTES), nonce);
  const parts = [nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  const page = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    page.set(part, at);
    at += part.length;
  }
  return page;
}
