/**
 * What P-256 verifications cost by themselves: the limit of all that is signed. Key and signature are in the
 * form that Node takes soonest; the keys are as many as at a counter, where each holder has another.
 */
import { generateKeyPairSync, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Contestant } from "./compare.ts";

const KEYS = 512;
/** About as long as a signed presentation. */
const MESSAGE_BYTES = 700;

interface Signed {
  readonly publicKey: KeyObject;
  readonly signature: Uint8Array;
}

export function rawP256(): Contestant {
  const message = new Uint8Array(MESSAGE_BYTES);
  const signed = Array.from({ length: KEYS }, (): Signed => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return { publicKey, signature: sign("sha256", message, privateKey) };
  });
  return {
    name: "a raw P-256 verification",
    run: () => {
      for (const { publicKey, signature } of signed) {
        if (!verify("sha256", message, publicKey, signature)) throw new Error("refused");
      }
      return KEYS;
    },
  };
}
