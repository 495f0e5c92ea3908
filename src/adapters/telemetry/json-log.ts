/**
 * The log as lines of JSON, to the standard error stream or a file. What comes within one turn of the loop
 * is written at once; the order stays.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { LOG_LEVELS } from "../../ports/service-log.ts";
import type { LogLevel, LogMembers, ServiceLog } from "../../ports/service-log.ts";

const STANDARD_ERROR = 2;
/** What is kept while nothing can be written, in characters; then the oldest lines go. */
const MOST_WAITING = 1_000_000;

export interface LogPlace {
  /** What is less than this is left out. */
  readonly level: LogLevel;
  /** Null is the standard error stream. */
  readonly file: string | null;
}

export class JsonLog implements ServiceLog {
  #least: number;
  #file: string | null;
  #descriptor: number;
  #waiting = "";
  #lost = 0;
  #isAsked = false;
  readonly #members: LogMembers;

  /**
   * @param members what every line says, such as the number of the process
   * @throws Error of the file system where the file can't be opened
   */
  constructor({ level, file }: LogPlace, members: LogMembers = {}) {
    this.#least = LOG_LEVELS.indexOf(level);
    this.#file = file;
    this.#descriptor = descriptorOf(file);
    this.#members = members;
  }

  write(level: LogLevel, event: string, members: LogMembers = {}): void {
    if (LOG_LEVELS.indexOf(level) < this.#least) return;
    const time = new Date().toISOString();
    this.#waiting += `${JSON.stringify({ time, level, event, ...this.#members, ...members })}\n`;
    if (this.#isAsked) return;
    this.#isAsked = true;
    setImmediate(() => {
      this.#isAsked = false;
      this.flush();
    });
  }

  /** Writes what waits: before the process ends. */
  flush(): void {
    const text = this.#waiting;
    if (text === "") return;
    this.#waiting = "";
    try {
      writeWhole(this.#descriptor, this.#lossLine() + text);
      this.#lost = 0;
    } catch {
      this.#keep(text);
    }
  }

  /**
   * Opens the file anew, so that it can be rotated, or another one.
   * @returns to be called for the change-over
   * @throws Error of the file system; then it goes on in the old one
   */
  reopen({ level, file }: LogPlace): () => void {
    const descriptor = descriptorOf(file);
    return () => {
      this.flush();
      if (this.#file !== null) closeSync(this.#descriptor);
      this.#least = LOG_LEVELS.indexOf(level);
      this.#file = file;
      this.#descriptor = descriptor;
    };
  }

  /** A disk that is full must not end the service: what can't be written waits, up to a limit. */
  #keep(text: string): void {
    this.#waiting = text + this.#waiting;
    while (this.#waiting.length > MOST_WAITING) {
      this.#waiting = this.#waiting.slice(this.#waiting.indexOf("\n") + 1);
      this.#lost++;
    }
  }

  #lossLine(): string {
    if (this.#lost === 0) return "";
    const line = { time: new Date().toISOString(), level: "error", event: "log-lines-lost" };
    return `${JSON.stringify({ ...line, ...this.#members, lines: this.#lost })}\n`;
  }
}

/** Others on the machine have no business with it. */
function descriptorOf(file: string | null): number {
  return file === null ? STANDARD_ERROR : openSync(file, "a", 0o640);
}

function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}
