/**
 * Makes durable what SQLite has committed to its write-ahead log, without holding up the process meanwhile: SQLite
 * itself would wait for the disk on the event loop. A sync is the file's, whoever wrote to it.
 */
import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import { Checkpoints } from "./checkpoints.ts";

const sync = promisify(fdatasync);

export class WriteAheadLog {
  readonly #descriptor: number;
  readonly #checkpoints: Checkpoints;
  #failure: unknown = null;

  /** @param database a file, whose log is there as long as it is open. @throws Error of the file system */
  constructor(database: string) {
    this.#descriptor = openSync(`${database}-wal`, "r+");
    this.#checkpoints = new Checkpoints(database);
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
    this.#checkpoints.count();
  }

  /** Before the database is closed. */
  async close(): Promise<void> {
    await this.#checkpoints.end();
    closeSync(this.#descriptor);
  }
}
