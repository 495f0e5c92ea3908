/** What Chromium's fake camera films: a file of frames that can be changed while it runs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { makeQrCode } from "../../../../src/adapters/qr/qr-code.ts";

const WIDTH = 1280;
const HEIGHT = 720;
const PIXELS = WIDTH * HEIGHT;
/** Of the frame's height: how near the code is held. */
const CODE_SHARE = 0.6;
const QUIET_MODULES = 4;
const GREY = 96;
const PAPER = 235;
const INK = 16;
/** One, two, three or six pictures take turns in as many frames, so that the file's size stays what it is. */
const FRAMES = 6;
const FRAMES_A_SECOND = 10;
const HEADER = `YUV4MPEG2 W${String(WIDTH)} H${String(HEIGHT)} F${String(FRAMES_A_SECOND)}:1 Ip A1:1 C420jpeg\n`;

/** Brightness of every pixel, row by row, 16 to 235. */
export type Picture = Uint8Array;

export interface FakeCamera {
  /** For `--use-file-for-fake-video-capture`. */
  readonly file: string;
  /** Films these in turn from now on, each as long as the others; a camera that is open sees them within two seconds. */
  show(...pictures: readonly Picture[]): void;
  /** Films a grey wall. */
  showNothing(): void;
  remove(): void;
}

export function fakeCamera(): FakeCamera {
  const folder = mkdtempSync(join(tmpdir(), "lz-camera-"));
  const file = join(folder, "camera.y4m");
  const show: FakeCamera["show"] = (...pictures) => {
    writeFileSync(file, videoOf(pictures), { flag: "r+" });
  };
  writeFileSync(file, videoOf([greyWall()]));
  return {
    ...{ file, show, showNothing: () => show(greyWall()) },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function greyWall(): Picture {
  return new Uint8Array(PIXELS).fill(GREY);
}

/** A code of that text as the product prints it: M up to version 22, L above. */
export function codePicture(text: string): Picture {
  const { size, modules } = makeQrCode(text);
  const picture = greyWall();
  const side = size + 2 * QUIET_MODULES;
  const scale = (HEIGHT * CODE_SHARE) / side;
  const [left, top] = [(WIDTH - HEIGHT * CODE_SHARE) / 2, (HEIGHT * (1 - CODE_SHARE)) / 2];
  for (let y = 0; y < side * scale; y++) {
    for (let x = 0; x < side * scale; x++) {
      const row = Math.floor(y / scale) - QUIET_MODULES;
      const column = Math.floor(x / scale) - QUIET_MODULES;
      const isDark = isInside(size, row, column) && modules[row * size + column] === 1;
      picture[Math.floor(top + y) * WIDTH + Math.floor(left + x)] = isDark ? INK : PAPER;
    }
  }
  return picture;
}

function isInside(size: number, row: number, column: number): boolean {
  return row >= 0 && column >= 0 && row < size && column < size;
}

/** A screenshot (PNG) of a code as the camera sees it, held so that it fills so much of the frame's height. */
export async function screenshotPicture(
  browser: Browser,
  png: Uint8Array,
  share = CODE_SHARE,
): Promise<Picture> {
  const page = await browser.newPage();
  const told = { png: Buffer.from(png).toString("base64"), width: WIDTH, height: HEIGHT, share };
  const text = await page.evaluate(luminance, { ...told, grey: GREY });
  await page.close();
  return new Uint8Array(Buffer.from(text, "base64"));
}

interface Filmed {
  readonly png: string;
  readonly width: number;
  readonly height: number;
  readonly share: number;
  readonly grey: number;
}

/** Runs in the browser, which can read PNG and scale. @returns brightness in base64 */
async function luminance({ png, width, height, share, grey }: Filmed): Promise<string> {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.fillStyle = `rgb(${[grey, grey, grey].join()})`;
  context.fillRect(0, 0, width, height);
  const scale = Math.min((height * share) / image.height, width / image.width);
  const [w, h] = [image.width * scale, image.height * scale];
  context.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
  const { data } = context.getImageData(0, 0, width, height);
  let text = "";
  for (let i = 0; i < data.length; i += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3);
    text += String.fromCharCode(16 + Math.round(((0.299 * r + 0.587 * g + 0.114 * b) * 219) / 255));
  }
  return btoa(text);
}

/** YUV4MPEG2: each frame its brightness, then as much grey colour as it takes. */
function videoOf(pictures: readonly Picture[]): Uint8Array {
  if (pictures.length === 0 || FRAMES % pictures.length !== 0) {
    throw new RangeError(
      `${String(pictures.length)} pictures don't share ${String(FRAMES)} frames`,
    );
  }
  const colour = new Uint8Array(PIXELS / 2).fill(128);
  const each = FRAMES / pictures.length;
  const frames = Array.from({ length: FRAMES }, (_, i) => pictures[Math.floor(i / each)] ?? colour);
  return Buffer.concat([
    Buffer.from(HEADER),
    ...frames.flatMap((picture) => [Buffer.from("FRAME\n"), picture, colour]),
  ]);
}
