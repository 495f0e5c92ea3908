/** A PKCS#11 token in software, with the tool that talks to any: SoftHSM and OpenSC, Debian's packages. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const PROGRAMS = ["/usr/bin/softhsm2-util", "/usr/bin/pkcs11-tool"];

/** Installs both where they are missing. @throws where they can't be */
export function installToken(): void {
  if (PROGRAMS.every((program) => existsSync(program))) return;
  try {
    execFileSync("apt-get", ["update"], { stdio: "pipe" });
    const flags = ["install", "-y", "--no-install-recommends"];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", [...flags, "softhsm2", "opensc"], { stdio: "pipe", env });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? error);
    throw new Error(`SoftHSM and OpenSC are missing and can't be installed: ${said.slice(0, 300)}`);
  }
}
