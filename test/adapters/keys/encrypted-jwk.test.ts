/** Keys encrypted with a password, beside another implementation of JOSE. */
import { describe, expect, it } from "@jest/globals";
import { CompactEncrypt, compactDecrypt } from "jose";
import {
  decryptJwk,
  encryptJwk,
  isEncryptedJwk,
} from "../../../src/adapters/keys/encrypted-jwk.ts";
import { newSigningKeyJwk } from "../../../src/adapters/store/key-files.ts";
import { newSm2KeyJwk } from "../../../src/adapters/store/document-key-file.ts";
import { PASSWORD, wordsOfRefusal } from "../../support/passwords.ts";

const FILE = "seal.jwe";
const secret = new TextEncoder().encode(PASSWORD);
const jwk = newSigningKeyJwk() as Record<string, unknown>;

async function encryptedByJose(header: object, content: unknown = jwk): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const jwe = new CompactEncrypt(bytes).setProtectedHeader(header as never);
  return jwe.setKeyManagementParameters({ p2c: 1_000 }).encrypt(secret);
}

const OURS = { alg: "PBES2-HS512+A256KW", enc: "A256GCM" };

describe("a key encrypted with a password", () => {
  it.each([
    ["P-256", jwk],
    ["SM2", newSm2KeyJwk()],
  ])("is opened by jose with the same password: %s", async (_kind, key) => {
    const text = await encryptJwk(key, PASSWORD);
    expect(isEncryptedJwk(text)).toBe(true);
    const options = { maxPBES2Count: 1_000_000, keyManagementAlgorithms: [OURS.alg] };
    const { plaintext, protectedHeader } = await compactDecrypt(text, secret, options);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(key);
    expect(protectedHeader).toMatchObject({ ...OURS, cty: "jwk+json", p2c: 210_000 });
    expect(await decryptJwk(FILE, `${text}\n`, PASSWORD)).toEqual(key);
  });

  it("is opened here when jose encrypted it", async () => {
    expect(await decryptJwk(FILE, await encryptedByJose(OURS), PASSWORD)).toEqual(jwk);
  });

  it("is another text each time, and has no digit of the key in it", async () => {
    const [one, other] = [await encryptJwk(jwk, PASSWORD), await encryptJwk(jwk, PASSWORD)];
    expect(one.split(".").filter((part, i) => part === other.split(".")[i])).toEqual([]);
    expect(one).not.toContain(String(jwk["d"]).slice(0, 8));
  });

  it("is KEY_PASSWORD_WRONG for another password, which is in no message", async () => {
    const text = await encryptJwk(jwk, PASSWORD);
    const refused = decryptJwk(FILE, text, `${PASSWORD}!`);
    await expect(refused).rejects.toMatchObject({ code: "KEY_PASSWORD_WRONG", detail: FILE });
    expect(await wordsOfRefusal(refused)).not.toContain(PASSWORD);
  });

  it("is refused when a bit of any part was changed", async () => {
    const parts = (await encryptJwk(jwk, PASSWORD)).split(".");
    for (const [i, part] of parts.entries()) {
      const at = Math.floor(part.length / 2);
      const other = `${part.slice(0, at)}${part[at] === "A" ? "B" : "A"}${part.slice(at + 1)}`;
      const text = parts.with(i, other).join(".");
      await expect(decryptJwk(FILE, text, PASSWORD)).rejects.toMatchObject({
        code: expect.stringMatching(/^KEY_(PASSWORD_WRONG|MALFORMED)$/),
      });
    }
  });

  const header = (members: object): string =>
    Buffer.from(JSON.stringify({ ...OURS, p2s: "AAAA", p2c: 1_000, ...members })).toString(
      "base64url",
    );
  const rest = `.AAAA.${"A".repeat(16)}.AAAA.${"A".repeat(22)}`;
  it.each([
    ["another way to encrypt", header({ enc: "A128CBC-HS256" }) + rest],
    ["a key without a password", header({ alg: "dir" }) + rest],
    ["an extension that must be understood", header({ crit: ["exp"] }) + rest],
    ["rounds that would take the machine for hours", header({ p2c: 1e12 }) + rest],
    ["no rounds", header({ p2c: undefined }) + rest],
    ["no salt", header({ p2s: 7 }) + rest],
    ["a salt that is no base64url", header({ p2s: "A" }) + rest],
    ["a header that is no JSON", `eyJh${rest}`],
    ["an IV cut short", `${header({})}.AAAA.AAAA.AAAA.${"A".repeat(22)}`],
    ["a tag cut short", `${header({})}.AAAA.${"A".repeat(16)}.AAAA.AAAA`],
  ])("is KEY_MALFORMED with %s", async (_what, text) => {
    await expect(decryptJwk(FILE, text, PASSWORD)).rejects.toMatchObject({
      code: "KEY_MALFORMED",
      detail: expect.stringContaining(FILE),
    });
  });
});
