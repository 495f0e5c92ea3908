/** The keys of a verification service: made once, the same for all, changed without losing what was signed. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { calculateJwkThumbprint } from "jose";
import { encryptKeyFile } from "../../../src/adapters/keys/protect-key.ts";
import { rotateServiceKey, serviceKeys } from "../../../src/adapters/keys/service-key.ts";
import type { ServiceKeyOrder } from "../../../src/adapters/keys/service-key.ts";
import { newSigningKeyJwk } from "../../../src/adapters/store/key-files.ts";
import { fromBase64Url, toHex } from "../../../src/core/encoding/bytes.ts";
import { primitives } from "../../../src/main/system.ts";
import type { ServiceKeys } from "../../../src/ports/service-keys.ts";
import { PASSWORD, nobody, typing, wordsOfRefusal } from "../../support/passwords.ts";

const root = mkdtempSync(join(tmpdir(), "lz-service-key-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

let count = 0;
const newFile = (): string => join(root, String(++count), "service.key");
const order = (file: string, changes: Partial<ServiceKeyOrder> = {}): ServiceKeyOrder => {
  return { file, passwords: nobody, isNewEncrypted: false, ...changes };
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function hasSigned(
  point: { readonly x: string; readonly y: string },
  signature: Uint8Array,
): boolean {
  const [x, y] = [fromBase64Url(point.x) as Uint8Array, fromBase64Url(point.y) as Uint8Array];
  return primitives.verifyEs256({ x, y }, bytes("a receipt"), signature);
}

const sameAs = ({ keyId, pseudonym }: ServiceKeys): string => {
  return `${keyId} ${toHex(pseudonym("use", bytes("certificate")))}`;
};

function textOf(changes: object): string {
  return JSON.stringify({ ...newSigningKeyJwk(), secret: "A".repeat(43), former: [], ...changes });
}

describe("the keys of a service", () => {
  it("are made once, for their owner alone, and are the same afterwards", async () => {
    const file = newFile();
    const made = await serviceKeys(order(file));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(sameAs(await serviceKeys(order(file)))).toBe(sameAs(made));
  });

  it("are the same for instances that start for the first time at the same moment", async () => {
    const file = newFile();
    const starts = Array.from({ length: 8 }, () => serviceKeys(order(file)));
    expect(new Set((await Promise.all(starts)).map(sameAs)).size).toBe(1);
  });

  it("are named by the thumbprint of RFC 7638, as jose computes it", async () => {
    const { keyId, publicKey } = await serviceKeys(order(newFile()));
    expect(keyId).toBe(await calculateJwkThumbprint({ kty: "EC", crv: "P-256", ...publicKey }));
  });

  it("sign what their public half vouches for", async () => {
    const keys = await serviceKeys(order(newFile()));
    expect(hasSigned(keys.publicKey, keys.sign(bytes("a receipt")))).toBe(true);
    expect(hasSigned(keys.publicKey, keys.sign(bytes("another")))).toBe(false);
  });

  it("give one pseudonym for one thing, another in another domain and under another key", async () => {
    const [keys, others] = [
      await serviceKeys(order(newFile())),
      await serviceKeys(order(newFile())),
    ];
    const of = (one: ServiceKeys, domain: string, text: string): string => {
      return toHex(one.pseudonym(domain, bytes(text)));
    };
    const first = of(keys, "use", "a");
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(of(keys, "use", "a")).toBe(first);
    expect(of(keys, "use", "b")).not.toBe(first);
    expect(of(keys, "cause", "a")).not.toBe(first);
    expect(of(keys, "us", "ea")).not.toBe(first);
    expect(of(others, "use", "a")).not.toBe(first);
  });

  it("open what they sealed, for the same purpose alone", async () => {
    const [keys, others] = [
      await serviceKeys(order(newFile())),
      await serviceKeys(order(newFile())),
    ];
    const sealed = keys.seal("held", bytes("a presentation"));
    expect(keys.open("held", sealed)).toEqual(bytes("a presentation"));
    expect(keys.open("other", sealed)).toBeNull();
    expect(others.open("held", sealed)).toBeNull();
    expect(toHex(keys.seal("held", bytes("a presentation")))).not.toBe(toHex(sealed));
  });

  it("open nothing that was altered or cut", async () => {
    const keys = await serviceKeys(order(newFile()));
    const sealed = keys.seal("held", bytes("a presentation"));
    for (let at = 0; at < sealed.length; at++) {
      const altered = sealed.slice();
      altered[at] = (altered[at] as number) ^ 1;
      expect(keys.open("held", altered)).toBeNull();
      expect(keys.open("held", sealed.subarray(0, at))).toBeNull();
    }
  });
});

describe("a service's key under a password", () => {
  it("is made so where that is asked for, and needs it from then on", async () => {
    const file = newFile();
    const made = await serviceKeys(
      order(file, { passwords: typing(PASSWORD), isNewEncrypted: true }),
    );
    expect(readFileSync(file, "utf8")).toMatch(/^eyJ/);
    expect(sameAs(await serviceKeys(order(file, { passwords: typing(PASSWORD) })))).toBe(
      sameAs(made),
    );
    const wrong = serviceKeys(order(file, { passwords: typing("another password") }));
    await expect(wrong).rejects.toMatchObject({ code: "KEY_PASSWORD_WRONG" });
  });

  it("is encrypted later by lz key encrypt like any other, and stays the same", async () => {
    const file = newFile();
    const made = await serviceKeys(order(file));
    await encryptKeyFile(file, typing(PASSWORD));
    expect(sameAs(await serviceKeys(order(file, { passwords: typing(PASSWORD) })))).toBe(
      sameAs(made),
    );
  });
});

describe("a service's key that is changed", () => {
  it("signs anew, lists the one before, and leaves pseudonyms and seals as they were", async () => {
    const file = newFile();
    const old = await serviceKeys(order(file));
    const fresh = await rotateServiceKey(file, nobody);
    expect(fresh.keyId).not.toBe(old.keyId);
    expect(fresh.formerKeys).toEqual([{ keyId: old.keyId, ...old.publicKey }]);
    expect(fresh.pseudonym("use", bytes("a"))).toEqual(old.pseudonym("use", bytes("a")));
    expect(fresh.open("held", old.seal("held", bytes("b")))).toEqual(bytes("b"));
    expect(sameAs(await serviceKeys(order(file)))).toBe(sameAs(fresh));
    expect(hasSigned(fresh.formerKeys[0] as never, old.sign(bytes("a receipt")))).toBe(true);
  });

  it("keeps no old private half in the file", async () => {
    const file = newFile();
    await serviceKeys(order(file));
    const { d } = JSON.parse(readFileSync(file, "utf8"));
    await rotateServiceKey(file, nobody);
    expect(readFileSync(file, "utf8")).not.toContain(d);
  });

  it("lists the newest first and forgets the oldest past a dozen", async () => {
    const file = newFile();
    const ids = [(await serviceKeys(order(file))).keyId];
    for (let i = 0; i < 13; i++) ids.unshift((await rotateServiceKey(file, nobody)).keyId);
    const keys = await serviceKeys(order(file));
    expect([keys.keyId, ...keys.formerKeys.map(({ keyId }) => keyId)]).toEqual(ids.slice(0, 13));
  });

  it("stays encrypted with the same password, asked for once", async () => {
    const file = newFile();
    const old = await serviceKeys(
      order(file, { passwords: typing(PASSWORD), isNewEncrypted: true }),
    );
    let asked = 0;
    const passwords = { ...nobody, current: () => Promise.resolve((asked++, PASSWORD)) };
    const fresh = await rotateServiceKey(file, passwords);
    expect(asked).toBe(1);
    expect(fresh.formerKeys[0]?.keyId).toBe(old.keyId);
    expect(readFileSync(file, "utf8")).toMatch(/^eyJ/);
    expect(sameAs(await serviceKeys(order(file, { passwords })))).toBe(sameAs(fresh));
  });

  it("must be there", async () => {
    const refused = rotateServiceKey(newFile(), nobody);
    await expect(refused).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
  });
});

describe("a file that is no service's key", () => {
  it.each([
    ["no JSON", "hello"],
    ["a holder's key", JSON.stringify(newSigningKeyJwk())],
    ["a secret that is too short", textOf({ secret: "AAAA" })],
    ["a private half that is none", textOf({ d: "not a number" })],
    ["a public half that is another's", textOf({ x: "A".repeat(43) })],
    ["another curve", textOf({ crv: "P-384" })],
    ["former keys that are no list", textOf({ former: {} })],
    ["former keys that are none", textOf({ former: [{ x: "AAAA", y: "AAAA" }] })],
    ["former keys that are nothing", textOf({ former: [null] })],
  ])("is refused: %s", async (_what, text) => {
    const file = join(root, `${String(++count)}.key`);
    writeFileSync(file, text);
    await expect(serviceKeys(order(file))).rejects.toMatchObject({ code: "KEY_MALFORMED" });
  });

  it("is never quoted", async () => {
    const file = join(root, `${String(++count)}.key`);
    const text = textOf({ secret: "SECRETSECRET" });
    writeFileSync(file, text);
    const words = await wordsOfRefusal(serviceKeys(order(file)));
    expect(words).not.toContain("SECRETSECRET");
    expect(words).not.toContain(JSON.parse(text).d);
  });
});
