/** What every text of a certificate must be (protocol, 3): valid Unicode in NFC, in one clean line. */
import type { RecordFaultCode } from "./record-faults.ts";

/** C0 and C1 controls, line and paragraph separators, and the marks that reorder or hide text. */
const CONTROL = /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

/** Characters that mean something only where someone has drawn them (造字): shown elsewhere as another, or none. */
const PRIVATE_USE = /\p{Co}/u;

/**
 * ASCII's signs, the common ideographs, their punctuation and full-width forms: text of these alone has
 * nothing wrong with it.
 */
const PLAIN = /^[!-~\u4e00-\u9fff\u3001-\u3029\uff01-\uff5e]*$/;

/** The first thing wrong with the text, or null. */
export function checkText(text: string): RecordFaultCode | null {
  if (PLAIN.test(text)) return null;
  if (!text.isWellFormed()) return "TEXT_NOT_UNICODE";
  if (text.normalize("NFC") !== text) return "TEXT_NOT_NFC";
  if (CONTROL.test(text)) return "TEXT_CONTROL_CHARACTER";
  if (PRIVATE_USE.test(text)) return "TEXT_PRIVATE_USE";
  return text.trim() === text ? null : "TEXT_OUTER_SPACE";
}

/** The text made safe to print: controls replaced, and cut after `limit` characters. */
export function printable(text: string, limit: number): string {
  const characters = Array.from(text.toWellFormed());
  const cut = characters.length > limit ? [...characters.slice(0, limit), "…"] : characters;
  return cut.map((character) => (CONTROL.test(character) ? "\ufffd" : character)).join("");
}
