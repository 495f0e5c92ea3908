/**
 * Loaded into a measured process before its own program: writes what the process has used when it ends, to the file
 * that was opened for it.
 *
 *     node --import bench/usage-report.ts PROGRAM 3>FILE
 *
 * The file's name is no part of this module's address: its compiled code would not be found again in the cache, and
 * every thread would load a compiler for TypeScript first.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import type { Usage } from "./measured-process.ts";

/** The first after input, output and errors. */
const REPORT = 3;
const STATUS = "/proc/self/status";

// Threads load it too; the process is one.
if (isMainThread) process.once("exit", writeUsage);

function writeUsage(): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const own = process.threadCpuUsage();
  const usage: Usage = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    mainSeconds: (own.user + own.system) / 1e6,
    peakMegabytes: (peakKilobytes() ?? maxRSS) / 1024,
  };
  writeFileSync(REPORT, JSON.stringify(usage));
}

/** Of this program alone: what Linux tells as maxRSS counts the process that started it too. */
function peakKilobytes(): number | null {
  if (!existsSync(STATUS)) return null;
  const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, "utf8")) ?? [];
  return peak === undefined ? null : Number(peak);
}
