/** Reads the pages that `./lz pages` built, once, into memory: they take less than four megabytes. */
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** As src/http/pages/page-file.ts has it. */
export interface ReadPageFile {
  readonly mediaType: string;
  readonly body: Uint8Array;
  brotli(): Promise<Uint8Array | null>;
  readonly entityTag: string;
  readonly isImmutable: boolean;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};
/** Those names hold a hash of what is in the file. */
const HASHED = "/assets/";

const compress = promisify(brotliCompress);

/** @returns the files by their addresses; none where the folder isn't there. */
export async function readPages(folder: string): Promise<ReadonlyMap<string, ReadPageFile>> {
  const names = await namesIn(folder);
  const files = names.map(async (name): Promise<[string, ReadPageFile]> => {
    const address = `/${name.split(sep).join("/")}`;
    return [address, pageFile(address, await readFile(join(folder, name)))];
  });
  return new Map(await Promise.all(files));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && extname(entry.name) in MEDIA_TYPES);
    return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function pageFile(address: string, body: Buffer): ReadPageFile {
  const mediaType = MEDIA_TYPES[extname(address)] as string;
  let compressed: Promise<Uint8Array | null> | null = null;
  return {
    ...{ mediaType, body },
    // When it is first asked for: all of them at once are a third of what a service's start takes.
    brotli: () => (compressed ??= smaller(body)),
    entityTag: `"${createHash("sha256").update(body).digest("base64url")}"`,
    isImmutable: address.startsWith(HASHED),
  };
}

/** Beside the event loop, which others wait for. */
async function smaller(body: Buffer): Promise<Uint8Array | null> {
  const compressed = await compress(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
  return compressed.length < body.length ? compressed : null;
}
