import { describe, expect, it } from "@jest/globals";
import { keyFromJwk, keyToJwk } from "../../../src/core/holding/jwk.ts";
import { holder } from "../../support/usual-case.ts";

const jwk = keyToJwk(holder.publicKey);

describe("a public key as a browser writes it", () => {
  it("is read as it was written, whatever else is said of it", () => {
    expect(keyFromJwk(jwk, "key")).toEqual(holder.publicKey);
    expect(keyFromJwk({ ...jwk, ext: true, key_ops: [] }, "key")).toEqual(holder.publicKey);
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["a text", "key"],
    ["a key on another curve", { ...jwk, crv: "P-384" }],
    ["a key of another kind", { ...jwk, kty: "OKP" }],
    ["a private key", { ...jwk, d: jwk.x }],
    ["a key without y", { ...jwk, y: undefined }],
    ["a key with a short coordinate", { ...jwk, x: "AAAA" }],
    ["a key that is not base64url", { ...jwk, x: `${jwk.x}=` }],
  ])("is refused: %s", (_, given) => {
    expect(() => keyFromJwk(given, "key")).toThrow(expect.objectContaining({ code: "MALFORMED" }));
  });
});
