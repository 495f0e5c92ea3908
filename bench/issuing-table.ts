/** The lines of a large table in blocks for worker threads. */
import { createReadStream } from "node:fs";

const LINE_FEED = 0x0a;

/** Without the header, `lines` lines a block. No cell of the table holds a line end. */
export async function* blocksOf(file: string, lines: number): AsyncGenerator<Uint8Array> {
  let parts: Buffer[] = [];
  let missing = lines;
  let isHeader = true;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = chunk as Buffer;
    let from = isHeader ? bytes.indexOf(LINE_FEED) + 1 : 0;
    isHeader = false;
    for (
      let end = bytes.indexOf(LINE_FEED, from);
      end >= 0;
      end = bytes.indexOf(LINE_FEED, end + 1)
    ) {
      if (--missing > 0) continue;
      yield joined([...parts, bytes.subarray(from, end + 1)]);
      [parts, missing, from] = [[], lines, end + 1];
    }
    parts.push(bytes.subarray(from));
  }
  if (missing < lines) yield joined(parts);
}

/** In a buffer of its own, to be handed over to a thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
