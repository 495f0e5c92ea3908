import { describe, expect, it } from "@jest/globals";
import { readRequestName } from "../../../src/core/presentation/request-name.ts";

const ID = "8QZ3vN1xT0eYb2kLw6mRfA";

describe("what a person has of a presentation request", () => {
  it.each([
    ["048213", { query: { code: "048213" }, server: null }],
    [ID, { query: { id: ID }, server: null }],
    [
      `https://verify.example:8443/r#${ID}`,
      { query: { id: ID }, server: "https://verify.example:8443" },
    ],
  ])("is its six digits, its id or its link: %s", (text, name) => {
    expect(readRequestName(text)).toEqual(name);
  });

  it.each([
    "",
    "48213",
    "0482130",
    `${ID}=`,
    `http://verify.example/r#${ID}`,
    `https://verify.example/q#${ID}`,
    `https://verify.example/x/r#${ID}`,
    `https://verify.example/r?x#${ID}`,
    `https:///r#${ID}`,
    "LZ1:00",
  ])("is nothing else: %s", (text) => {
    expect(readRequestName(text)).toBeNull();
  });
});
