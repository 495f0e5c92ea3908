/** The XML of a workbook as events, strictly: no document types, so no entities but XML's own five. */
import { TextDecoder } from "node:util";
import { SaxesParser } from "saxes";
import { Problem } from "../../core/problem.ts";
import { MAX_RECORD } from "./source-options.ts";

export type Attributes = Readonly<Record<string, string>>;

/** Names come without their namespace's prefix. */
export interface XmlEvents {
  open(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Tells the events of each chunk and then yields, so that what they gave can be handed on.
 * @throws Problem SOURCE_MALFORMED
 */
export async function* xmlEvents(
  where: string,
  chunks: AsyncIterable<Buffer>,
  events: XmlEvents,
): AsyncIterable<void> {
  const parser = new BoundedParser(events);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) {
      parser.write(decoder.decode(chunk, { stream: true }));
      yield;
    }
    parser.end(decoder.decode());
    yield;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("SOURCE_MALFORMED", `${where}: ${(error as Error).message}`, error);
  }
}

/** For a part of which only the end result counts. */
export async function readXml(
  where: string,
  chunks: AsyncIterable<Buffer>,
  events: XmlEvents,
): Promise<void> {
  for await (const _ of xmlEvents(where, chunks, events));
}

class BoundedParser {
  // Without positions it is three times as fast.
  readonly #parser = new SaxesParser<{ position: false; xmlns: false }>({
    position: false,
    xmlns: false,
  });
  /** Characters since the last event: the parser gathers a text, however long, before it tells it. */
  #gathered = 0;

  constructor(events: XmlEvents) {
    const parser = this.#parser;
    const happened = (): void => {
      this.#gathered = 0;
    };
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("doctype", () => {
      throw new RangeError("a document type, which no workbook has");
    });
    parser.on("opentag", ({ name, attributes }) => {
      happened();
      events.open(localName(name), attributes);
    });
    parser.on("text", (text) => {
      happened();
      events.text?.(text);
    });
    parser.on("cdata", (text) => events.text?.(text));
    parser.on("closetag", ({ name }) => {
      happened();
      events.close?.(localName(name));
    });
  }

  write(text: string): void {
    this.#gathered += text.length;
    this.#parser.write(text);
    if (this.#gathered > MAX_RECORD) throw new RangeError("a text longer than any record");
  }

  end(text: string): void {
    this.#parser.write(text).close();
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
