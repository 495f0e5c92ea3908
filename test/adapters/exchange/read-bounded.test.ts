import { describe, expect, it } from "@jest/globals";
import { AnswerTooLong, readBounded } from "../../../src/adapters/exchange/read-bounded.ts";

let given = 0;

/** Parts of three bytes; without a number of them it never ends. */
async function* threes(count = Infinity): AsyncGenerator<Uint8Array> {
  for (given = 0; given < count; given++) yield Uint8Array.of(1, 2, await Promise.resolve(3));
}

describe("an answer of another machine", () => {
  it("is read whole as long as it is no longer than it may be", async () => {
    expect([...(await readBounded(threes(2), 6))]).toEqual([1, 2, 3, 1, 2, 3]);
    await expect(readBounded(threes(2), 5)).rejects.toThrow(AnswerTooLong);
  });

  it("that never ends is given up at the first part too many", async () => {
    await expect(readBounded(threes(), 30)).rejects.toThrow("the answer is too long");
    expect(given).toBe(10);
  });

  it("without a body is empty", async () => {
    expect(await readBounded(null, 0)).toHaveLength(0);
  });
});
