import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { packCalls } from "../../src/app/pack-calls.ts";
import { Problem } from "../../src/core/problem.ts";

const LIMIT = 1_000;

async function partsOf(
  items: readonly number[],
  estimate: (part: readonly number[]) => Promise<number>,
): Promise<(readonly number[])[]> {
  const parts: (readonly number[])[] = [];
  for await (const part of packCalls(items, estimate, LIMIT)) parts.push(part);
  return parts;
}

const sum = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0);

describe("packing a list into calls", () => {
  it("keeps all items in their order, each part within the limit, whatever each takes", async () => {
    const items = fc.array(fc.integer({ min: 1, max: LIMIT }), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(items, async (gas) => {
        const parts = await partsOf(gas, async (part) => 21 + sum(part));
        expect(parts.flat()).toEqual(gas);
        for (const part of parts) {
          expect(part.length === 1 || 21 + sum(part) <= LIMIT).toBe(true);
        }
      }),
    );
  });

  it("fills parts well where items cost the same, and asks little", async () => {
    let asked = 0;
    const parts = await partsOf(Array<number>(10_000).fill(7), async (part) => {
      asked++;
      return sum(part);
    });
    expect(parts.length).toBeLessThanOrEqual(Math.ceil((1.3 * 70_000) / LIMIT));
    expect(asked).toBeLessThan(1.5 * parts.length);
  });

  it("asks nothing for an empty list", async () => {
    expect(await partsOf([], () => Promise.reject(new Error("asked")))).toEqual([]);
  });

  it.each(["CONTRACT_REFUSED", "RPC_FAULT"] as const)(
    "halves a part that the node can't estimate, %s, down to the item at fault",
    async (code) => {
      const done: number[] = [];
      const packed = async (): Promise<void> => {
        const items = [1, 2, 3, 4, 5, 6, 7];
        const estimate = async (part: readonly number[]): Promise<number> => {
          if (part.includes(5)) throw new Problem(code, "five");
          return part.length;
        };
        for await (const part of packCalls(items, estimate, LIMIT)) done.push(...part);
      };
      await expect(packed()).rejects.toMatchObject({ code, detail: "five" });
      expect(done).toEqual([1, 2, 3, 4]);
    },
  );

  it("does not ask a node again that can't be reached", async () => {
    let asked = 0;
    const estimate = async (): Promise<number> => {
      asked++;
      throw new Problem("RPC_UNREACHABLE", "node");
    };
    await expect(partsOf([1, 2, 3], estimate)).rejects.toMatchObject({ code: "RPC_UNREACHABLE" });
    expect(asked).toBe(1);
  });
});
