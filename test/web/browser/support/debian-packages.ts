/** Programs of Debian that browser tests need: installed where they are missing. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const CHROMIUM = "/usr/bin/chromium";
/** Without it every Chinese character is an empty box, and is measured as one. */
const CHINESE_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

/** @returns the path of Chromium. @throws where it is neither there nor can be installed */
export function installChromium(): string {
  const missing = [
    ...(existsSync(CHROMIUM) ? [] : ["chromium"]),
    ...(existsSync(CHINESE_FONT) ? [] : ["fonts-noto-cjk"]),
  ];
  if (missing.length > 0) install(missing);
  return CHROMIUM;
}

function install(packages: readonly string[]): void {
  try {
    execFileSync("apt-get", ["update"], { stdio: "pipe" });
    const flags = ["install", "-y", "--no-install-recommends"];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", [...flags, ...packages], { stdio: "pipe", env });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? error).slice(0, 300);
    throw new Error(`${packages.join(", ")} is missing and can't be installed: ${said}`);
  }
}
