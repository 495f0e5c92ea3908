/**
 * The shared strings of a workbook, of which there may be millions: put aside on the disk in pages, of which
 * a few are in memory. Cells ask for them nearly in their order.
 */
import { Problem } from "../../core/problem.ts";
import { Spool } from "./spool.ts";
import { readXml } from "./xlsx-xml.ts";

const PAGE_STRINGS = 256;
const PAGES_IN_MEMORY = 256;

export class SharedStrings {
  readonly #spool = new Spool();
  /** Where each page begins. */
  readonly #starts: number[] = [];
  /** By number; those asked for last are last. */
  readonly #pages = new Map<number, readonly string[]>();
  #open: string[] = [];
  #count = 0;

  /** @throws Problem DISK_FAILED */
  push(text: string): void {
    this.#open.push(text);
    this.#count++;
    if (this.#open.length === PAGE_STRINGS) this.#putAside();
  }

  /** Null for a number that none has. */
  at(number: number): string | null {
    if (!(number >= 0 && number < this.#count)) return null;
    const page = Math.floor(number / PAGE_STRINGS);
    const strings = page === this.#starts.length ? this.#open : this.#page(page);
    return strings[number % PAGE_STRINGS] ?? null;
  }

  close(): void {
    this.#spool.close();
  }

  #putAside(): void {
    this.#starts.push(this.#spool.size);
    this.#spool.append(Buffer.from(JSON.stringify(this.#open)));
    this.#open = [];
  }

  #page(page: number): readonly string[] {
    const known = this.#pages.get(page) ?? this.#load(page);
    this.#pages.delete(page);
    this.#pages.set(page, known);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > PAGES_IN_MEMORY) this.#pages.delete(oldest as number);
    return known;
  }

  #load(page: number): readonly string[] {
    const start = this.#starts[page] as number;
    const end = this.#starts[page + 1] ?? this.#spool.size;
    return JSON.parse(this.#spool.read(start, end - start).toString()) as string[];
  }
}

/** Of a string in several styles the texts are joined; how it is pronounced is left out. */
export async function readStrings(
  where: string,
  chunks: AsyncIterable<Buffer>,
): Promise<SharedStrings> {
  const strings = new SharedStrings();
  const gather = new StringGatherer();
  try {
    await readXml(where, chunks, {
      open: (name) => {
        gather.open(name);
      },
      text: (text) => {
        gather.text(text);
      },
      close: (name) => {
        if (name === "si") strings.push(gather.take());
        gather.close(name);
      },
    });
    return strings;
  } catch (error) {
    strings.close();
    throw error instanceof Problem ? error : new Problem("SOURCE_MALFORMED", where, error);
  }
}

/** The text of `t` elements, but not of those in `rPh`, which say how a word is pronounced. */
export class StringGatherer {
  #text = "";
  #isText = false;
  #isPhonetic = false;

  open(name: string): void {
    if (name === "rPh") this.#isPhonetic = true;
    this.#isText = name === "t" && !this.#isPhonetic;
  }

  text(text: string): void {
    if (this.#isText) this.#text += text;
  }

  close(name: string): void {
    if (name === "rPh") this.#isPhonetic = false;
    this.#isText = false;
  }

  take(): string {
    const text = unescaped(this.#text);
    this.#text = "";
    return text;
  }
}

/** Characters that XML can't have are written _xHHHH_ (ECMA-376, part 1, 22.9.2.19). */
function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => {
    return String.fromCharCode(Number.parseInt(code, 16));
  });
}
