/** An agency's store in memory as far as issuing fills it, and the issuing threads' work without threads. */
import { openPage } from "../../src/adapters/agency-store/certificate-page.ts";
import { certificateAt } from "../../src/adapters/agency-store/stored-certificate.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { SuiteId } from "../../src/core/hashing.ts";
import { compileRecordValidator } from "../../src/core/catalogue/validate-record.ts";
import { IssuingWork } from "../../src/main/issuing/issuing-work.ts";
import type { IssuedCertificate, IssuedPlace } from "../../src/ports/issued.ts";
import type {
  CertificateIntake,
  EndedBatch,
  HashedChunk,
  IssueJob,
  IssuedNumbers,
  JobSecrets,
} from "../../src/ports/agency-store.ts";
import { CHUNK_LEAVES, NUMBER_DIGEST_BYTES } from "../../src/ports/agency-store.ts";
import type { IssuingWorkers, WorkerOrder } from "../../src/ports/issuing-workers.ts";
import { seededBytes } from "./seeded.ts";

export interface KeptBatch extends EndedBatch {
  readonly chunks: readonly HashedChunk[];
}

export class IntakeInMemory implements CertificateIntake {
  readonly secrets: JobSecrets;
  readonly batches: KeptBatch[] = [];
  readonly replaced: IssuedPlace[] = [];
  /** Null until it is complete. */
  skipped: number | null = null;
  isDiscarded = false;
  /** Of the batch that has not ended yet. */
  chunks: HashedChunk[] = [];

  constructor(suite: SuiteId) {
    this.secrets = {
      suite,
      pageKey: seededBytes("page key", 32),
      numberKey: seededBytes("number key", 32),
    };
  }

  async addChunk(chunk: HashedChunk): Promise<void> {
    this.chunks.push(chunk);
  }

  async endBatch(batch: EndedBatch): Promise<void> {
    this.batches.push({ ...batch, chunks: this.chunks });
    this.chunks = [];
  }

  async addReplacements(replaced: readonly IssuedPlace[]): Promise<void> {
    this.replaced.push(...replaced);
  }

  async complete({ skipped }: { readonly skipped: number }): Promise<IssueJob> {
    this.skipped = skipped;
    return { id: "J-1", state: "hashed" } as IssueJob;
  }

  async discard(): Promise<void> {
    this.isDiscarded = true;
  }

  /** All certificates of a batch, out of their encrypted pages. */
  certificates(ordinal: number): IssuedCertificate[] {
    const { chunks } = this.batches[ordinal] as KeptBatch;
    return chunks.flatMap(({ pages }, chunk) => {
      return pages.flatMap((page, i) => {
        const firstIndex = chunk * CHUNK_LEAVES + i * 64;
        const content = openPage(this.secrets, { batch: ordinal, firstIndex }, page);
        if (content === null) throw new Error("a page that can't be opened");
        const { certificates, places } = content;
        return Array.from(places, (place, at) => {
          return certificateAt(certificates, at, firstIndex + place);
        });
      });
    });
  }

  /** As the store would find them in this job. */
  numbers(): Pick<IssuedNumbers, "hasAny" | "find" | "key"> {
    const places = new Map<string, IssuedPlace>();
    for (const { root, chunks } of this.batches) {
      chunks.forEach(({ numbers }, chunk) => {
        digestsIn(numbers).forEach((digest, i) => {
          places.set(digest, { root, index: chunk * CHUNK_LEAVES + i });
        });
      });
    }
    return {
      key: this.secrets.numberKey,
      hasAny: async () => places.size > 0,
      find: async (digests) => digestsIn(digests).map((digest) => places.get(digest) ?? null),
    };
  }
}

export function digestsIn(digests: Uint8Array): string[] {
  return Array.from({ length: digests.length / NUMBER_DIGEST_BYTES }, (_, i) => {
    return toHex(digests.subarray(i * NUMBER_DIGEST_BYTES, (i + 1) * NUMBER_DIGEST_BYTES));
  });
}

/** The threads' work done here, with everything that crosses to them copied as it would be. */
export function workersInProcess(order: WorkerOrder): IssuingWorkers {
  const work = new IssuingWork(structuredClone(order), compileRecordValidator);
  return {
    threads: 2,
    check: async (block) => structuredClone(work.check(structuredClone(block))),
    hash: async (chunk) => structuredClone(work.hash(structuredClone(chunk))),
    close: () => Promise.resolve(),
  };
}
