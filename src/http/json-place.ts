/** Where a text stops being JSON: V8 says it of some faults only. */

/** @param message what JSON.parse said of `text`. @returns such as `line 1, column 16`. */
export function describeJsonPlace(text: string, message: string): string {
  const before = text.slice(0, faultPosition(text, message)).split("\n");
  const column = (before.at(-1) as string).length + 1;
  return `line ${String(before.length)}, column ${String(column)}`;
}

function faultPosition(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  return message.startsWith("Unexpected token") ? unexpectedTokenAt(text) : text.length;
}

/** The shortest beginning of the text that already has the fault ends with the token at fault. */
function unexpectedTokenAt(text: string): number {
  let [sound, faulty] = [0, text.length];
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1;
    if (hasUnexpectedToken(text.slice(0, middle))) faulty = middle;
    else sound = middle;
  }
  return sound;
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return (error as Error).message.startsWith("Unexpected token");
  }
}
