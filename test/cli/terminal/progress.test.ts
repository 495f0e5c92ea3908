import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { createOutput } from "../../../src/cli/terminal/output.ts";
import {
  belowProgress,
  createJobProgress,
  createProgress,
} from "../../../src/cli/terminal/progress.ts";

/** What is written to it, and whether it says that it is a terminal. */
function streamed(isTTY: boolean): { stream: NodeJS.WriteStream; text: () => string } {
  const through = new PassThrough();
  const parts: string[] = [];
  through.on("data", (part: Buffer) => parts.push(part.toString("utf8")));
  const methods = { isTTY, columns: 100, cursorTo: () => true, clearLine: () => true };
  const stream = Object.assign(through, methods) as unknown as NodeJS.WriteStream;
  return { stream, text: () => parts.join("") };
}

beforeEach(() => {
  jest.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

const after = (milliseconds: number): void => {
  jest.advanceTimersByTime(milliseconds);
};

describe("what is said meanwhile", () => {
  it("stands on lines of its own, be it a line or a table", () => {
    const { stream, text } = streamed(true);
    const progress = createProgress(false, stream);
    const output = belowProgress(createOutput(false, stream), progress);
    for (const say of [() => output.say("said"), () => output.table(["said"], [])]) {
      progress.show("records", 20, null);
      say();
      progress.show("anchoring", 0, 1);
      progress.end();
    }
    const lines = text().split("\n");
    expect(lines.filter((line) => line === "said")).toHaveLength(2);
    expect(lines.filter((line) => line.includes("records 20"))).toHaveLength(2);
  });
});

describe("with --json", () => {
  const eventsOf = (text: string): unknown[] =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);

  it("an event a line names job, stage, count and rate: the first and last of a stage, few between", () => {
    const { stream, text } = streamed(false);
    const progress = createJobProgress(true, stream);
    progress.begin("J-1");
    for (let done = 0; done <= 1_000; done++) {
      progress.show("records", done, null);
      after(2);
    }
    progress.show("anchoring", 0, 3);
    progress.end();
    const events = eventsOf(text());
    const event = { event: "progress", job: "J-1" };
    expect(events[0]).toEqual({ ...event, stage: "records", done: 0, total: null, rate: 0 });
    expect(events.at(-2)).toMatchObject({ ...event, stage: "records", done: 1_000, rate: 500 });
    expect(events.at(-1)).toMatchObject({ ...event, stage: "anchoring", done: 0, total: 3 });
    expect(events.length).toBeLessThanOrEqual(7);
  });

  it("what an earlier run had done does not count as fast", () => {
    const { stream, text } = streamed(false);
    const progress = createJobProgress(true, stream);
    progress.show("anchoring", 900, 1_000);
    after(1_000);
    progress.show("anchoring", 910, 1_000);
    progress.end();
    expect(eventsOf(text()).at(-1)).toMatchObject({ job: null, done: 910, rate: 10 });
  });

  it("other commands show nothing", () => {
    const { stream, text } = streamed(false);
    const progress = createProgress(true, stream);
    progress.show("events", 1, 2);
    progress.end();
    expect(text()).toBe("");
  });
});

describe("without a terminal", () => {
  it("a line every five seconds says how far it is and how fast it goes", () => {
    const { stream, text } = streamed(false);
    const progress = createJobProgress(false, stream);
    progress.begin("J-1");
    progress.show("records", 0, null);
    after(5_000);
    progress.show("records", 1_000, null);
    progress.show("records", 1_001, null);
    after(5_000);
    progress.show("anchoring", 1, 4);
    progress.end();
    expect(text()).toBe("records: 1000, 200/s\nanchoring: 1 of 4, 0/s\n");
  });
});

describe("on a terminal", () => {
  it("a bar has the stage, the rate and the time left; a count alone where nobody knows how many", () => {
    const { stream, text } = streamed(true);
    const progress = createJobProgress(false, stream);
    progress.show("records", 0, null);
    after(1_000);
    progress.show("records", 2_000, null);
    after(200);
    for (let done = 0; done <= 30; done++) {
      progress.show("anchoring", done, 120);
      after(1_000);
    }
    progress.end();
    expect(text()).toMatch(/records 2000 {2}2000\/s/);
    expect(text()).toMatch(/anchoring █{5,7}░{17,19} \d\d\/120 {2}1\/s {2}1m\d+s left/);
    expect(text().endsWith("\n")).toBe(true);
  });
});
