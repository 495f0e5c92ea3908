import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JsonLog } from "../../../src/adapters/telemetry/json-log.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lz-log-"));
  file = join(folder, "service.log");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function linesOf(path: string): Record<string, unknown>[] {
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("the log of a service", () => {
  it("has one line of JSON for each event, in order, with its time and what every line says", async () => {
    const log = new JsonLog({ level: "info", file }, { process: 2 });
    log.write("info", "request", { status: 200, route: null });
    log.write("error", "fault", { code: "INTERNAL" });
    await nextTurn();
    const [first, second] = linesOf(file);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(first).toEqual({
      time,
      level: "info",
      event: "request",
      process: 2,
      status: 200,
      route: null,
    });
    expect(second).toEqual({ time, level: "error", event: "fault", process: 2, code: "INTERNAL" });
  });

  it("keeps a line a line, whatever is in it", async () => {
    const log = new JsonLog({ level: "info", file });
    log.write("info", "odd", { detail: 'a\nb\r\n{"level":"error"}\u2028' });
    await nextTurn();
    expect(linesOf(file)).toHaveLength(1);
  });

  it("leaves out what is less than its level", async () => {
    const log = new JsonLog({ level: "warn", file });
    for (const level of ["debug", "info", "warn", "error"] as const) log.write(level, "event");
    await nextTurn();
    expect(linesOf(file).map(({ level }) => level)).toEqual(["warn", "error"]);
  });

  it("is not for everybody on the machine", () => {
    new JsonLog({ level: "info", file });
    expect(statSync(file).mode & 0o007).toBe(0);
  });

  it("goes on in a new file after its own was moved away and it was opened anew: no line is lost", () => {
    const log = new JsonLog({ level: "info", file });
    log.write("info", "before");
    renameSync(file, `${file}.1`);
    log.reopen({ level: "error", file })();
    log.write("info", "left-out");
    log.write("error", "after");
    log.flush();
    expect(linesOf(`${file}.1`).map(({ event }) => event)).toEqual(["before"]);
    expect(linesOf(file).map(({ event }) => event)).toEqual(["after"]);
  });

  it("refuses a file that can't be opened, and goes on in the old one", () => {
    const log = new JsonLog({ level: "info", file });
    expect(() => log.reopen({ level: "info", file: join(file, "below") })).toThrow(/ENOTDIR/);
    log.write("info", "still-here");
    log.flush();
    expect(linesOf(file)).toHaveLength(1);
  });

  it("survives a full disk: it goes on, and says how many lines were lost", () => {
    const log = new JsonLog({ level: "info", file: "/dev/full" });
    const wide = { detail: "x".repeat(1_000) };
    for (let i = 0; i < 1_200; i++) log.write("info", "filling", wide);
    log.flush();
    log.reopen({ level: "info", file })();
    log.flush();
    const [first, ...rest] = linesOf(file);
    expect(first).toMatchObject({ event: "log-lines-lost", lines: 1_200 - rest.length });
    expect(rest.length).toBeGreaterThan(800);
    log.write("info", "well-again");
    log.flush();
    expect(linesOf(file).filter(({ event }) => event === "log-lines-lost")).toHaveLength(1);
  });

  it("writes to the standard error stream where no file is named", () => {
    expect(() => {
      const log = new JsonLog({ level: "error", file: null });
      log.write("info", "unheard");
      log.flush();
      log.reopen({ level: "error", file: null })();
    }).not.toThrow();
  });
});
