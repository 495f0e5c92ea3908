/** Tokens of an issuer that answers over HTTP, right and wrong, and of one that does not. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CompactSign, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from "jose";
import type { CryptoKey, JWTPayload } from "jose";
import { oidcTokens } from "../../../src/adapters/access/oidc-tokens.ts";
import type { OidcIssuer } from "../../../src/adapters/access/oidc-tokens.ts";
import { ACCESS_NOON, clockAt } from "../../support/access.ts";
import { endless, startJsonService } from "../../support/json-service.ts";
import type { Answer, JsonService } from "../../support/json-service.ts";

const NOW = ACCESS_NOON;
const ISSUER = "https://login.example.gov.cn";
const AUDIENCE = "https://verify.example.gov.cn";

let own: { privateKey: CryptoKey; publicKey: CryptoKey };
let foreign: { privateKey: CryptoKey; publicKey: CryptoKey };
let service: JsonService;
let keys: object;

beforeAll(async () => {
  own = await generateKeyPair("ES256", { extractable: true });
  foreign = await generateKeyPair("ES256", { extractable: true });
  keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "k1", alg: "ES256", use: "sig" }] };
  service = await startJsonService(() => ({ body: keys }));
});
afterAll(() => service.close());

function issuerAt(jwks: string, changes: Partial<OidcIssuer> = {}): OidcIssuer {
  return {
    ...{ issuer: ISSUER, audience: AUDIENCE, jwks, clientClaim: "client_id" },
    ...{ algorithms: ["ES256"], tokenType: "at+jwt" },
    ...changes,
  };
}

const GOOD = { iss: ISSUER, aud: AUDIENCE, exp: NOW + 300, client_id: "counter-3" };

function signed(
  payload: JWTPayload,
  { header = {}, key = own.privateKey }: { header?: object; key?: CryptoKey } = {},
): Promise<string> {
  const protectedHeader = { alg: "ES256", typ: "at+jwt", kid: "k1", ...header };
  return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key);
}

describe("a token of the issuer for this service", () => {
  it("says which client it is and how long it holds; the issuer is asked once for many", async () => {
    const asked = service.asked.length;
    const tokens = oidcTokens(issuerAt(`${service.url}/jwks`), clockAt(NOW));
    for (let i = 0; i < 5; i++) {
      const token = await signed({ ...GOOD, exp: NOW + 300 + i });
      expect(await tokens.verify(token)).toEqual({
        subject: "counter-3",
        expiresAt: NOW + 300 + i,
      });
    }
    expect(service.asked.slice(asked).map(({ path }) => path)).toEqual(["/jwks"]);
  });
});

describe("a token that is refused, whatever it says", () => {
  const hour = 3_600;
  it.each<[string, () => Promise<string> | string]>([
    ["of another issuer", () => signed({ ...GOOD, iss: "https://evil.example" })],
    ["for another service", () => signed({ ...GOOD, aud: "https://other.example" })],
    ["that has run out", () => signed({ ...GOOD, exp: NOW - 31 })],
    ["that does not hold yet", () => signed({ ...GOOD, nbf: NOW + 31 })],
    ["without an end", () => signed({ iss: ISSUER, aud: AUDIENCE, client_id: "counter-3" })],
    ["without a client", () => signed({ iss: ISSUER, aud: AUDIENCE, exp: NOW + hour })],
    ["whose client is no text", () => signed({ ...GOOD, client_id: ["counter-3"] })],
    ["whose client is empty", () => signed({ ...GOOD, client_id: "" })],
    ["of another kind (an id token)", () => signed(GOOD, { header: { typ: "JWT" } })],
    ["signed by a stranger", () => signed(GOOD, { key: foreign.privateKey })],
    ["of a key that the issuer does not have", () => signed(GOOD, { header: { kid: "k9" } })],
    [
      "with its content changed",
      async () => {
        const [head, , tail] = (await signed(GOOD)).split(".");
        const body = Buffer.from(JSON.stringify({ ...GOOD, client_id: "admin" }));
        return [head, body.toString("base64url"), tail].join(".");
      },
    ],
    ["that is not signed", () => new UnsecuredJWT(GOOD).encode()],
    [
      "signed with the issuer's public key as a password",
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(keys));
        const header = { alg: "HS256", typ: "at+jwt", kid: "k1" };
        return new SignJWT(GOOD).setProtectedHeader(header).sign(secret);
      },
    ],
    [
      "with a critical header nobody knows",
      async () => {
        const body = new TextEncoder().encode(JSON.stringify(GOOD));
        const header = { alg: "ES256", typ: "at+jwt", kid: "k1", crit: ["x-new"], "x-new": 1 };
        const sign = new CompactSign(body).setProtectedHeader(header);
        return sign.sign(own.privateKey, { crit: { "x-new": true } });
      },
    ],
    ["that is no token", () => "a.b.c"],
    ["that is nothing", () => ""],
  ])("%s", async (_, make) => {
    const tokens = oidcTokens(issuerAt(`${service.url}/jwks`), clockAt(NOW));
    const refused = tokens.verify(await make());
    await expect(refused).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(refused).rejects.not.toThrow(/counter-3|evil|admin/);
  });

  it("and no address in it is ever asked for keys", async () => {
    const trap = await startJsonService(() => ({ body: keys }));
    const jwk = await exportJWK(foreign.publicKey);
    const header = { jku: `${trap.url}/jwks`, x5u: `${trap.url}/x5u`, jwk };
    const token = await signed(GOOD, { header, key: foreign.privateKey });
    const tokens = oidcTokens(issuerAt(`${service.url}/jwks`), clockAt(NOW));
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(trap.asked).toEqual([]);
    await trap.close();
  });

  it("but any kind is taken where the issuer's are not told apart", async () => {
    const any = issuerAt(`${service.url}/jwks`, { tokenType: null });
    const tokens = oidcTokens(any, clockAt(NOW));
    const token = await signed(GOOD, { header: { typ: "JWT" } });
    expect((await tokens.verify(token)).subject).toBe("counter-3");
  });
});

describe("an issuer whose keys can't be had", () => {
  const ways: [string, Answer][] = [
    ["answers 500", () => ({ status: 500, body: {} })],
    ["answers no JSON", () => ({ body: "<html>" })],
    ["answers other JSON", () => ({ body: { keys: "none" } })],
    ["sends without end", (_, response) => endless(response)],
    [
      "sends elsewhere",
      (_, response) => {
        response.writeHead(302, { location: `${service.url}/jwks` }).end();
        return null;
      },
    ],
  ];

  it.each(ways)("%s: nobody is let in, and nobody's token is called wrong", async (_, answer) => {
    const odd = await startJsonService(answer);
    const tokens = oidcTokens(issuerAt(`${odd.url}/jwks`), clockAt(NOW));
    const refused = tokens.verify(await signed(GOOD));
    await expect(refused).rejects.toMatchObject({ code: "IDENTITY_UNREACHABLE" });
    await odd.close();
  });

  it("is not asked again for each caller, and is taken up once it is back", async () => {
    let isAway = true;
    const odd = await startJsonService(() => (isAway ? { status: 503, body: {} } : { body: keys }));
    const clock = clockAt(NOW);
    const tokens = oidcTokens(issuerAt(`${odd.url}/jwks`), clock);
    const token = await signed(GOOD);
    for (let i = 0; i < 10; i++) await tokens.verify(token).catch(() => undefined);
    expect(odd.asked).toHaveLength(1);
    isAway = false;
    clock.pass(5);
    expect((await tokens.verify(token)).subject).toBe("counter-3");
    await odd.close();
  });
});
