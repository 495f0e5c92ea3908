/** Reading what another machine answers, which may send without end. */

export class AnswerTooLong extends RangeError {
  override readonly name = "AnswerTooLong";

  constructor() {
    super("the answer is too long");
  }
}

/**
 * @param answer null where it has no body
 * @throws AnswerTooLong as soon as there are more bytes than `most`, and whatever the connection ends in
 */
export async function readBounded(
  answer: AsyncIterable<unknown> | null,
  most: number,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (answer ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > most) throw new AnswerTooLong();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
