/** Every fifth named point once; test/faults/run.ts kills at each, with every seed. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { discover, killOnce, pointsOf } from "./kill-grid.ts";
import { KILL_POINTS } from "./kill-points.ts";
import { Lane } from "./lane.ts";

/** Between them they come to all points: with older certificates to supersede, and with blocks to wait for. */
const SEEDS = [2, 7];
const SAMPLE = KILL_POINTS.filter((_, i) => i % 5 === 0);
const itineraries = new Map<number, Readonly<Record<string, number>>>();
let lane: Lane;

beforeAll(async () => {
  lane = await Lane.open();
  for (const seed of SEEDS) itineraries.set(seed, await discover(lane, seed));
});
afterAll(() => lane.close());

it("a job comes to a hundred points and more, all of the named ones among them", () => {
  const points = pointsOf(itineraries);
  expect(points.length).toBeGreaterThan(100);
  expect(points).toEqual(expect.arrayContaining([...KILL_POINTS]));
  expect(KILL_POINTS.length).toBeGreaterThanOrEqual(40);
});

it.each(SAMPLE)("killed at %s, nothing is lost and nothing is anchored twice", async (point) => {
  const seed = SEEDS[SAMPLE.indexOf(point) % SEEDS.length] as number;
  const { wrong, kills } = await killOnce(lane, { point, seed }, itineraries);
  expect(wrong).toEqual([]);
  expect(kills.length).toBeGreaterThan(0);
});
