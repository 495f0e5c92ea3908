/**
 * Loaded into a measured process before its own program: writes what the process has used when it ends.
 *
 *     node --import bench/usage-report.ts?file=FILE PROGRAM
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import type { Usage } from "./measured-process.ts";

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
  writeFileSync(new URL(import.meta.url).searchParams.get("file") ?? "", JSON.stringify(usage));
}

/** Of this program alone: what Linux tells as maxRSS counts the process that started it too. */
function peakKilobytes(): number | null {
  if (!existsSync(STATUS)) return null;
  const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, "utf8")) ?? [];
  return peak === undefined ? null : Number(peak);
}
