/**
 * Masking of texts (脱敏), counted in code points. A text that doesn't have the shape its mask
 * expects is hidden whole: masking errs towards hiding.
 */
import type { MaskName } from "./certificate-type.ts";
import { maskAddress } from "./mask-address.ts";

/** What is shown of a text that is hidden whole, whatever its length. */
export const HIDDEN = "***";

const MASKS: Readonly<Record<MaskName, (text: string) => string>> = {
  none: (text) => text,
  name: maskName,
  citizenId: maskCitizenId,
  phone: maskPhone,
  address: maskAddress,
  creditCode: maskCreditCode,
  all: () => HIDDEN,
};

export function maskText(mask: MaskName, text: string): string {
  return MASKS[mask](text);
}

/** `张*`, `张*三`, `欧**三`, `买****力`; a name of one character is `*`. */
export function maskName(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= 1) return "*";
  return keepEnds(characters, 1, characters.length === 2 ? 0 : 1);
}

/** `110***********002X`; 15 digits keep as many at each end. */
export function maskCitizenId(id: string): string {
  return /^(?:\d{15}|\d{17}[\dXx])$/.test(id) ? keepEnds(Array.from(id), 3, 4) : HIDDEN;
}

/** `138****5678`; a landline keeps its area code and the last two digits. */
export function maskPhone(phone: string): string {
  if (/^\d{11}$/.test(phone)) return keepEnds(Array.from(phone), 3, 4);
  return /^\d{3,4}-\d{7,8}$/.test(phone)
    ? keepEnds(Array.from(phone), phone.indexOf("-") + 1, 2)
    : HIDDEN;
}

/** `91************0Y43`: what registers it, and the last four. */
export function maskCreditCode(code: string): string {
  return /^[0-9A-Za-z]{18}$/.test(code) ? keepEnds(Array.from(code), 2, 4) : HIDDEN;
}

function keepEnds(characters: readonly string[], head: number, tail: number): string {
  const tailStart = characters.length - tail;
  return characters.map((shown, i) => (i < head || i >= tailStart ? shown : "*")).join("");
}
