/** The kernel's binaries are what its sources compile to: nobody can slip in another. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { PROJECT } from "../../support/command.ts";

const KERNEL = join(PROJECT, "src", "adapters", "hashing", "kernel");
const COMPILER = join(PROJECT, "node_modules", "assemblyscript", "bin", "asc.js");
/** The part of the global that is used here: the compiler's library has it for browsers alone. */
declare const WebAssembly: {
  readonly Module: { new (bytes: Uint8Array): object; imports(module: object): unknown[] };
};
const folder = mkdtempSync(join(tmpdir(), "lz-kernel-"));

afterAll(() => rmSync(folder, { recursive: true }));

function compile(target: string): Buffer {
  const outFile = join(folder, `${target}.wasm`);
  const config = join(KERNEL, "asconfig.json");
  const args = ["--config", config, "--target", target, "--outFile", outFile];
  execFileSync(process.execPath, [COMPILER, ...args], { stdio: "inherit" });
  return readFileSync(outFile);
}

describe("the hashing kernel", () => {
  it.each(["simd", "scalar"])("of the build '%s' is what its source compiles to", (target) => {
    const committed = readFileSync(join(KERNEL, `${target}.wasm`));
    const isSame = compile(target).equals(committed);
    expect(
      isSame ||
        `compile it: node_modules/.bin/asc --config ${KERNEL}/asconfig.json --target ${target}`,
    ).toBe(true);
  });

  it("needs nothing from outside: no import, so no file, no network, no clock", () => {
    for (const target of ["simd", "scalar"]) {
      const module = new WebAssembly.Module(readFileSync(join(KERNEL, `${target}.wasm`)));
      expect(WebAssembly.Module.imports(module)).toEqual([]);
    }
  });
});
