/** Whoever calls ./lz first, from whatever folder, has the pages built. */
import { expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
const ASK = `
  const { resolveConfig } = await import(process.argv[1]);
  const { root, build } = await resolveConfig({ configFile: process.argv[2] }, "build");
  console.log(JSON.stringify([root, build.outDir]));`;

test("the pages are built from their own folder, wherever the command is called", () => {
  const vite = join(ROOT, "node_modules/vite/dist/node/index.js");
  const args = ["--input-type=module", "-e", ASK, vite, join(ROOT, "vite.config.ts")];
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { stdout } = spawnSync(process.execPath, args, { cwd: tmpdir(), env, encoding: "utf8" });
  expect(JSON.parse(stdout)).toEqual([join(ROOT, "src/web"), "../../dist/pages"]);
});
