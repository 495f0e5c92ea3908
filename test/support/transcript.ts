/**
 * A story in Markdown as a play: its commands in order, each with the output that the story shows. What differs
 * from one run to the next (hashes, times, gas, ages) is learned from the output and put into later commands.
 */

export interface Scene {
  /** As shown, without the prompt; on one line. */
  readonly command: string;
  readonly output: readonly string[];
  readonly exitCode: number;
}

const FENCE = /^```console\n(.*?)^```$/gms;
const PROMPT = "$ ";
const EXIT = /^\(exit code (\d+)\)$/;
/** Stands for any number of lines that the story leaves out. */
const LEFT_OUT = "…";

/** The commands of all ```console blocks, in order. */
export function scenesOf(markdown: string): Scene[] {
  const blocks = [...markdown.matchAll(FENCE)].map(([, block = ""]) => block.trimEnd());
  return blocks.flatMap((block) => {
    const joined = block.replaceAll(/\\\n\s*/g, "");
    return joined.split(/^(?=\$ )/m).map(sceneOf);
  });
}

function sceneOf(text: string): Scene {
  const [first = "", ...rest] = text.trimEnd().split("\n");
  if (!first.startsWith(PROMPT)) throw new Error(`no command at the start of: ${text}`);
  const exit = EXIT.exec(rest.at(-1) ?? "")?.[1];
  return {
    command: first.slice(PROMPT.length),
    output: exit === undefined ? rest : rest.slice(0, -1),
    exitCode: Number(exit ?? 0),
  };
}

/** Hashes (whole or cut), addresses and times are the same thing wherever they are the same text. */
const NAMED = /0x[0-9a-f]{8,}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/;
/** Gas and the age of a view mean nothing to the story. */
const PASSING = /\d+(?= gas| s old)/;
const VARYING = new RegExp(`(${NAMED.source}|${PASSING.source})`, "g");

/** What the story's own hashes and times are in this run. */
export class Cast {
  readonly #actual = new Map<string, string>();

  /** The story's text with this run's hashes and times; what no output has shown stays as it is. */
  play(text: string): string {
    return text.replaceAll(new RegExp(NAMED, "g"), (name) => this.#actual.get(name) ?? name);
  }

  /** Compares an output with the story's. @returns what is different, in words, or null */
  differenceFrom(story: readonly string[], output: readonly string[]): string | null {
    let at = 0;
    for (const [i, line] of story.entries()) {
      if (line.trim() === LEFT_OUT) {
        const next = story[i + 1];
        if (next === undefined) return null;
        while (at < output.length && !this.#isLike(next, String(output[at]))) at++;
        continue;
      }
      if (at >= output.length || !this.#isLike(line, String(output[at]))) {
        return `the story says\n  ${line}\nbut not here, of all that the command says:\n${output.join("\n")}`;
      }
      this.#learn(line, String(output[at++]));
    }
    return at === output.length ? null : `the story leaves out\n  ${String(output[at])}`;
  }

  #isLike(story: string, actual: string): boolean {
    const [told, seen] = [story.split(VARYING), actual.split(VARYING)];
    if (told.length !== seen.length) return false;
    return told.every((part, i) => {
      return isVarying(i) ? this.#fits(part, String(seen[i])) : part === seen[i];
    });
  }

  #fits(told: string, seen: string): boolean {
    if (!NAMED.test(told)) return !NAMED.test(seen);
    return shapeOf(told) === shapeOf(seen) && (this.#actual.get(told) ?? seen) === seen;
  }

  #learn(story: string, actual: string): void {
    const seen = actual.split(VARYING);
    for (const [i, part] of story.split(VARYING).entries()) {
      if (isVarying(i) && NAMED.test(part)) this.#actual.set(part, String(seen[i]));
    }
  }
}

/** A text split at what varies has that at its odd places. */
function isVarying(place: number): boolean {
  return place % 2 === 1;
}

/** A time is no hash, and a hash no address. */
function shapeOf(name: string): string {
  return name.startsWith("0x") ? String(name.length) : "time";
}
