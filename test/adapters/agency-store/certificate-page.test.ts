import { createCipheriv, createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { openPage, sealPages } from "../../../src/adapters/agency-store/certificate-page.ts";
import { numberDigest } from "../../../src/adapters/agency-store/number-digest.ts";
import { cipherOf } from "../../../src/adapters/agency-store/page-cipher.ts";
import { readPage } from "../../../src/adapters/agency-store/page-format.ts";
import { certificateAt } from "../../../src/adapters/agency-store/stored-certificate.ts";
import { compareClaimNames } from "../../../src/core/certificate/claim.ts";
import { concatBytes, fromHex, toHex } from "../../../src/core/encoding/bytes.ts";
import type { ClaimValue } from "../../../src/core/encoding/cbor.ts";
import { primitives } from "../../../src/main/system.ts";
import type { EncryptedPage, JobSecrets } from "../../../src/ports/agency-store.ts";
import type { SampleRecord } from "../../support/store-issuing.ts";
import { NOT_BEFORE, flatCertificates, sampleRecords } from "../../support/store-issuing.ts";

const SUITES = [1, 2] as const;

function secretsOf(suite: 1 | 2): JobSecrets {
  return { suite, pageKey: new Uint8Array(32).fill(1), numberKey: new Uint8Array(32).fill(2) };
}

const hex = (text: string): Uint8Array => fromHex(text.replaceAll(" ", "")) as Uint8Array;

describe("the ciphers of pages", () => {
  it("has SM4 as GB/T 32907-2016 gives it, appendix A.1", () => {
    const key = hex("0123456789abcdeffedcba9876543210");
    const cipher = createCipheriv("sm4-ecb", key, null).setAutoPadding(false);
    expect(toHex(cipher.update(key))).toBe("681edf34d206965e86b3e94f536e4246");
  });

  it("encrypts with SM4 in counter mode: the vector of draft-ribose-cfrg-sm4, A.2.5", () => {
    const key = hex("0123456789abcdeffedcba9876543210 00000000000000000000000000000000");
    const nonce = hex("000102030405060708090a0b0c0d0e0f");
    const plain = hex(
      "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd" +
        "eeeeeeeeeeeeeeeeffffffffffffffffaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb",
    );
    const { content } = cipherOf(2).seal({ key, nonce, place: new Uint8Array(16) }, plain);
    expect(toHex(content)).toBe(
      "ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7" +
        "f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514",
    );
  });

  it("has SM3 as GB/T 32905-2016 gives it, and HMAC-SM3 made of it as RFC 2104 says", () => {
    expect(toHex(primitives.sm3(new TextEncoder().encode("abc")))).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
    const key = new Uint8Array(16).fill(9);
    const padded = (byte: number): Uint8Array =>
      Uint8Array.from({ length: 64 }, (_, i) => (key[i] ?? 0) ^ byte);
    const message = new TextEncoder().encode("a message");
    const inner = primitives.sm3(concatBytes(padded(0x36), message));
    const outer = primitives.sm3(concatBytes(padded(0x5c), inner));
    expect(toHex(createHmac("sm3", key).update(message).digest())).toBe(toHex(outer));
  });

  it("seals with AES-256-GCM: test case 16 of McGrew and Viega", () => {
    const sealing = {
      key: hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
      nonce: hex("cafebabefacedbaddecaf888"),
      place: hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
    };
    const plain = hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    );
    const { content, tag } = cipherOf(1).seal(sealing, plain);
    expect(toHex(content).slice(0, 32)).toBe("522dc1f099567d07f47f37a32a84427d");
    expect(toHex(tag)).toBe("76fc6ece0f4e1768cddf8853bb2d551b");
    expect(toHex(cipherOf(1).open(sealing, { content, tag }) as Uint8Array)).toBe(toHex(plain));
  });
});

