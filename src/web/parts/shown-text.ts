/**
 * Text that somebody else wrote, made safe to look at. What can't be seen, or changes how its neighbours are
 * read (control characters, marks of direction, blanks that are letters, piles of accents), is told by its
 * number instead. Show it inside <bdi>, so that its direction ends with it.
 */

export interface TextPart {
  readonly text: string;
  /** Whether it stands for characters that would not be seen as they are, such as U+202E. */
  readonly isOdd: boolean;
}

/** Of a Tibetan syllable, or a letter of Vietnamese, no more stand on one another. */
const MOST_MARKS = 6;

/** Scripts in which U+200C and U+200D between two letters change how these are written, as they should. */
const JOINING = [
  ...["Arabic", "Syriac", "Mongolian", "Nko", "Devanagari", "Bengali", "Gurmukhi", "Gujarati"],
  ...["Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar"],
];
const JOINING_LETTER = JOINING.map((script) => `\\p{Script=${script}}`).join("");

const JOINER = `(?<=[${JOINING_LETTER}])[\\u200c\\u200d](?=[${JOINING_LETTER}])`;
/** Between two emoji of one family or profession. */
const EMOJI_JOINER =
  "(?<=[\\p{Extended_Pictographic}\\u{fe0f}\\p{Emoji_Modifier}])\\u200d(?=\\p{Extended_Pictographic})";
/** Letters, signs and spaces that leave a blank, or none: Hangul fillers, Khmer vowels, an empty Braille cell. */
const BLANK = "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u2000-\\u200a\\u205f\\u2800\\u3164\\uffa0";
const UNSEEN = `[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}${BLANK}]`;
/** Marks with nothing to stand on, or more than anyone writes. */
const MARKS_ALONE = "(?<![^\\p{Z}\\p{C}])\\p{M}+";
const MARKS_PILED = `(?<=\\p{M}{${String(MOST_MARKS)}})\\p{M}+`;
const SPACE_AT_AN_END = "^\\p{Zs}+|\\p{Zs}+$";

const KEPT = `${JOINER}|${EMOJI_JOINER}`;
const ODD = new RegExp(
  `(${KEPT})|${UNSEEN}+?|${MARKS_ALONE}|${MARKS_PILED}|${SPACE_AT_AN_END}`,
  "gu",
);

/** @returns the text in parts, one after the other; an empty text has none */
export function shownParts(text: string): readonly TextPart[] {
  return runsOf(text).map(({ text: run, isOdd: odd }) => {
    return { text: odd ? numbersOf(run) : run, isOdd: odd };
  });
}

/** Odd characters that stand together are one run. */
function runsOf(text: string): TextPart[] {
  const runs: TextPart[] = [];
  const put = (run: string, odd: boolean): void => {
    const last = runs.at(-1);
    const isMore = odd && last?.isOdd === true;
    if (isMore) runs[runs.length - 1] = { text: last.text + run, isOdd: true };
    else if (run !== "") runs.push({ text: run, isOdd: odd });
  };
  let from = 0;
  for (const { 0: found, 1: kept, index } of text.matchAll(ODD)) {
    if (kept !== undefined) continue;
    put(text.slice(from, index), false);
    put(found, true);
    from = index + found.length;
  }
  put(text.slice(from), false);
  return runs;
}

/** The same as one text, for what is no page: U+202E stands as ⟨U+202E⟩. */
export function shownText(text: string): string {
  const parts = shownParts(text);
  return parts.map((part) => (part.isOdd ? `⟨${part.text}⟩` : part.text)).join("");
}

/** Whether there is something in it that would not be seen as it is. */
export function isOdd(text: string): boolean {
  return shownParts(text).some((part) => part.isOdd);
}

/** How many characters of an odd run are told one by one; of more, their number is. */
const TOLD_ONE_BY_ONE = 4;

function numbersOf(characters: string): string {
  const all = Array.from(characters);
  const told = all.slice(0, TOLD_ONE_BY_ONE).map(numberOf).join(" ");
  return all.length > TOLD_ONE_BY_ONE ? `${told} … ×${String(all.length)}` : told;
}

function numberOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
