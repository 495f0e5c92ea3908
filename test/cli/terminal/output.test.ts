import { PassThrough } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import { Problem } from "../../../src/core/problem.ts";
import { createOutput, problemJson } from "../../../src/cli/terminal/output.ts";
import type { Output } from "../../../src/cli/terminal/output.ts";
import { createProgress } from "../../../src/cli/terminal/progress.ts";

type Terminal = NodeJS.WriteStream;

/** What is written to a stream that is a terminal, or is not. */
function written(isTTY: boolean, write: (stream: Terminal) => void): string {
  const stream = Object.assign(new PassThrough(), { isTTY });
  write(stream as unknown as Terminal);
  return String(stream.read() ?? "");
}

const TABLE = [
  ["11310000MB1A00001C", "上海市证照样例局", "active"],
  ["x", "a\tb\nc", ""],
] as const;

function showTable(output: Output): void {
  output.table(["code", "name", "status"], TABLE);
}

describe("output", () => {
  it("lines a table's columns up on a terminal, a Chinese character taking two places", () => {
    const text = written(true, (stream) => {
      createOutput(false, stream).table(["code", "name", "status"], [["1", "海南", "active"]]);
    });
    expect(text).toBe("code  name  status\n1     海南  active\n");
  });

  it("separates a table's cells by tabs in a pipe, and lets no cell break a row", () => {
    const text = written(false, (stream) => {
      showTable(createOutput(false, stream));
    });
    expect(text.split("\n")).toEqual([
      "code\tname\tstatus",
      "11310000MB1A00001C\t上海市证照样例局\tactive",
      "x\ta b c\t",
      "",
    ]);
  });

  it("says words without --json, and with it nothing but one line of JSON", () => {
    const show = (isJson: boolean): string => {
      return written(false, (stream) => {
        const output = createOutput(isJson, stream);
        output.say("好 well");
        showTable(output);
        output.result({ ok: true });
      });
    };
    expect(show(false)).toContain("好 well\n");
    expect(show(false)).not.toContain("{");
    expect(show(true)).toBe('{"ok":true}\n');
  });
});

describe("a problem of the disk", () => {
  const full = Object.assign(new Error("no space left"), { code: "ENOSPC" });
  const detailOf = (problem: Problem): unknown => problemJson(problem)["detail"];

  it("says what the system called it, once: a full disk is no missing right", () => {
    expect(detailOf(new Problem("DISK_FAILED", "/srv/a", full))).toBe("/srv/a: ENOSPC");
    expect(detailOf(new Problem("DISK_FAILED", "ENOSPC: /srv/a", full))).toBe("ENOSPC: /srv/a");
  });

  it("says the place alone where the system had no word, and so does any other problem", () => {
    expect(detailOf(new Problem("DISK_FAILED", "/srv/a"))).toBe("/srv/a");
    expect(detailOf(new Problem("DISK_FAILED", "/srv/a", new Error("odd")))).toBe("/srv/a");
    expect(detailOf(new Problem("FILE_NOT_FOUND", "/srv/a", full))).toBe("/srv/a");
  });
});

describe("progress", () => {
  const work = (isQuiet: boolean) => (stream: Terminal) => {
    const progress = createProgress(isQuiet, stream);
    progress.show("records", 1, 2);
    progress.show("records", 2, 2);
    progress.show("confirmation", 1, null);
    progress.end();
    progress.end();
  };

  it("is a bar for each stage on a terminal", () => {
    const text = written(true, work(false));
    expect(text).toContain("records");
    expect(text).toContain("confirmation");
  });

  it("is not shown where the work is short and nobody watches, nor with --json", () => {
    expect(written(false, work(false))).toBe("");
    expect(written(true, work(true))).toBe("");
  });
});
