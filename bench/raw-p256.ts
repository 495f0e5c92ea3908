/** What one P-256 verification costs where the key is at hand: the limit of all that is signed. */
import { generateKeyPairSync, sign, verify } from "node:crypto";
import type { Contestant } from "./compare.ts";

const TIMES = 64;
/** About as long as a signed presentation. */
const MESSAGE_BYTES = 700;

export function rawP256(): Contestant {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const message = new Uint8Array(MESSAGE_BYTES);
  const signature = sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
  const key = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  return {
    name: "a raw P-256 verification",
    run: () => {
      for (let i = 0; i < TIMES; i++) {
        if (!verify("sha256", message, key, signature)) throw new Error("a good one was refused");
      }
      return TIMES;
    },
  };
}
