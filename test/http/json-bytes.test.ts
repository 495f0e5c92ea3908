import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { jsonBytes } from "../../src/http/json-bytes.ts";

const members = fc.dictionary(fc.string(), fc.jsonValue());
const longList = fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 30, maxLength: 40 });

describe("the JSON of an answer", () => {
  it("is what JSON.stringify writes, also where a list of it is long", () => {
    fc.assert(
      fc.property(members, longList, members, (before, list, after) => {
        const answer = { ...before, answers: list, left: undefined, ...after, 更多: list };
        expect(jsonBytes(answer).toString()).toBe(JSON.stringify(answer));
      }),
    );
  });

  it("is an object also where the first member of one with a long list is not told", () => {
    const answer = { more: undefined, answers: Array.from({ length: 100 }, () => "证照") };
    expect(jsonBytes(answer).toString()).toBe(JSON.stringify(answer));
  });
});
