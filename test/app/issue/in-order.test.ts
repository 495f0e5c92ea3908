import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "@jest/globals";
import { inOrder } from "../../../src/app/issue/in-order.ts";

async function* from<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("tasks in order", () => {
  it("give their answers in the order they were given, however long each takes", async () => {
    const run = async (wait: number): Promise<number> => {
      await pause(wait);
      return wait;
    };
    expect(await all(inOrder(from([30, 1, 20, 0, 5]), run, 3))).toEqual([30, 1, 20, 0, 5]);
    expect(await all(inOrder(from<number>([]), run, 3))).toEqual([]);
  });

  it("are never more at a time than allowed: the rest stay where they come from", async () => {
    let underWay = 0;
    let most = 0;
    const run = async (task: number): Promise<number> => {
      most = Math.max(most, ++underWay);
      await pause(1);
      underWay--;
      return task;
    };
    const tasks = Array.from({ length: 50 }, (_, i) => i);
    expect(await all(inOrder(from(tasks), run, 4))).toEqual(tasks);
    expect(most).toBe(4);
  });

  it("end with the first error, and no further task is asked for", async () => {
    let asked = 0;
    let isClosed = false;
    async function* endless(): AsyncGenerator<number> {
      try {
        for (;;) yield await Promise.resolve(asked++);
      } finally {
        isClosed = true;
      }
    }
    const run = (task: number): Promise<number> => {
      return task >= 5 ? Promise.reject(new Error(`task ${String(task)}`)) : Promise.resolve(task);
    };
    await expect(all(inOrder(endless(), run, 3))).rejects.toThrow("task 5");
    expect(asked).toBeLessThan(10);
    expect(isClosed).toBe(true);
  });

  it("end with the error of where they come from, and leave none unheard", async () => {
    async function* broken(): AsyncGenerator<number> {
      yield await Promise.resolve(1);
      throw new Error("source gone");
    }
    const run = (): Promise<number> => pause(5).then(() => Promise.reject(new Error("late")));
    await expect(all(inOrder(broken(), run, 4))).rejects.toThrow("source gone");
    await pause(20);
  });
});
