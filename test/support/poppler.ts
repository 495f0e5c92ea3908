/** Poppler, a PDF reader that is not ours, and a font: Debian's packages, installed where they are missing. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

export interface ReadPdf {
  /** The text layer in the order it was written. */
  readonly text: string;
  /** A PNG of each page. */
  readonly pictures: readonly Uint8Array[];
  /** What `pdfinfo` and `pdffonts` say. */
  readonly info: string;
  readonly fonts: string;
}

/** @param dpi of the pictures; 0 for none */
export function readPdf(pdf: Uint8Array, dpi = 0): ReadPdf {
  const folder = mkdtempSync(join(tmpdir(), "lz-pdf-"));
  try {
    const file = join(folder, "a.pdf");
    writeFileSync(file, pdf);
    const text = poppler("pdftotext", ["-raw", file, "-"]);
    if (dpi > 0) poppler("pdftoppm", ["-r", String(dpi), "-png", file, join(folder, "page")]);
    const pages = readdirSync(folder).filter((name) => name.endsWith(".png"));
    const pictures = pages.sort().map((name) => new Uint8Array(readFileSync(join(folder, name))));
    const [info, fonts] = [poppler("pdfinfo", [file]), poppler("pdffonts", [file])];
    return { text, pictures, info, fonts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function poppler(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    install("poppler-utils");
    return execFileSync(program, args, { encoding: "utf8", stdio: "pipe" });
  }
}

/** DejaVu Sans, Debian's package: it has signs that fonts for Chinese lack. */
export function dejaVuFont(): string {
  if (!existsSync(DEJAVU)) install("fonts-dejavu-core");
  return DEJAVU;
}

function install(name: string): void {
  execFileSync("apt-get", ["update"], { stdio: "pipe" });
  execFileSync("apt-get", ["install", "-y", "--no-install-recommends", name], { stdio: "pipe" });
}
