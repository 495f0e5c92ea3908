/** The worker that finds a QR code in a picture, by zxing-wasm; its wasm comes from this service alone. */
import type { ReaderOptions } from "zxing-wasm/reader";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import { answerCalls } from "../judging/worker-calls.ts";

void prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });

/** A frame of a camera: light modules on dark are no screen's or print's. */
const FRAME: ReaderOptions = {
  ...{ formats: ["QRCode"], tryHarder: true, tryInvert: false, maxNumberOfSymbols: 1 },
};
/** A picture is looked at once, so with more patience. */
const PICTURE: ReaderOptions = { ...FRAME, tryInvert: true };
/** What lies in the aiming frame, of the picture's shorter side. */
const CROP = 0.72;
const ENLARGED = 2;
/** A photograph of a page has more pixels than modules need. */
const LARGEST = 2_400;

const calls = {
  /** Closes the picture. @returns null where no code is found */
  read: async (picture: ImageBitmap, kind: "frame" | "picture"): Promise<string | null> => {
    try {
      const options = kind === "frame" ? FRAME : PICTURE;
      return (
        (await readIn(wholeOf(picture), options)) ?? (await readIn(centreOf(picture), options))
      );
    } finally {
      picture.close();
    }
  },
};

export type CodeReaderCalls = typeof calls;

answerCalls(calls);

async function readIn(pixels: ImageData, options: ReaderOptions): Promise<string | null> {
  const [found] = await readBarcodes(pixels, options);
  return found?.isValid === true ? found.text : null;
}

function wholeOf(picture: ImageBitmap): ImageData {
  const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width * scale, picture.height * scale].map(Math.round);
  return pixelsOf(picture, [0, 0, picture.width, picture.height], width ?? 1, height ?? 1);
}

/** Twice as large: half a pixel per module more is what decides whether a far code is read. */
function centreOf(picture: ImageBitmap): ImageData {
  const side = Math.round(Math.min(picture.width, picture.height) * CROP);
  const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2];
  const size = Math.min(side * ENLARGED, LARGEST);
  return pixelsOf(picture, [x, y, side, side], size, size);
}

type Area = readonly [x: number, y: number, width: number, height: number];

function pixelsOf(picture: ImageBitmap, area: Area, width: number, height: number): ImageData {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas to draw on");
  // A picture may be transparent where its paper is.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, ...area, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
