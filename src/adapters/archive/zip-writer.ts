/**
 * An archive of any number of small files (ZIP, PKWARE APPNOTE 6.3.3, with its 64-bit records), in constant
 * memory: what has to be said of every entry at the archive's end waits in a file of its own. The same entries
 * give the same bytes.
 */
import { rm, open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { crc32, deflateRawSync } from "node:zlib";
import { PRIVATE_MODE } from "../store/durable-file.ts";
import { ByteBuffer, createBeside, guarded } from "./beside-file.ts";
import type { WholeFile } from "./beside-file.ts";

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END_64 = 0x06064b50;
const DIRECTORY_LOCATOR_64 = 0x07064b50;
const DIRECTORY_END = 0x06054b50;
/** Version 4.5: 64-bit records. The upper byte says that the attributes are Unix's. */
const VERSION_NEEDED = 45;
const MADE_BY_UNIX = (3 << 8) | VERSION_NEEDED;
/** Names are in UTF-8. */
const FLAGS = 1 << 11;
const DEFLATED = 8;
/** The first of January 1980: when something was exported is no matter of the archive. */
const DATE = (1 << 5) | 1;
/** A usual file that only its owner may read. */
const ATTRIBUTES = 0o100600 * 0x10000;
const IN_EXTRA = 0xffffffff;
const EXTRA_64 = 1;
const READ_BYTES = 1 << 20;

const utf8 = new TextEncoder();

export interface ArchiveWriter {
  /** @param name with / between folders */
  add(name: string, content: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** @throws Problem DISK_FAILED */
export async function createZip(file: string): Promise<ArchiveWriter> {
  const archive = await createBeside(file);
  const directoryFile = `${file}.directory.part`;
  const directory = await guarded(directoryFile, () => open(directoryFile, "w+", PRIVATE_MODE));
  return new ZipWriter(archive, directory, directoryFile);
}

class ZipWriter implements ArchiveWriter {
  readonly #archive: WholeFile;
  readonly #directory: FileHandle;
  readonly #directoryFile: string;
  readonly #entries: ByteBuffer;
  #offset = 0;
  #count = 0;
  #directoryBytes = 0;

  constructor(archive: WholeFile, directory: FileHandle, directoryFile: string) {
    this.#archive = archive;
    this.#directory = directory;
    this.#directoryFile = directoryFile;
    this.#entries = new ByteBuffer(async (bytes) => {
      await guarded(directoryFile, () => directory.writeFile(bytes));
    });
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    const encoded = utf8.encode(name);
    const packed = deflateRawSync(content, { level: 1 });
    const what = { sum: crc32(content), packed: packed.length, size: content.length };
    const entry = directoryEntry(encoded, { ...what, offset: this.#offset });
    await this.#put(localHeader(encoded, what));
    await this.#put(packed);
    await this.#entries.write(entry);
    this.#directoryBytes += entry.length;
    this.#count++;
  }

  async finish(): Promise<void> {
    await this.#entries.flush();
    const directoryAt = this.#offset;
    await this.#copyDirectory();
    await this.#put(archiveEnd(this.#count, directoryAt, this.#directoryBytes));
    await this.#forgetDirectory();
    await this.#archive.finish();
  }

  async discard(): Promise<void> {
    await this.#forgetDirectory();
    await this.#archive.discard();
  }

  async #put(bytes: Uint8Array): Promise<void> {
    await this.#archive.write(bytes);
    this.#offset += bytes.length;
  }

  async #copyDirectory(): Promise<void> {
    const buffer = new Uint8Array(READ_BYTES);
    for (let at = 0; at < this.#directoryBytes;) {
      const { bytesRead } = await this.#directory.read(buffer, 0, READ_BYTES, at);
      await this.#put(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  }

  async #forgetDirectory(): Promise<void> {
    await this.#directory.close().catch(() => undefined);
    await rm(this.#directoryFile, { force: true }).catch(() => undefined);
  }
}

interface Entry {
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
}

/** 4.3.7 */
function localHeader(name: Uint8Array, { sum, packed, size }: Entry): Uint8Array {
  const record = new Record(30 + name.length);
  record.four(LOCAL_HEADER).two(VERSION_NEEDED).two(FLAGS).two(DEFLATED).two(0).two(DATE);
  record.four(sum).four(packed).four(size).two(name.length).two(0);
  return record.end(name);
}

/** 4.3.12, with the offset in an extra field (4.5.3), as one beyond 4 GB needs it. */
function directoryEntry(
  name: Uint8Array,
  { sum, packed, size, offset }: Entry & { readonly offset: number },
): Uint8Array {
  const extra = new Record(12).two(EXTRA_64).two(8).eight(offset).end();
  const record = new Record(46 + name.length + extra.length);
  record.four(DIRECTORY_ENTRY).two(MADE_BY_UNIX).two(VERSION_NEEDED).two(FLAGS).two(DEFLATED);
  record.two(0).two(DATE).four(sum).four(packed).four(size);
  record.two(name.length).two(extra.length).two(0).two(0).two(0);
  record.four(ATTRIBUTES).four(IN_EXTRA);
  return record.end(name, extra);
}

/** 4.3.14 to 4.3.16 */
function archiveEnd(count: number, offset: number, bytes: number): Uint8Array {
  const record = new Record(56 + 20 + 22);
  record.four(DIRECTORY_END_64).eight(44).two(MADE_BY_UNIX).two(VERSION_NEEDED).four(0).four(0);
  record.eight(count).eight(count).eight(bytes).eight(offset);
  record
    .four(DIRECTORY_LOCATOR_64)
    .four(0)
    .eight(offset + bytes)
    .four(1);
  const shown = Math.min(count, 0xffff);
  record.four(DIRECTORY_END).two(0).two(0).two(shown).two(shown);
  return record.four(Math.min(bytes, IN_EXTRA)).four(IN_EXTRA).two(0).end();
}

/** Numbers one after another, lowest byte first. */
class Record {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.#bytes = new Uint8Array(length);
    this.#view = new DataView(this.#bytes.buffer);
  }

  two(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  four(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  eight(value: number): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }

  end(...rest: readonly Uint8Array[]): Uint8Array {
    for (const bytes of rest) {
      this.#bytes.set(bytes, this.#at);
      this.#at += bytes.length;
    }
    return this.#bytes;
  }
}
