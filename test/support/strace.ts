/** strace, which makes single system calls of a process fail: Debian's package, installed where it is missing. */
import { execFileSync } from "node:child_process";

const APT = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

/** @throws where it is neither there nor can be installed, or may not trace */
export function installStrace(): void {
  if (!canTrace()) install();
  if (!canTrace()) throw new Error("strace is installed but may not trace processes here");
}

function canTrace(): boolean {
  try {
    execFileSync("strace", ["-f", "-o", "/dev/null", "true"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

function install(): void {
  try {
    execFileSync("apt-get", ["update"], { stdio: "pipe" });
    const flags = ["install", "-y", "--no-install-recommends"];
    execFileSync("apt-get", [...flags, "strace"], { stdio: "pipe", env: APT });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? error);
    throw new Error(`strace is missing and can't be installed: ${said.slice(0, 300)}`);
  }
}
