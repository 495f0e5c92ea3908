/** Reads the QR code in a picture (PNG, JPEG, …) with ZXing. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { Problem } from "../../core/problem.ts";

const require = createRequire(import.meta.url);

/** The decoder is given its WebAssembly, or it would fetch it from elsewhere. */
async function prepareDecoder(): Promise<void> {
  const wasmBinary = await readFile(require.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
}

/** @returns the code's text. @throws Problem QR_NOT_FOUND */
export async function readQr(picture: Uint8Array, name: string): Promise<string> {
  await prepareDecoder();
  const [code] = await readBarcodes(new Uint8Array(picture), {
    formats: ["QRCode"],
    tryHarder: true,
    maxNumberOfSymbols: 1,
  }).catch((error: unknown) => {
    throw new Problem("QR_NOT_FOUND", name, error);
  });
  if (code?.isValid !== true) throw new Problem("QR_NOT_FOUND", name);
  return code.text;
}
