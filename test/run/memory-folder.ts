/**
 * A folder in memory for what tests write: stores wait for the disk at each commit, as they must, and tests
 * commit a hundred thousand times.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const MEMORY = "/dev/shm";
const PREFIX = "lz-test-run-";
/** In bytes: far more than a run takes. */
const LEAST_FREE = 4 * 2 ** 30;
/** As /tmp itself: PostgreSQL runs as another user. */
const EVERYBODYS = 0o1777;

/** @returns it, gone when this process ends; null where there is no such place, or too little room in it */
export function openMemoryFolder(): string | null {
  if (!existsSync(MEMORY) || freeBytes() < LEAST_FREE) return null;
  removeForgotten();
  const folder = join(MEMORY, `${PREFIX}${String(process.pid)}`);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  remove();
  mkdirSync(folder);
  chmodSync(folder, EVERYBODYS);
  process.once("exit", remove);
  return mayRunPrograms(folder) ? folder : null;
}

function freeBytes(): number {
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, process.availableMemory());
}

/** Of runs that were killed. */
function removeForgotten(): void {
  for (const name of readdirSync(MEMORY)) {
    if (!name.startsWith(PREFIX) || existsSync(`/proc/${name.slice(PREFIX.length)}`)) continue;
    rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

/** In some containers nothing that lies there may be run, and some tests write programs. */
function mayRunPrograms(folder: string): boolean {
  const program = join(folder, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o700 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}
