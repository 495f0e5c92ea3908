/** The three ways in which bytes from outside fail to be what they claim to be (protocol, 12). */
export type FormatCode = "MALFORMED" | "UNSUPPORTED_VERSION" | "TOO_LARGE";

/** What is quoted of bytes from outside, in characters: an answer never echoes them at length. */
const MAX_PART = 120;

/**
 * Thrown by decoders and by nothing else; the judge's format check turns it into a failed check.
 * `where` names the place, such as `certificate[7][0][1]` or `claims[3].salt`.
 */
export class FormatError extends Error {
  readonly code: FormatCode;
  readonly where: string;

  constructor(code: FormatCode, where: string, message: string) {
    super(`${where.slice(0, MAX_PART)}: ${message.slice(0, MAX_PART)}`);
    this.name = "FormatError";
    this.code = code;
    this.where = where.slice(0, MAX_PART);
  }
}

export function malformed(where: string, message: string): FormatError {
  return new FormatError("MALFORMED", where, message);
}
