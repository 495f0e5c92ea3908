import { describe, expect, it } from "@jest/globals";
import { formatInstant } from "../../../src/core/encoding/instant.ts";

describe("an instant", () => {
  it.each([
    [0, "1970-01-01T00:00:00Z"],
    [1_767_225_600, "2026-01-01T00:00:00Z"],
    [253_402_300_799, "9999-12-31T23:59:59Z"],
    [253_402_300_800, "9999-12-31T23:59:59Z"],
    [Number.MAX_SAFE_INTEGER, "9999-12-31T23:59:59Z"],
  ])("%i is written %s", (seconds, text) => {
    expect(formatInstant(seconds)).toBe(text);
  });

  it("is written the same after more others than are kept in mind", () => {
    const times = Array.from({ length: 1_100 }, (_, i) => 1_767_225_600 + 86_400 * i);
    const texts = times.map(formatInstant);
    expect(texts[1_099]).toBe("2029-01-04T00:00:00Z");
    expect(times.map(formatInstant)).toEqual(texts);
  });
});
