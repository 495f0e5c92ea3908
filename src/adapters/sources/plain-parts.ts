/** A block of text without quotes, taken row by row where rows are plain, and in larger parts where they are not. */
import type { TableFault, TextBlock } from "../../ports/record-source.ts";

const LINE_FEED = 0x0a;
/** Text is made of so much at once; of more it would leave a processor's second cache. */
const MOST_BYTES = 32_768;

export class PlainParts {
  readonly #block: TextBlock;
  /** Where the next row begins, in the block's bytes. */
  #at = 0;
  /** The line it begins at, counted from 1. */
  #line = 1;
  /** Where the part ends that is looked at as text. */
  #end = 0;
  /** How long such a part is at least: where one follows another, the next is twice as long. */
  #least = 1;

  constructor(block: TextBlock) {
    this.#block = block;
  }

  get at(): number {
    return this.#at;
  }

  get line(): number {
    return this.#line;
  }

  get isDone(): boolean {
    return this.#at === this.#block.bytes.length;
  }

  /** @param next where the row after it begins */
  takeRow(next: number): void {
    this.#at = next;
    this.#line++;
    this.#least = 1;
  }

  /** From the next row on, to the end of a line. */
  doubtful(): TextBlock {
    const { bytes, position } = this.#block;
    const feed = bytes.indexOf(LINE_FEED, this.#at + this.#least - 1);
    this.#end = feed < 0 ? bytes.length : feed + 1;
    const part = bytes.subarray(this.#at, this.#end);
    return { ...this.#block, bytes: part, position: position + this.#at };
  }

  takeDoubtful(lines: number): void {
    this.#least = Math.min(MOST_BYTES, 2 * (this.#end - this.#at));
    this.#at = this.#end;
    this.#line += lines;
  }

  /** A fault of the doubtful part, with its place in the block. */
  placed(fault: TableFault): TableFault {
    const position = fault.position === null ? null : this.#at + fault.position;
    return { ...fault, line: this.#line - 1 + fault.line, position };
  }
}
