/** Nodes that behave badly, each way once; test/faults/run.ts does it with every seed. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { Lane } from "./lane.ts";
import { WEATHERS, issueThrough } from "./node-grid.ts";

let lane: Lane;

beforeAll(async () => {
  lane = await Lane.open();
});
afterAll(() => lane.close());

it.each(Object.keys(WEATHERS))(
  "a node that %s: the job is done in the end, each batch once",
  async (weather) => {
    expect(await issueThrough(lane, weather, 2)).toMatchObject({ wrong: [] });
  },
);
