/** Two processes that issue at the same time, with one operator's key. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { Lane } from "./lane.ts";
import { PAIRS, issueTwice } from "./pair-grid.ts";

let lane: Lane;

beforeAll(async () => {
  lane = await Lane.open();
});
afterAll(() => lane.close());

it.each(PAIRS)(
  "having in common the %s: both are done in the end, each batch once",
  async (pair) => {
    expect(await issueTwice(lane, pair, 5)).toMatchObject({ wrong: [] });
  },
);
