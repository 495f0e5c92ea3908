/** A thread of `Checkpoints`. */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { CheckpointOrder } from "./checkpoints.ts";

const { file } = workerData as { readonly file: string };
const database = new DatabaseSync(file);
// Where another is at it already, that will do.
database.exec("PRAGMA busy_timeout = 0");

parentPort?.on("message", (order: CheckpointOrder) => {
  if (order === "take over") database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  else end();
});

function end(): void {
  database.close();
  parentPort?.close();
}
