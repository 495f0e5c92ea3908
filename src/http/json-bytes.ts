/** The JSON of an answer, in UTF-8. */

/** From so many items on, a list is written item by item. */
const LONG_LIST = 32;

/**
 * As JSON.stringify has it. A long list goes in pieces: one text of hundreds of kilobytes costs V8 half as much again.
 * @param value an object of JSON's own values
 */
export function jsonBytes(value: object): Buffer {
  const members = Object.entries(value as Readonly<Record<string, unknown>>);
  if (!members.some(([, member]) => isLong(member))) return Buffer.from(JSON.stringify(value));
  const pieces = members
    .filter(([, member]) => member !== undefined)
    .flatMap(([name, member], i) => {
      return [`${i === 0 ? "{" : ","}${JSON.stringify(name)}:`, ...piecesOf(member)];
    });
  return Buffer.concat([...pieces, "}"].map((piece) => Buffer.from(piece)));
}

function isLong(member: unknown): member is readonly unknown[] {
  return Array.isArray(member) && member.length >= LONG_LIST;
}

function piecesOf(member: unknown): string[] {
  if (!isLong(member)) return [JSON.stringify(member)];
  return [...member.map((item, i) => `${i === 0 ? "[" : ","}${JSON.stringify(item)}`), "]"];
}
