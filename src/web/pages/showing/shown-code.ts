/** What is held up: the pictures of one code or of several in turn, and until when they are accepted. */
import { MAX_SINGLE_BYTES, toQrParts } from "../../../core/presentation/qr-parts.ts";
import { toQrText } from "../../../core/presentation/qr-text.ts";
import type { DrawnCode } from "../../parts/code-drawing.ts";
import { drawCodes, shownWidth } from "../../parts/code-drawing.ts";
import type { Present } from "./present-held.ts";
import { LIFE_SECONDS } from "./present-held.ts";
import type { Fresh } from "./renewal.ts";

/** How long each of several codes is shown, in milliseconds: five a second. */
export const TURN_MS = 200;

/** `offline` holds everything; `reference` is short, and the counter fetches the rest, once. */
export type CodeKind = "offline" | "reference";

/** Leaves a presentation (`LZ1:…`) with the service. @returns the text of the code that refers to it */
export type LeaveReference = (presentation: string) => Promise<string>;

/** What a code is shown on. */
export interface CodeScreen {
  /** In CSS pixels. */
  readonly width: number;
  /** Its own dots for each CSS pixel. */
  readonly ratio: number;
}

/** CSS pixels of a square: half a millimetre where 360 of them are 67 mm, as on a phone. */
const LEAST_SQUARE = 2.7;

/** @param now milliseconds since 1970 */
export async function makeOffline(
  present: Present,
  now: number,
  screen: CodeScreen,
): Promise<Fresh<DrawnCode>> {
  const seconds = Math.floor(now / 1000);
  return fresh(drawOffline(await present(seconds), screen), seconds);
}

/** Codes of over 850 bytes are hard to read, and so are those too fine for the screen: they are shown in parts. */
function drawOffline(presentation: Uint8Array, { width, ratio }: CodeScreen): DrawnCode {
  if (presentation.length > MAX_SINGLE_BYTES) return drawCodes(toQrParts(presentation));
  const code = drawCodes([toQrText(presentation)]);
  const square = shownWidth(code, width, ratio) / code.side;
  return square < LEAST_SQUARE ? drawCodes(toQrParts(presentation)) : code;
}

/** @param now milliseconds since 1970 */
export async function makeReference(
  present: Present,
  leave: LeaveReference,
  now: number,
): Promise<Fresh<DrawnCode>> {
  const seconds = Math.floor(now / 1000);
  const text = await leave(toQrText(await present(seconds)));
  return fresh(drawCodes([text]), seconds);
}

function fresh(code: DrawnCode, seconds: number): Fresh<DrawnCode> {
  return { code, endsAt: (seconds + LIFE_SECONDS) * 1000 };
}
