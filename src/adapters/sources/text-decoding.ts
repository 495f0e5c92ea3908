/** Bytes of a table into text, strictly. */
import { TextDecoder } from "node:util";
import type { TableFault } from "../../ports/record-source.ts";
import { asOf2022 } from "./gb18030.ts";
import type { Encoding } from "./source-options.ts";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = "\uFEFF";

/** What keeps a table from being read, at a line. */
export class TableError extends Error {
  readonly fault: TableFault;

  constructor(fault: TableFault) {
    super(fault.what);
    this.fault = fault;
  }
}

export class TableDecoder {
  readonly #encoding: Encoding;
  readonly #decoder: TextDecoder;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** @param bytes whole characters. @returns null where they are not of the encoding */
  decode(bytes: Uint8Array): string | null {
    try {
      const text = this.#decoder.decode(bytes);
      return this.#encoding === "gb18030" ? asOf2022(text) : text;
    } catch {
      return null;
    }
  }

  /** The first line that is not of the encoding, of bytes that are not. */
  faultIn(bytes: Uint8Array): TableFault {
    let at = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, at) + 1;
      if (end === 0 || this.decode(bytes.subarray(at, end)) === null) break;
      at = end;
    }
    const line = 1 + lineEnds(bytes.subarray(0, at));
    return { code: "SOURCE_ENCODING", line, position: at, what: this.#encoding };
  }
}

export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** CR LF, LF and CR end a line. */
export function lineEnds(bytes: Uint8Array): number {
  let ends = 0;
  for (let i = 0; i < bytes.length; i++) {
    const isFeed = bytes[i] === LINE_FEED;
    const isReturn = bytes[i] === CARRIAGE_RETURN && bytes[i + 1] !== LINE_FEED;
    if (isFeed || isReturn) ends++;
  }
  return ends;
}
