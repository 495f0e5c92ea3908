/**
 * Pages of certificates, each encrypted under a key of its own. That key is made of the job's page key and of
 * random bytes that are kept for the page alone: whoever destroys either has destroyed it. It is bound to the
 * page's place too, so that no page can stand in for another.
 */
import { hash, randomFillSync } from "node:crypto";
import type { EncryptedPage, JobSecrets } from "../../ports/agency-store.ts";
import { PAGE_CERTIFICATES } from "../../ports/agency-store.ts";
import { concatBytes } from "../../core/encoding/bytes.ts";
import type { FlatCertificates } from "../hashing/flat-certificates.ts";
import { viewOf } from "../hashing/flat-certificates.ts";
import { cipherOf } from "./page-cipher.ts";
import type { PageCipher, Sealing } from "./page-cipher.ts";
import { pageBytes, readPage, writePage } from "./page-format.ts";
import type { PageContent } from "./page-format.ts";

/** What a page is bound to. */
export interface PagePlace {
  /** The batch's place in its job. */
  readonly batch: number;
  /** The index of the page's first certificate in the batch. */
  readonly firstIndex: number;
}

const RANDOM_BYTES = 32;
const PLACE_BYTES = 16;
/** Says what the key is for: 'lzp1'. */
const PURPOSE = 0x6c7a_7031;
const PLACES = Uint8Array.from({ length: PAGE_CERTIFICATES }, (_, i) => i);

/**
 * Encrypts a chunk's certificates, PAGE_CERTIFICATES to a page.
 * @param batch the batch's place in its job, from 0
 */
export function sealPages(
  secrets: JobSecrets,
  batch: number,
  certificates: FlatCertificates,
): EncryptedPage[] {
  const contents: PageContent[] = [];
  for (let from = 0; from < certificates.count; from += PAGE_CERTIFICATES) {
    const page = viewOf(certificates, from, Math.min(from + PAGE_CERTIFICATES, certificates.count));
    contents.push({ places: PLACES.subarray(0, page.count), certificates: page });
  }
  return sealContents(secrets, batch, contents);
}

/** One page again, without a certificate that it had. */
export function sealPage(secrets: JobSecrets, batch: number, content: PageContent): EncryptedPage {
  return sealContents(secrets, batch, [content])[0] as EncryptedPage;
}

function sealContents(
  secrets: JobSecrets,
  batch: number,
  contents: readonly PageContent[],
): EncryptedPage[] {
  const random = randomFillSync(new Uint8Array(contents.length * RANDOM_BYTES));
  const longest = Math.max(0, ...contents.map(({ certificates }) => pageBytes(certificates)));
  const scratch = new ArrayBuffer(longest);
  const cipher = cipherOf(secrets.suite);
  return contents.map((content, i) => {
    const bytes = random.subarray(i * RANDOM_BYTES, (i + 1) * RANDOM_BYTES);
    const { firstIndex } = content.certificates;
    const sealing = sealingOf(secrets, cipher, { batch, firstIndex }, bytes);
    const sealed = cipher.seal(sealing, writePage(content, scratch));
    return { key: concatBytes(bytes, sealed.tag), content: sealed.content };
  });
}

/** @returns null where key or content are not those that were sealed for this place */
export function openPage(
  secrets: JobSecrets,
  place: PagePlace,
  { key, content }: EncryptedPage,
): PageContent | null {
  const cipher = cipherOf(secrets.suite);
  if (key.length !== pageKeyBytes(secrets)) return null;
  const sealing = sealingOf(secrets, cipher, place, key.subarray(0, RANDOM_BYTES));
  const plain = cipher.open(sealing, { content, tag: key.subarray(RANDOM_BYTES) });
  return plain === null ? null : readPage(plain, place.firstIndex);
}

/** The length of a page's `key`: random bytes, then the tag that the content is known by. */
export function pageKeyBytes({ suite }: Pick<JobSecrets, "suite">): number {
  return RANDOM_BYTES + cipherOf(suite).tagBytes;
}

/**
 * All that is hashed has one length, so that nothing can be carried on from it. A key encrypts once and never
 * again: its nonce need not be random.
 */
function sealingOf(
  { suite, pageKey }: JobSecrets,
  { nonceBytes }: PageCipher,
  { batch, firstIndex }: PagePlace,
  random: Uint8Array,
): Sealing {
  const place = new Uint8Array(PLACE_BYTES);
  new Uint32Array(place.buffer).set([PURPOSE, batch, firstIndex]);
  const algorithm = suite === 1 ? "sha256" : "sm3";
  const key = hash(algorithm, concatBytes(pageKey, place, random), "buffer");
  return { key, nonce: new Uint8Array(nonceBytes), place };
}
