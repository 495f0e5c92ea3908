/** What a clerk drops or chooses: a certificate file, a picture of a code, or a text file with a code's text. */
import type { Given } from "../../core/verify/case.ts";
import type { Words } from "../../core/words.ts";
import { SCANNING } from "./words.ts";

const MAX_BYTES = 10 * 2 ** 20;
const PICTURE = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;
/** Nothing that is text has it. */
const NUL = "\u0000";

/** What is there to be judged, or why there is nothing. */
export type Dropped =
  { readonly given: Given } | { readonly trouble: Words; readonly help?: Words };

interface PictureReader {
  readPicture(file: Blob): Promise<string | null>;
}

/** Never throws. */
export async function readDropped(file: File, reader: PictureReader): Promise<Dropped> {
  if (file.size > MAX_BYTES) return { trouble: SCANNING.tooLarge };
  if (file.type.startsWith("image/") || PICTURE.test(file.name)) return readPicture(file, reader);
  return readText(await file.text());
}

async function readPicture(file: File, reader: PictureReader): Promise<Dropped> {
  try {
    const text = await reader.readPicture(file);
    if (text !== null) return { given: { qr: text } };
    return { trouble: SCANNING.noCode, help: SCANNING.noCodeHelp };
  } catch {
    return { trouble: SCANNING.notKnown };
  }
}

function readText(text: string): Dropped {
  if (text.includes(NUL) || text.trim() === "") return { trouble: SCANNING.notKnown };
  return { given: givenOf(text) };
}

/** A text that somebody pasted or that a file holds: a certificate file begins with a brace, a code never does. */
export function givenOf(text: string): Given {
  const trimmed = text.trim();
  return trimmed.startsWith("{") ? { file: trimmed } : { qr: trimmed };
}
