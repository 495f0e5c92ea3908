/** Passwords from files. What the terminal does is proven in test/e2e/keys.test.ts. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { passwordsFrom } from "../../../src/adapters/keys/passwords.ts";

const folder = mkdtempSync(join(tmpdir(), "lz-passwords-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;
function fileOf(content: string): string {
  const file = join(folder, String(++count));
  writeFileSync(file, content);
  return file;
}

const from = (file: string): ReturnType<typeof passwordsFrom> =>
  passwordsFrom({ current: file, fresh: file });

describe("a password file", () => {
  it.each([
    ["with a line end", "correct horse battery\n"],
    ["with a line end of Windows", "correct horse battery\r\n"],
    ["without one", "correct horse battery"],
  ])("holds one line, %s", async (_what, content) => {
    expect(await from(fileOf(content)).current("a.key")).toBe("correct horse battery");
    expect(await from(fileOf(content)).fresh("a.key")).toBe("correct horse battery");
  });

  it("means the same however its characters were composed", async () => {
    const [composed, decomposed] = ["caf\u00e9 au lait, svp", "cafe\u0301 au lait, svp"];
    expect(await from(fileOf(decomposed)).current("a.key")).toBe(composed);
  });

  it("keeps blanks, which belong to the password", async () => {
    expect(await from(fileOf(" two blanks \n")).current("a.key")).toBe(" two blanks ");
  });

  it.each([
    ["is not there", () => join(folder, "none")],
    ["is empty", () => fileOf("\n")],
    ["is a folder", () => folder],
    ["is larger than any password", () => fileOf("x".repeat(1_025))],
  ])("that %s is KEY_PASSWORD_MISSING, with its name", async (_what, file) => {
    const path = file();
    const missing = { code: "KEY_PASSWORD_MISSING", detail: expect.stringContaining(path) };
    await expect(from(path).current("a.key")).rejects.toMatchObject(missing);
    await expect(from(path).fresh("a.key")).rejects.toMatchObject(missing);
  });

  it("does for a new key from 12 characters on: KEY_PASSWORD_UNFIT", async () => {
    expect(await from(fileOf("口令口令口令口令口令口令")).fresh("a.key")).toHaveLength(12);
    const short = fileOf("elevenchars");
    await expect(from(short).fresh("a.key")).rejects.toMatchObject({
      code: "KEY_PASSWORD_UNFIT",
      detail: `${short}: too short`,
    });
    expect(await from(short).current("a.key")).toBe("elevenchars");
  });
});
