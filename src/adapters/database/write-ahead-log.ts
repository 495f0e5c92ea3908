/**
 * Makes durable what SQLite has committed to its write-ahead log, without holding up the process meanwhile: SQLite
 * itself would wait for the disk on the event loop. A sync is the file's, whoever wrote to it.
 */
import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";

const sync = promisify(fdatasync);

export class WriteAheadLog {
  readonly #descriptor: number;
  #failure: unknown = null;

  /** @param file there as long as its database is open. @throws Error of the file system */
  constructor(file: string) {
    this.#descriptor = openSync(file, "r+");
  }

  /**
   * What the disk once failed to take, the system may have dropped and call written the next time: after one failure
   * nothing is promised any more, until the file was opened anew.
   * @throws Error of the file system
   */
  requireSound(): void {
    if (this.#failure !== null) throw this.#failure as Error;
  }

  /** Resolves once all is durable that was committed before the call. @throws Error of the file system */
  async sync(): Promise<void> {
    try {
      await sync(this.#descriptor);
    } catch (error) {
      this.#failure ??= error;
    }
    this.requireSound();
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
