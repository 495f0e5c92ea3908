import { describe, expect, it } from "@jest/globals";
import { secondsByStage } from "../../bench/stage-profile.ts";
import type { CpuProfile, ProfileNode } from "../../bench/stage-profile.ts";

function node(id: number, functionName: string, url: string, children: number[] = []): ProfileNode {
  return { id, callFrame: { functionName, url }, children };
}

const src = "file:///project/src";
const NODES = [
  node(1, "(root)", "", [2, 5, 6, 7]),
  node(2, "read", `${src}/adapters/sources/csv-rows.ts`, [3, 4]),
  node(3, "decode", "node:string_decoder"),
  node(4, "validate", `${src}/core/catalogue/validate-record.ts`),
  node(5, "(idle)", ""),
  node(6, "(garbage collector)", ""),
  node(7, "main", "file:///project/scripts/issue.ts"),
];

function profile(samples: readonly (readonly [node: number, microseconds: number])[]): CpuProfile {
  return {
    nodes: NODES,
    samples: samples.map(([id]) => id),
    timeDeltas: samples.map(([, microseconds]) => microseconds),
  };
}

describe("the stages of a profile", () => {
  it("are those of the innermost file that is one, so that decoding counts for whoever decodes", () => {
    const profiles = [
      profile([
        [3, 600],
        [2, 100],
        [4, 300],
      ]),
    ];
    expect(secondsByStage([{ profiles, cpuSeconds: 10 }])).toEqual([
      ["reading, decoding, rows", 7],
      ["checks", 3],
    ]);
  });

  it("leave out the time that a thread waited, and name garbage collection and the rest", () => {
    const profiles = [
      profile([
        [5, 10_000],
        [6, 250],
        [7, 750],
      ]),
    ];
    expect(secondsByStage([{ profiles, cpuSeconds: 1 }])).toEqual([
      ["other", 0.75],
      ["garbage collection", 0.25],
    ]);
  });

  it("of all threads together take as long as those threads worked", () => {
    const seconds = secondsByStage([
      { profiles: [profile([[2, 100]]), profile([[4, 300]])], cpuSeconds: 4 },
      { profiles: [profile([[2, 5_000_000]])], cpuSeconds: 7 },
    ]);
    expect(seconds).toEqual([
      ["reading, decoding, rows", 8],
      ["checks", 3],
    ]);
  });
});
