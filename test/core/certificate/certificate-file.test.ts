import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import {
  MAX_CERTIFICATE_CHARACTERS,
  certificateFromJson,
  certificateToJson,
  isBearer,
  parseCertificateText,
} from "../../../src/core/certificate/certificate-file.ts";
import { FormatError } from "../../../src/core/encoding/format-error.ts";
import { certificateAt, issueBatch } from "../../support/certificate-batch.ts";
import type { CertificateJson } from "../../support/present.ts";
import { jsonOf } from "../../support/present.ts";
import { holder } from "../../support/usual-case.ts";
import { cpuTimeOf } from "../../support/cpu-time.ts";

const primitives = await loadPrimitives();
const batch = issueBatch(primitives, { holders: [holder.publicKey], notAfter: null });
const [keyed, bearer] = [certificateAt(batch, 0), certificateAt(batch, 1)];

/** The fault found in a file altered by the test. */
function faultOf(change: (file: CertificateJson) => unknown): FormatError {
  const file = jsonOf(keyed);
  change(file);
  try {
    certificateFromJson(file);
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error("no fault was found");
}

const firstClaim = (file: CertificateJson) => file.claims[0] as CertificateJson["claims"][number];

describe("a certificate file", () => {
  it.each([
    ["with a holder's key and no end", keyed],
    ["of a bearer, with an end", certificateAt(issueBatch(primitives), 2)],
    ["hashed with SM3", certificateAt(issueBatch(primitives, { suite: 2 }), 2)],
    ["of a batch of one", certificateAt(issueBatch(primitives, { size: 1 }), 0)],
  ])("is read as it was written: %s", (_, certificate) => {
    const text = JSON.stringify(certificateToJson(certificate));
    expect(parseCertificateText(text)).toEqual(certificate);
    expect(JSON.stringify(certificateToJson(parseCertificateText(text)))).toBe(text);
  });

  it("says null for a bearer's holder and for no end", () => {
    expect(jsonOf(bearer)).toMatchObject({ holder: null, notAfter: null, suite: "keccak256" });
    expect(isBearer(bearer.holder)).toBe(true);
    expect(isBearer(keyed.holder)).toBe(false);
  });

  it.each<[string, string, (file: CertificateJson) => unknown]>([
    ["an unknown member", "certificate", (file) => (file["children"] = [])],
    [
      "a member named __proto__",
      "certificate",
      (file) => Object.defineProperty(file, "__proto__", { value: 1, enumerable: true }),
    ],
    ["an unknown member of the batch", "batch", (file) => (file.batch["txHash"] = "0x")],
    [
      "an unknown member of a claim",
      "claims[0]",
      (file) => Object.assign(firstClaim(file), { display: 1 }),
    ],
    ["a suite that is no text", "suite", (file) => (file["suite"] = 1)],
    ["a type that is too short", "type", (file) => (file["type"] = "123")],
    ["a type that is a list", "type", (file) => (file["type"] = [file["type"]])],
    ["a version of zero", "schemaVersion", (file) => (file["schemaVersion"] = 0)],
    ["a version past 65535", "schemaVersion", (file) => (file["schemaVersion"] = 65536)],
    ["half a version", "schemaVersion", (file) => (file["schemaVersion"] = 1.5)],
    ["a version as text", "schemaVersion", (file) => (file["schemaVersion"] = "1")],
    ["an agency in small letters", "agency", (file) => (file["agency"] = "x".repeat(18))],
    ["a region of five digits", "region", (file) => (file["region"] = "46020")],
    [
      "a day that is not there",
      "notBefore",
      (file) => (file["notBefore"] = "2026-02-30T00:00:00Z"),
    ],
    [
      "a month that is not there",
      "notBefore",
      (file) => (file["notBefore"] = "2026-13-01T00:00:00Z"),
    ],
    ["an hour 24", "notBefore", (file) => (file["notBefore"] = "2026-01-01T24:00:00Z")],
    ["a time before 1970", "notBefore", (file) => (file["notBefore"] = "1969-12-31T23:59:59Z")],
    [
      "a time with an offset",
      "notBefore",
      (file) => (file["notBefore"] = "2026-01-01T00:00:00+08:00"),
    ],
    [
      "a time with fractions",
      "notBefore",
      (file) => (file["notBefore"] = "2026-01-01T00:00:00.5Z"),
    ],
    ["a beginning of null", "notBefore", (file) => (file["notBefore"] = null)],
    ["an end as a number", "notAfter", (file) => (file["notAfter"] = 1)],
    ["an end left out", "notAfter", (file) => delete file["notAfter"]],
    ["a holder of 31 bytes", "holder", (file) => (file["holder"] = `0x${"0".repeat(62)}`)],
    ["a holder in capitals", "holder", (file) => (file["holder"] = `0x${"A".repeat(64)}`)],
    ["no claims", "claims", (file) => (file.claims = [])],
    [
      "257 claims",
      "claims",
      (file) => (file.claims = Array.from({ length: 257 }, () => firstClaim(file))),
    ],
    ["claims that are no list", "claims", (file) => Object.assign(file, { claims: { length: 1 } })],
    ["a claim that is null", "claims[0]", (file) => Object.assign(file, { claims: [null] })],
    ["a claim that is a list", "claims[0]", (file) => Object.assign(file, { claims: [[]] })],
    ["claims out of order", "claims[1].name", (file) => file.claims.reverse()],
    ["a claim's name that is a number", "claims[0].name", (file) => (firstClaim(file).name = 1)],
    ["a claim's name not in NFC", "claims[0].name", (file) => (firstClaim(file).name = "e\u0301")],
    [
      "a claim's value that is half a number",
      "claims[0].value",
      (file) => (firstClaim(file).value = 0.5),
    ],
    ["a salt of 15 bytes", "claims[0].salt", (file) => (firstClaim(file).salt = "A".repeat(20))],
    ["a salt that is not base64url", "claims[0].salt", (file) => (firstClaim(file).salt = "=")],
    ["no salt", "claims[0].salt", (file) => (firstClaim(file).salt = null)],
    ["no batch", "batch", (file) => Object.assign(file, { batch: undefined })],
    ["a chain's number of zero", "batch.chainId", (file) => (file.batch["chainId"] = 0)],
    [
      "an anchor in mixed case",
      "batch.anchor",
      (file) => (file.batch["anchor"] = `0x${"aB".repeat(20)}`),
    ],
    ["a root without 0x", "batch.root", (file) => (file.batch["root"] = "00".repeat(32))],
    ["a batch of none", "batch.size", (file) => (file.batch["size"] = 0)],
    ["a batch past 2^32", "batch.size", (file) => (file.batch["size"] = 2 ** 32 + 1)],
    ["a number below zero", "batch.index", (file) => (file.batch["index"] = -1)],
    ["a number of 2^32", "batch.index", (file) => (file.batch["index"] = 2 ** 32)],
    [
      "a path of 33 hashes",
      "batch.path",
      (file) => (file.batch.path = Array<string>(33).fill(`0x${"00".repeat(32)}`)),
    ],
    ["a path with half a hash", "batch.path[0]", (file) => (file.batch.path[0] = "0x00")],
  ])("is MALFORMED with %s, and names %s", (_, where, change) => {
    expect(faultOf(change)).toMatchObject({ code: "MALFORMED", where });
  });

  it.each<[string, (file: CertificateJson) => unknown]>([
    ["another format", (file) => (file["format"] = "liangzheng/2")],
    ["no format", (file) => delete file["format"]],
    ["another hash suite", (file) => (file["suite"] = "sha3")],
  ])("is of an UNSUPPORTED_VERSION with %s", (_, change) => {
    expect(faultOf(change).code).toBe("UNSUPPORTED_VERSION");
  });

  it.each([null, undefined, 1, "text", [], true])("is not %p", (json) => {
    expect(() => certificateFromJson(json)).toThrow("a JSON object expected");
  });

  it("is not a text cut short, with a byte order mark, or with something after it", () => {
    const text = JSON.stringify(certificateToJson(keyed));
    for (const damaged of [text.slice(0, -1), `\uFEFF${text}`, `${text}x`, ""]) {
      expect(() => parseCertificateText(damaged)).toThrow(
        expect.objectContaining({ code: "MALFORMED" }),
      );
    }
  });

  it("is TOO_LARGE with 1,048,577 characters, before anybody reads it", () => {
    const fill = (length: number): string =>
      JSON.stringify(certificateToJson(keyed)).padEnd(length);
    expect(parseCertificateText(fill(MAX_CERTIFICATE_CHARACTERS))).toEqual(keyed);
    expect(MAX_CERTIFICATE_CHARACTERS).toBe(1_048_576);
    expect(() => parseCertificateText(fill(1_048_577))).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
    expect(() => parseCertificateText("[".repeat(1_048_577))).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
  });

  it("is refused at once where it nests a million deep", async () => {
    const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    const text = JSON.stringify({
      ...jsonOf(keyed),
      claims: [{ name: "a", value: 0, salt: "AAAAAAAAAAAAAAAAAAAAAA" }],
    });
    const milliseconds = await cpuTimeOf(() => {
      for (const one of [deep, text.replace('"value":0', `"value":${deep}`)]) {
        expect(() => parseCertificateText(one)).toThrow(FormatError);
      }
    });
    expect(milliseconds).toBeLessThan(1_000);
  });
});
