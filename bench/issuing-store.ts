/** The embedded store as issuing would fill it: pages and trees in SQLite, numbers checked for doubles. */
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import { NumberSet } from "../src/app/issue/number-set.ts";
import type { IssuedBatch } from "./issuing-worker.ts";
import type { Stages } from "./stages.ts";
import { StageClock } from "./stages.ts";

/**
 * Large database pages, since what is kept is in blobs of tens of kilobytes. With a rollback journal what is
 * only ever appended is written once, with a write-ahead log twice.
 */
const SETTINGS = [
  "PRAGMA page_size = 32768",
  "PRAGMA journal_mode = DELETE",
  "PRAGMA synchronous = FULL",
  "PRAGMA cache_size = -65536",
  "CREATE TABLE batches (id INTEGER PRIMARY KEY, size INTEGER, nodes BLOB) STRICT",
  "CREATE TABLE pages (id INTEGER PRIMARY KEY, batch INTEGER, content BLOB) STRICT",
];
const BATCHES_PER_TRANSACTION = 4;

export class IssuingStore {
  readonly #database: DatabaseSync;
  readonly #addBatch: StatementSync;
  readonly #addPage: StatementSync;
  readonly #numbers = new NumberSet();
  readonly #clock = new StageClock();
  #batches = 0;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    for (const setting of SETTINGS) this.#database.exec(setting);
    this.#addBatch = this.#database.prepare("INSERT INTO batches (size, nodes) VALUES (?, ?)");
    this.#addPage = this.#database.prepare("INSERT INTO pages (batch, content) VALUES (?, ?)");
  }

  add({ size, numbers, nodes, pages }: IssuedBatch): void {
    this.#clock.lap();
    for (const number of numbers) {
      if (!this.#numbers.add(number)) throw new Error(`${number} is there twice`);
    }
    this.#clock.lap("numbers, looked up");
    if (this.#batches % BATCHES_PER_TRANSACTION === 0) this.#database.exec("BEGIN");
    const { lastInsertRowid: batch } = this.#addBatch.run(size, nodes);
    for (const page of pages) this.#addPage.run(batch, page);
    this.#batches++;
    if (this.#batches % BATCHES_PER_TRANSACTION === 0) this.#database.exec("COMMIT");
    this.#clock.lap("SQLite");
  }

  /** @returns what its stages took */
  close(): Stages {
    this.#clock.lap();
    if (this.#batches % BATCHES_PER_TRANSACTION !== 0) this.#database.exec("COMMIT");
    this.#database.close();
    this.#clock.lap("SQLite");
    return this.#clock.stages;
  }
}
