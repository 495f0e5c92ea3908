/** The key of the agency's store: a file, encrypted or not, and a key service that keeps it. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { storeKeyWrapping } from "../../../src/adapters/keys/store-key.ts";
import type { StoreKeyOrder } from "../../../src/adapters/keys/store-key.ts";
import { newSigningKeyJwk } from "../../../src/adapters/store/key-files.ts";
import { encryptJwk } from "../../../src/adapters/keys/encrypted-jwk.ts";
import type { KeyWrapping } from "../../../src/ports/keys.ts";
import { endless, startJsonService } from "../../support/json-service.ts";
import type { Answer } from "../../support/json-service.ts";
import { TOKEN, startKeyService } from "../../support/key-service.ts";
import type { KeyService } from "../../support/key-service.ts";
import { NOWHERE } from "../../support/odd-servers.ts";
import { PASSWORD, nobody, typing } from "../../support/passwords.ts";
import { seededBytes } from "../../support/seeded.ts";
import { makeCertificates } from "../../support/tls.ts";
import type { TestCertificates } from "../../support/tls.ts";

const root = mkdtempSync(join(tmpdir(), "lz-store-key-"));
const DATA_KEY = seededBytes("a job's key", 32);
let service: KeyService;
let tls: TestCertificates;
beforeAll(async () => {
  service = await startKeyService();
  tls = makeCertificates(root);
});
afterAll(async () => {
  await service.close();
  rmSync(root, { recursive: true });
});

let count = 0;
const newFolder = (): string => join(root, String(++count));
function order(folder: string, change: Partial<StoreKeyOrder> = {}): StoreKeyOrder {
  return {
    ...{ folder, where: null, hasStore: false, isNewEncrypted: false, passwords: nobody },
    ...change,
  };
}

function fileOf(content: unknown): string {
  const file = join(root, `${String(++count)}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

async function keepsItsWord(key: KeyWrapping): Promise<void> {
  const wrapped = await key.wrap(DATA_KEY);
  expect(Buffer.from(wrapped).includes(Buffer.from(DATA_KEY))).toBe(false);
  expect(await key.unwrap(wrapped)).toEqual(DATA_KEY);
}

describe("the store's key in a file", () => {
  it("is made once, for its owner alone, and is the same afterwards", async () => {
    const folder = newFolder();
    const made = await storeKeyWrapping(order(folder));
    await keepsItsWord(made);
    expect(statSync(join(folder, "store.key")).mode & 0o777).toBe(0o600);
    const again = await storeKeyWrapping(order(folder, { hasStore: true, where: "file" }));
    expect(again.id).toBe(made.id);
    expect(await again.unwrap(await made.wrap(DATA_KEY))).toEqual(DATA_KEY);
  });

  it("is the same for two that make it at the same moment", async () => {
    const folder = newFolder();
    const both = [storeKeyWrapping(order(folder)), storeKeyWrapping(order(folder))];
    const [one, other] = await Promise.all(both);
    expect(one?.id).toBe(other?.id);
  });

  it("has a name that gives nothing of it away, and another key another", async () => {
    const [folder, other] = [newFolder(), newFolder()];
    const { id } = await storeKeyWrapping(order(folder));
    const key = readFileSync(join(folder, "store.key"), "utf8").trim();
    expect(id).toMatch(/^file:[0-9a-f]{16}$/);
    expect(key).not.toContain(id.slice(5));
    expect((await storeKeyWrapping(order(other))).id).not.toBe(id);
  });

  it("is never made anew for a store that is there already: KEY_NOT_FOUND", async () => {
    const folder = newFolder();
    await expect(storeKeyWrapping(order(folder, { hasStore: true }))).rejects.toMatchObject({
      code: "KEY_NOT_FOUND",
      detail: expect.stringContaining(join(folder, "store.key")),
    });
    expect(() => statSync(folder)).toThrow();
  });

  it("may lie elsewhere", async () => {
    const where = join(newFolder(), "vault", "agency.key");
    const { id } = await storeKeyWrapping(order(newFolder(), { where }));
    expect((await storeKeyWrapping(order(newFolder(), { where }))).id).toBe(id);
  });

  it("opens nothing that was wrapped with another, or changed: STORE_KEY_WRONG", async () => {
    const [one, other] = [
      await storeKeyWrapping(order(newFolder())),
      await storeKeyWrapping(order(newFolder())),
    ];
    const wrong = { code: "STORE_KEY_WRONG" };
    const wrapped = await one.wrap(DATA_KEY);
    await expect(other.unwrap(wrapped)).rejects.toMatchObject(wrong);
    for (const at of [0, 12, wrapped.length - 1]) {
      const changed = wrapped.with(at, (wrapped[at] as number) ^ 1);
      await expect(one.unwrap(changed)).rejects.toMatchObject(wrong);
    }
    await expect(one.unwrap(new Uint8Array(5))).rejects.toMatchObject(wrong);
  });

  it("is encrypted from the beginning where that is wanted, and opens with its password alone", async () => {
    const folder = newFolder();
    const encrypted = { isNewEncrypted: true, passwords: typing(PASSWORD) };
    const made = await storeKeyWrapping(order(folder, encrypted));
    expect(readFileSync(join(folder, "store.key"), "utf8")).toMatch(/^eyJ/);
    const again = await storeKeyWrapping(order(folder, { passwords: typing(PASSWORD) }));
    expect(await again.unwrap(await made.wrap(DATA_KEY))).toEqual(DATA_KEY);
    const wrong = storeKeyWrapping(order(folder, { passwords: typing("another password") }));
    await expect(wrong).rejects.toMatchObject({ code: "KEY_PASSWORD_WRONG" });
  });

  it.each([
    ["an account's key", `0x${"5e".repeat(32)}`],
    ["half a key", "5e".repeat(16)],
    ["a signer's description", { kind: "remote" }],
    ["an object without a kind", {}],
  ])("is KEY_MALFORMED for %s, and never in the message", async (_what, content) => {
    const refused = storeKeyWrapping(order(newFolder(), { where: fileOf(content) }));
    await expect(refused).rejects.toMatchObject({
      code: "KEY_MALFORMED",
      detail: expect.not.stringContaining("5e5e"),
    });
  });

  it("is KEY_MALFORMED for an encrypted key of another kind", async () => {
    const where = fileOf(await encryptJwk(newSigningKeyJwk(), PASSWORD));
    const refused = storeKeyWrapping(order(newFolder(), { where, passwords: typing(PASSWORD) }));
    await expect(refused).rejects.toMatchObject({ code: "KEY_MALFORMED" });
  });
});

const KEY = "/v1/transit/keys/liangzheng";
async function serviceKey(url: string, more: object = {}, token = TOKEN): Promise<KeyWrapping> {
  const description = { kind: "transit", url: `${url}${KEY}`, tokenFile: fileOf(token), ...more };
  return storeKeyWrapping(order(newFolder(), { where: fileOf(description) }));
}

describe("the store's key in a key service (Transit)", () => {
  it("wraps there, and the key is never seen here", async () => {
    const key = await serviceKey(service.url, { namespace: "shanghai" });
    await keepsItsWord(key);
    expect(key.id).toBe("transit:transit/liangzheng");
    const { headers, path } = service.asked.at(-1) ?? {};
    expect(path).toBe("/v1/transit/decrypt/liangzheng");
    expect(headers).toMatchObject({ "x-vault-token": TOKEN, "x-vault-namespace": "shanghai" });
  });

  it("is named by its address alone, with the token beside the other keys", async () => {
    const folder = newFolder();
    const where = `${service.url}${KEY}`;
    await expect(
      (await storeKeyWrapping(order(folder, { where }))).wrap(DATA_KEY),
    ).rejects.toMatchObject({
      code: "KEY_NOT_FOUND",
      detail: join(folder, "store-key.token"),
    });
    const named = await storeKeyWrapping(order(root, { where }));
    writeFileSync(join(root, "store-key.token"), `${TOKEN}\n`);
    await keepsItsWord(named);
  });

  it("opens what an older version of the key wrapped", async () => {
    const key = await serviceKey(service.url);
    const wrapped = await key.wrap(DATA_KEY);
    service.rotate();
    expect(await key.unwrap(wrapped)).toEqual(DATA_KEY);
    expect(await key.wrap(DATA_KEY)).not.toEqual(wrapped);
  });

  it("opens nothing else that the service encrypted, by its purpose: KEY_SERVICE_REFUSED", async () => {
    const foreign = await fetch(`${service.url}/v1/transit/encrypt/liangzheng`, {
      method: "POST",
      headers: { "x-vault-token": TOKEN },
      body: JSON.stringify({ plaintext: Buffer.from(DATA_KEY).toString("base64") }),
    });
    const { data } = (await foreign.json()) as { data: { ciphertext: string } };
    const key = await serviceKey(service.url);
    const unwrapping = key.unwrap(new TextEncoder().encode(data.ciphertext));
    await expect(unwrapping).rejects.toMatchObject({
      code: "KEY_SERVICE_REFUSED",
      detail: expect.stringContaining("400: invalid ciphertext"),
    });
  });

  it("says STORE_KEY_WRONG for what was wrapped with a file's key", async () => {
    const inFile = await storeKeyWrapping(order(newFolder()));
    const key = await serviceKey(service.url);
    const unwrapping = key.unwrap(await inFile.wrap(DATA_KEY));
    await expect(unwrapping).rejects.toMatchObject({ code: "STORE_KEY_WRONG" });
  });

  it("says what the service said where it refuses, and never the token: KEY_SERVICE_REFUSED", async () => {
    const refused = (await serviceKey(service.url, {}, "hvs.wrong")).wrap(DATA_KEY);
    await expect(refused).rejects.toMatchObject({
      code: "KEY_SERVICE_REFUSED",
      detail: expect.stringMatching(/403: permission denied$/),
    });
    const gossip = await startJsonService(({ headers }) => {
      return { status: 403, body: { errors: [`no: ${String(headers["x-vault-token"])}`] } };
    });
    const wrapping = (await serviceKey(gossip.url)).wrap(DATA_KEY);
    await expect(wrapping).rejects.toMatchObject({
      code: "KEY_SERVICE_REFUSED",
      detail: expect.stringMatching(/403$/),
    });
    await gossip.close();
  });

  const plaintext = (bytes: number): Said => ({
    body: { data: { plaintext: Buffer.alloc(bytes, 7).toString("base64") } },
  });
  type Said = ReturnType<Answer> & object;
  const ciphertext = { body: { data: { ciphertext: "vault:v1:AAAA" } } };
  const both =
    (decrypted: Said): Answer =>
    ({ path }) =>
      path.includes("encrypt") ? ciphertext : decrypted;
  it.each<[string, Answer]>([
    ["no JSON", () => ({ body: "<html>" })],
    ["an object without data", () => ({ body: {} })],
    ["a text for an answer", () => ({ body: { data: "vault:v1:AAAA" } })],
    ["no ciphertext", () => ({ body: { data: {} } })],
    ["a ciphertext of another form", () => ({ body: { data: { ciphertext: "AAAA" } } })],
    ["a key cut short", both(plaintext(31))],
    ["a key that is no base64", both({ body: { data: { plaintext: "?".repeat(43) } } })],
    ["no key at all", both({ body: { data: {} } })],
    ["another key than it was given", both(plaintext(32))],
    ["an answer without end", (_asked, response) => endless(response)],
  ])("refuses %s: KEY_SERVICE_REFUSED", async (_what, answer) => {
    const odd = await startJsonService(answer);
    const wrapping = (await serviceKey(odd.url)).wrap(DATA_KEY);
    await expect(wrapping).rejects.toMatchObject({ code: "KEY_SERVICE_REFUSED" });
    await odd.close();
  });

  it.each<[string, Answer]>([
    ["is sealed", () => ({ status: 503, body: { errors: ["Vault is sealed"] } })],
    ["has too much to do", () => ({ status: 429, body: {} })],
    ["never answers", () => null],
  ])("may be asked again later where it %s: KEY_SERVICE_UNREACHABLE", async (_what, answer) => {
    const odd = await startJsonService(answer);
    const wrapping = (await serviceKey(odd.url, { timeoutSeconds: 0.3 })).wrap(DATA_KEY);
    await expect(wrapping).rejects.toMatchObject({
      code: "KEY_SERVICE_UNREACHABLE",
      detail: expect.stringContaining(odd.url),
    });
    await odd.close();
  });

  it("says KEY_SERVICE_UNREACHABLE where nothing listens", async () => {
    const wrapping = (await serviceKey(NOWHERE)).wrap(DATA_KEY);
    await expect(wrapping).rejects.toMatchObject({ code: "KEY_SERVICE_UNREACHABLE" });
  });

  it("is talked to over TLS, by whom the named authority vouches for, with our own certificate", async () => {
    const { server, ...files } = tls;
    const secure = await startKeyService(server);
    await keepsItsWord(await serviceKey(secure.url, files));
    const { caFile, ...own } = files;
    const unreachable = { code: "KEY_SERVICE_UNREACHABLE" };
    const trustless = (await serviceKey(secure.url, own)).wrap(DATA_KEY);
    await expect(trustless).rejects.toMatchObject(unreachable);
    const nameless = (await serviceKey(secure.url, { caFile })).wrap(DATA_KEY);
    await expect(nameless).rejects.toMatchObject(unreachable);
    await secure.close();
  });

  it.each([
    ["no token", { tokenFile: undefined }],
    ["an address without TLS on another machine", { url: `http://vault.example${KEY}` }],
    ["an address that is no key's", { url: "https://vault.example/v1/secret" }],
    ["a slip in a name", { token: "hvs" }],
  ])("is KEY_MALFORMED with %s", async (_what, change) => {
    const made = serviceKey("https://vault.example", change);
    await expect(made).rejects.toMatchObject({ code: "KEY_MALFORMED" });
  });

  it("is KEY_MALFORMED with a token file that is empty", async () => {
    const wrapping = (await serviceKey(service.url, {}, "\n")).wrap(DATA_KEY);
    await expect(wrapping).rejects.toMatchObject({ code: "KEY_MALFORMED" });
  });
});