describe.each(SUITES)("pages of certificates in suite %i", (suite) => {
  const secrets = secretsOf(suite);

  it("holds 64 certificates, the last page the rest", () => {
    const pages = sealPages(secrets, 0, flatCertificates(sampleRecords(130), 4096));
    expect(pages).toHaveLength(3);
    const counts = pages.map((page, i) => opened(page, 0, 4096 + 64 * i)?.certificates.count);
    expect(counts).toEqual([64, 64, 2]);
  });

  it("opens in its own place alone", () => {
    const [page] = sealPages(secrets, 3, flatCertificates(sampleRecords(5), 64));
    const one = page as EncryptedPage;
    expect(opened(one, 3, 64)?.places).toEqual(Uint8Array.of(0, 1, 2, 3, 4));
    expect(opened(one, 4, 64)).toBeNull();
    expect(opened(one, 3, 128)).toBeNull();
    const other = { ...secrets, pageKey: new Uint8Array(32) };
    expect(openPage(other, { batch: 3, firstIndex: 64 }, one)).toBeNull();
  });

  it("does not open when any byte was changed, or some are missing", () => {
    const [page] = sealPages(secrets, 0, flatCertificates(sampleRecords(1), 0));
    const { key, content } = page as EncryptedPage;
    const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
      bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
    for (let at = 0; at < key.length; at++) {
      expect(opened({ key: flipped(key, at), content }, 0, 0)).toBeNull();
    }
    for (let at = 0; at < content.length; at++) {
      expect(opened({ key, content: flipped(content, at) }, 0, 0)).toBeNull();
    }
    expect(opened({ key: key.subarray(1), content }, 0, 0)).toBeNull();
    expect(opened({ key, content: content.subarray(1) }, 0, 0)).toBeNull();
    expect(opened({ key, content: new Uint8Array() }, 0, 0)).toBeNull();
  });

  it("never encrypts alike twice", () => {
    const certificates = flatCertificates(sampleRecords(1), 0);
    const [first] = sealPages(secrets, 0, certificates);
    const [second] = sealPages(secrets, 0, certificates);
    expect(first?.content).not.toEqual(second?.content);
  });

  it("gives back any claims as they were put in", () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 70 }), (records) => {
        const flat = flatCertificates(records, 0);
        const pages = sealPages(secrets, 0, flat);
        const given = pages.flatMap((page, i) => {
          const content = opened(page, 0, 64 * i);
          const { certificates, places } = content as NonNullable<typeof content>;
          return Array.from(places, (place, at) => certificateAt(certificates, at, 64 * i + place));
        });
        expect(given.map(({ index }) => index)).toEqual([...records.keys()]);
        expect(given.map(contentOf)).toEqual(records.map(expectedOf));
      }),
      { numRuns: 40 },
    );
  });

  it("holds a value longer than 65,535 bytes", () => {
    const long = "长".repeat(30_000);
    const records = [{ number: "1", claims: { number: "1", text: long } }, ...sampleRecords(2)];
    const [page] = sealPages(secrets, 0, flatCertificates(records, 0));
    const content = opened(page as EncryptedPage, 0, 0);
    const certificate = certificateAt((content as NonNullable<typeof content>).certificates, 0, 0);
    expect(certificate.claims[1]?.value).toBe(long);
  });

  function opened(
    page: EncryptedPage,
    batch: number,
    firstIndex: number,
  ): ReturnType<typeof openPage> {
    return openPage(secrets, { batch, firstIndex }, page);
  }
});

describe("what is in a page", () => {
  it("is read only where it is a page of this version, of its length", () => {
    expect(readPage(new Uint8Array(3), 0)).toBeNull();
    expect(readPage(new Uint8Array(24), 0)).toBeNull();
    const empty = new Uint8Array(24);
    empty[0] = 1;
    expect(readPage(empty, 0)?.certificates.count).toBe(0);
    expect(readPage(concatBytes(empty, empty), 0)).toBeNull();
  });
});

describe("the digest of a number", () => {
  it("is keyed, and half of keccak256 over the key and the number", () => {
    const key = new Uint8Array(32).fill(3);
    const message = concatBytes(key, new TextEncoder().encode("沪A12345"));
    const digest = numberDigest(key, "沪A12345");
    expect(digest).toEqual(primitives.keccak256(message).slice(0, 16));
    expect(numberDigest(new Uint8Array(32), "沪A12345")).not.toEqual(digest);
  });
});

const text = fc.string({ maxLength: 20 }).map((some) => some.normalize("NFC"));
const anyValue: fc.Arbitrary<ClaimValue> = fc.oneof(
  text,
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("甲", "b"), fc.maxSafeInteger(), { noNullPrototype: true }),
);
const anyRecord = fc.record({
  number: fc.constant(""),
  claims: fc.dictionary(fc.constantFrom("number", "姓名", "a", "z9"), anyValue, {
    minKeys: 1,
    noNullPrototype: true,
  }),
  notAfter: fc.option(fc.integer({ min: NOT_BEFORE })),
  holder: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

function contentOf({
  claims,
  notAfter,
  holder,
}: ReturnType<typeof certificateAt>): Record<string, unknown> {
  const values = claims.map(({ name, value }) => [name, value]);
  return { values, notAfter, holder: toHex(holder) };
}

function expectedOf({ claims, notAfter, holder }: SampleRecord): Record<string, unknown> {
  const values = Object.entries(claims).sort(([a], [b]) => compareClaimNames(a, b));
  return { values, notAfter, holder: toHex(holder as Uint8Array) };
}
