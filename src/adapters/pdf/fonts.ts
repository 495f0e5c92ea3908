/**
 * The fonts of pages: Noto Serif SC, which has every character of GB 2312, GBK and the table of 8,105 characters
 * in common use (通用规范汉字表), and whatever fonts the caller adds for rarer ones. What no font has is said,
 * never drawn as an empty box.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { create } from "fontkit";
import type { Font } from "fontkit";
import { Problem } from "../../core/problem.ts";

const require = createRequire(import.meta.url);
const PACKAGE = "@expo-google-fonts/noto-serif-sc";
const REGULAR = `${PACKAGE}/400Regular/NotoSerifSC_400Regular.ttf`;
const BOLD = `${PACKAGE}/700Bold/NotoSerifSC_700Bold.ttf`;

export type Weight = "regular" | "bold";

/** Some text in one font. */
export interface FontRun {
  readonly font: string;
  readonly text: string;
}

interface NamedFont {
  readonly name: string;
  readonly bytes: Buffer;
  readonly font: Font;
}

/** Opened once for any number of pages. */
export class PageFonts {
  readonly #fonts: Readonly<Record<Weight, readonly NamedFont[]>>;

  constructor(fonts: Readonly<Record<Weight, readonly NamedFont[]>>) {
    this.#fonts = fonts;
  }

  /** For a document to register: each font once. */
  all(): readonly { readonly name: string; readonly bytes: Buffer }[] {
    const { regular, bold } = this.#fonts;
    return [...new Set([...regular, ...bold])];
  }

  /** As few runs as there can be, each in the first font that has its characters. */
  runs(text: string, weight: Weight): FontRun[] {
    const runs: { font: string; text: string }[] = [];
    for (const character of text) {
      const font = this.#fontOf(character, weight)?.name ?? this.usual(weight);
      const last = runs.at(-1);
      if (last?.font === font) last.text += character;
      else runs.push({ font, text: character });
    }
    return runs;
  }

  usual(weight: Weight): string {
    return weight;
  }

  /** @throws Problem FONT_LACKS_CHARACTERS, naming them */
  requireAll(texts: readonly string[]): void {
    const characters = new Set(texts.join(""));
    const lacking = [...characters].filter((each) => this.#fontOf(each, "regular") === undefined);
    if (lacking.length === 0) return;
    throw new Problem("FONT_LACKS_CHARACTERS", lacking.map(nameOf).join(", "));
  }

  #fontOf(character: string, weight: Weight): NamedFont | undefined {
    const fonts = this.#fonts[weight];
    if (isLineEnd(character)) return fonts[0];
    const codePoint = character.codePointAt(0) as number;
    return fonts.find(({ font }) => font.hasGlyphForCodePoint(codePoint));
  }
}

function isLineEnd(character: string): boolean {
  return character === "\n";
}

/** "𠮷" → "𠮷 (U+20BB7)" */
function nameOf(character: string): string {
  const digits = (character.codePointAt(0) as number).toString(16).toUpperCase();
  return `${character} (U+${digits.padStart(4, "0")})`;
}

/**
 * @param more files of fonts (TTF, OTF) to try, in order, for what the usual one lacks
 * @throws Problem FILE_NOT_FOUND, FONT_UNREADABLE
 */
export async function openFonts(more: readonly string[] = []): Promise<PageFonts> {
  const [regular, bold] = await Promise.all([
    openFont("regular", require.resolve(REGULAR)),
    openFont("bold", require.resolve(BOLD)),
  ]);
  const added = await Promise.all(more.map((file, i) => openFont(`more ${String(i)}`, file)));
  return new PageFonts({ regular: [regular, ...added], bold: [bold, ...added] });
}

async function openFont(name: string, file: string): Promise<NamedFont> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  return { name, bytes, font: parseFont(bytes, file) };
}

function parseFont(bytes: Buffer, file: string): Font {
  try {
    const font = create(bytes);
    if ("hasGlyphForCodePoint" in font) return font;
  } catch (error) {
    throw new Problem("FONT_UNREADABLE", file, error);
  }
  throw new Problem("FONT_UNREADABLE", `${file}: a collection of fonts`);
}
