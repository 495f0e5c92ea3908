/** A disk of its own that is nearly full: a file system in memory of a given size. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

export interface SmallDisk {
  readonly folder: string;
  /** Makes it as large as that, in KiB. */
  resize(size: number): void;
  unmount(): void;
}

/** @param size in KiB. @returns null where this machine lets nobody mount */
export function mountSmallDisk(folder: string, size: number): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  try {
    mount(["-t", "tmpfs", "-o", `size=${String(size)}k`, "tmpfs", folder]);
  } catch {
    return null;
  }
  return {
    folder,
    resize: (larger) => {
      mount(["-o", `remount,size=${String(larger)}k`, folder]);
    },
    unmount: () => {
      execFileSync("umount", [folder], { stdio: "pipe" });
    },
  };
}

function mount(args: readonly string[]): void {
  execFileSync("mount", args, { stdio: "pipe" });
}
