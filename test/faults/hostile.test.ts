/** Hostile input: nothing of it breaks the judge or the service, and nothing altered is accepted. */
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { judgeHostile } from "./hostile/judge-hostile.ts";
import { postHostile } from "./hostile/post-hostile.ts";

const primitives = await loadPrimitives();
/** In milliseconds; of the everyday sample on a busy machine. The long run holds it to 50. */
const BUSY_P99 = 250;

describe("20,000 altered codes and files", () => {
  it("never break the judge, and none that says something else is accepted", () => {
    const { wrong, verdicts, p99 } = judgeHostile(primitives, 20_000, "everyday");
    expect(wrong).toEqual([]);
    expect(verdicts["rejected"]).toBeGreaterThan(19_000);
    expect(p99).toBeLessThan(BUSY_P99);
  });
});

describe("2,000 altered requests", () => {
  it("are answered every one, and never by a failure of the service", async () => {
    const { wrong, verdicts } = await postHostile(primitives, 2_000, "everyday");
    expect(wrong).toEqual([]);
    expect(Object.keys(verdicts)).toEqual(expect.arrayContaining(["200", "400", "401"]));
  });
});
