import { describe, expect, it } from "@jest/globals";
import { PROBLEMS } from "../../src/core/problem-codes.ts";
import { Problem, toProblem } from "../../src/core/problem.ts";

describe("a problem", () => {
  it("carries its code, where it is, and the words of the registry", () => {
    const problem = new Problem("RPC_TIMEOUT", "http://127.0.0.1:1");
    expect(problem).toMatchObject({ code: "RPC_TIMEOUT", detail: "http://127.0.0.1:1" });
    expect(problem.words).toBe(PROBLEMS.RPC_TIMEOUT);
  });

  it("stays what it is, and anything else becomes INTERNAL with its kind alone", () => {
    const problem = new Problem("USAGE", "--port");
    expect(toProblem(problem)).toBe(problem);
    const secret = new TypeError("the key is 0xabc");
    expect(toProblem(secret)).toMatchObject({ code: "INTERNAL", detail: "TypeError" });
    expect(toProblem(secret).cause).toBe(secret);
    expect(toProblem("thrown text")).toMatchObject({ code: "INTERNAL", detail: "string" });
  });
});
