import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  CLAIM_CODE_RANDOM_BYTES,
  makeClaimCode,
  parseClaimCode,
  writeClaimCode,
} from "../../../src/core/identifiers/claim-code.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const random = fc.uint8Array({
  minLength: CLAIM_CODE_RANDOM_BYTES,
  maxLength: CLAIM_CODE_RANDOM_BYTES,
});
const code = random.map((bytes) => makeClaimCode(bytes));

describe("a claim code", () => {
  it("is sixteen characters in groups of four, none of which looks like another", () => {
    const made = makeClaimCode(new Uint8Array(15).map((_, i) => 17 * i));
    expect(writeClaimCode(made)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  });

  it("is read however it was typed: small letters, spaces, no hyphens, O for 0, I and L for 1", () => {
    fc.assert(
      fc.property(code, (made) => {
        const typed = made
          .toLowerCase()
          .replaceAll("0", "o")
          .replace("1", "l")
          .replaceAll("1", "i");
        expect(parseClaimCode(` ${typed.slice(0, 7)} ${typed.slice(7)}`)).toBe(made);
        expect(parseClaimCode(writeClaimCode(made))).toBe(made);
      }),
    );
  });

  it("is refused with any one wrong character, and with any two exchanged", () => {
    fc.assert(
      fc.property(code, fc.nat(15), fc.nat(15), fc.nat(30), (made, i, j, other) => {
        const characters = Array.from(made);
        const wrong = ALPHABET.replace(characters[i] ?? "", "").charAt(other);
        expect(parseClaimCode(characters.with(i, wrong).join(""))).toBeNull();
        const [a = "", b = ""] = [characters[i], characters[j]];
        if (a !== b) expect(parseClaimCode(characters.with(i, b).with(j, a).join(""))).toBeNull();
      }),
    );
  });

  it.each(["", "7F3K", "UUUU-UUUU-UUUU-UUUU", "0000-0000-0000-0000-0", "领证码"])(
    "is not '%s'",
    (text) => {
      expect(parseClaimCode(text)).toBeNull();
    },
  );

  it("uses five bits of each random byte", () => {
    expect(makeClaimCode(new Uint8Array(15).fill(255))).toMatch(/^Z{15}/);
    expect(makeClaimCode(new Uint8Array(15).fill(224))).toBe("0".repeat(16));
  });
});
