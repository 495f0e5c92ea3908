import { resolve } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { IssueOptions } from "../../../src/cli/issuing/issue-options.ts";
import { commandOf, isFromStandardInput, optionsOf } from "../../../src/cli/issuing/job-command.ts";

const OPTIONS: IssueOptions = {
  type: "doctor",
  agency: "11310000MB1A00001C",
  input: "records.csv",
  suite: "keccak256",
  batchSize: 4096,
  json: true,
};

describe("the command that a job keeps", () => {
  it("names files so that it may be given again from anywhere, and not how to show the outcome", () => {
    const { json: _json, ...kept } = OPTIONS;
    expect(commandOf(OPTIONS)).toEqual({ ...kept, input: resolve("records.csv") });
  });

  it("has no password of a database, however it was given", () => {
    const { input: _input, ...rest } = OPTIONS;
    const source = "postgres://reader:hunter2@db:5432/permits?password=hunter2&sslmode=require";
    const command = commandOf({ ...rest, source, query: "SELECT 1" });
    expect(command["source"]).toBe("postgres://reader@db:5432/permits?sslmode=require");
    expect(JSON.stringify(command)).not.toContain("hunter2");
    const malformed = "postgres://reader:hunter2@[db/permits";
    expect(JSON.stringify(commandOf({ ...rest, source: malformed }))).not.toContain("hunter2");
  });

  it("is given again with what is said now instead", () => {
    const command = commandOf({ ...OPTIONS, key: "/keys/old.key" });
    expect(optionsOf(command, { key: "/keys/new.key", json: true })).toEqual({
      ...OPTIONS,
      input: resolve("records.csv"),
      key: "/keys/new.key",
    });
  });

  it("tells standard input, which nobody can read again, from a file", () => {
    expect(isFromStandardInput(commandOf({ ...OPTIONS, input: "-" }))).toBe(true);
    expect(isFromStandardInput(commandOf(OPTIONS))).toBe(false);
  });
});
