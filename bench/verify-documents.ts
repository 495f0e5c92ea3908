/**
 * Verifies a document as a peer does, in a process of its own, and prints how many it verified in a second of
 * CPU time.
 *
 *     node bench/verify-documents.ts PEER CLAIMS-IN-JSON MILLISECONDS
 */
import { createHash, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { cpuSeconds } from "./compare.ts";
import { peer } from "./peers.ts";

type Check = () => Promise<boolean> | boolean;

interface SignedDocuments {
  wrapDocuments(documents: readonly unknown[]): readonly unknown[];
  verifySignature(document: unknown): boolean;
}

interface SdJwtPackage {
  readonly SDJwtVcInstance: new (config: unknown) => {
    issue(payload: unknown, frame: unknown): Promise<string>;
    verify(token: string): Promise<unknown>;
  };
}

const WARM_UP_MS = 300;
const [name = "", claimsJson = "{}", milliseconds = "0"] = process.argv.slice(2);
const claims = JSON.parse(claimsJson) as Record<string, unknown>;
const check = await (name === "OpenAttestation" ? openAttestation() : sdJwtVc());
await rateOf(check, WARM_UP_MS);
process.stdout.write(JSON.stringify({ rate: await rateOf(check, Number(milliseconds)) }));

/** Its Merkle proof and no more: neither the chain's state nor who issued it. */
async function openAttestation(): Promise<Check> {
  const library = (await peer("@govtechsg/open-attestation", "6.9.7")) as SignedDocuments;
  const issuer = {
    name: "上海市证照样例局",
    documentStore: "0x0000000000000000000000000000000000000001",
    identityProof: { type: "DNS-TXT", location: "example.com" },
  };
  const template = { name: "CERTIFICATE", type: "EMBEDDED_RENDERER", url: "https://example.com" };
  const document = { issuers: [issuer], $template: template, ...claims };
  const [wrapped] = library.wrapDocuments(Array.from({ length: 64 }, () => document));
  return () => library.verifySignature(wrapped);
}

/** All claims disclosed, signed on P-256 with node:crypto. */
async function sdJwtVc(): Promise<Check> {
  const { SDJwtVcInstance } = (await peer("@sd-jwt/sd-jwt-vc", "0.14.1")) as SdJwtPackage;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const dsaEncoding = "ieee-p1363";
  const instance = new SDJwtVcInstance({
    signer: (data: string) => {
      return sign("sha256", Buffer.from(data), { key: privateKey, dsaEncoding }).toString(
        "base64url",
      );
    },
    verifier: (data: string, signature: string) => {
      const key = { key: publicKey, dsaEncoding } as const;
      return verify("sha256", Buffer.from(data), key, Buffer.from(signature, "base64url"));
    },
    hasher: (data: string) => new Uint8Array(createHash("sha256").update(data).digest()),
    saltGenerator: (length: number) => randomBytes(length).toString("base64url"),
    ...{ signAlg: "ES256", hashAlg: "sha-256" },
  });
  const payload = { iss: "https://example.com", iat: 1_767_225_600, vct: "https://example.com/c" };
  const frame = { _sd: Object.keys(claims) };
  const token = await instance.issue({ ...payload, ...claims }, frame);
  return async () => (await instance.verify(token)) !== null;
}

async function rateOf(verifyOne: Check, duration: number): Promise<number> {
  const end = performance.now() + duration;
  const before = process.cpuUsage();
  let count = 0;
  while (performance.now() < end) {
    if (!(await verifyOne())) throw new Error(`${name} refused its own document`);
    count++;
  }
  return count / cpuSeconds(before);
}
