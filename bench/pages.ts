/** `./lz bench pages`: what is claimed of the pages, measured in a real browser. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Row } from "./report.ts";

const MEASURE = join(import.meta.dirname, "web", "measure.ts");
const TIME_LIMIT_MS = 900_000;

export interface PagesBenchOptions {
  /** A glance: fewer rounds, a smaller trust pack. */
  readonly isQuick: boolean;
}

/** In a process of its own, since what runs in pages is typed and built as they are. @throws Error where it broke off */
export async function benchPages(options: PagesBenchOptions): Promise<Row[]> {
  const args = ["--disable-warning=ExperimentalWarning", MEASURE, JSON.stringify(options)];
  const child = spawn(process.execPath, args, {
    ...{ stdio: ["ignore", "pipe", "inherit"], timeout: TIME_LIMIT_MS },
  });
  const rows = JSON.parse((await text(child.stdout)) || "null") as Row[] | null;
  if (rows === null) throw new Error("measuring the pages broke off");
  return rows;
}
