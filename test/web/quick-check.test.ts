/** How a code comes from an address or a person's fingers. */
import { describe, expect, test } from "@jest/globals";
import { codeInHash, codeInTyped, hostIn } from "../../src/web/pages/quick-check/code-text.ts";
import { storeForThisVisit } from "../../src/web/judging/judging-store.ts";

const HOST = "verify.example";
const CONTENT = "o2FhAWFiAmFjA2FkBGFlBWFmBmFnB2FoCGFpCWFqCg";

describe("what follows # in the address", () => {
  test("is the code, as the printed address holds it", () => {
    expect(codeInHash(`#${CONTENT}`, HOST)).toBe(`https://${HOST}/q#${CONTENT}`);
  });

  test.each(["", "#"])("may be nothing: %j", (hash) => {
    expect(codeInHash(hash, HOST)).toBeNull();
  });
});

describe("what a person types or pastes", () => {
  test.each([
    ["the whole address", `https://${HOST}/q#${CONTENT}`, `https://${HOST}/q#${CONTENT}`],
    [
      "an address in several lines",
      ` https://${HOST}/q#o2F\n hAWFi `,
      `https://${HOST}/q#o2FhAWFi`,
    ],
    ["what follows # alone", `${CONTENT}\n`, `https://${HOST}/q#${CONTENT}`],
    ["a phone's code, whose spaces count", " LZ1:A B C \n", "LZ1:A B C"],
    ["something else", "hello", "hello"],
  ])("may be %s", (_, typed, code) => {
    expect(codeInTyped(typed, HOST)).toBe(code);
  });
});

describe("the host that a code is printed for", () => {
  test.each([
    [`https://a.example:8443/q#${CONTENT}`, "a.example:8443"],
    ["LZ1:ABC", null],
    ["https://", null],
  ])("of %s is %s", (text, host) => {
    expect(hostIn(text)).toBe(host);
  });
});

test("where the browser keeps nothing, a visit keeps its own packs and keys", async () => {
  const store = storeForThisVisit();
  expect([await store.packs("a"), await store.keys("s")]).toEqual([null, null]);
  const kept = { packs: [new Uint8Array([1])], keptAt: 7 };
  await store.keepPacks("a", kept);
  await store.pinKeys("s", [{ x: "x", y: "y" }]);
  expect([await store.packs("a"), await store.keys("s")]).toEqual([kept, [{ x: "x", y: "y" }]]);
});
