import { afterEach, describe, expect, it } from "@jest/globals";
import { WorkerPool } from "../../../src/adapters/hashing/worker-pool.ts";

const SCRIPT = new URL("./odd-worker.ts", import.meta.url);
const DIED = { code: "INTERNAL", detail: "a worker thread died" };
type Task = number | "throw" | "exit" | "fail later" | "spin";

const open: WorkerPool<Task, number>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

function pool(threads: number, data?: string): WorkerPool<Task, number> {
  const made = new WorkerPool<Task, number>(SCRIPT, threads, data);
  open.push(made);
  return made;
}

describe("worker threads", () => {
  it("do every task, each thread some", async () => {
    const workers = pool(3);
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    const answers = await Promise.all(numbers.map((number) => workers.run(number, [])));
    expect(answers).toEqual(numbers.map((number) => 2 * number));
  });

  it("tell the error of a task to whoever gave it, and go on with the others", async () => {
    const workers = pool(1);
    const [failed, done] = [workers.run("throw", []), workers.run(21, [])];
    await expect(failed).rejects.toThrow("too odd");
    await expect(done).resolves.toBe(42);
  });

  it.each([
    ["exit", "exit code 3"],
    ["fail later", new Error("failed later")],
  ] as const)(
    "that die (%s) end everything under way with an error that says why, also on the others",
    async (death, cause) => {
      const workers = pool(2);
      const spinning = workers.run("spin", []);
      const dying = workers.run(death, []).catch(() => undefined);
      await expect(spinning).rejects.toMatchObject({ ...DIED, cause });
      await dying;
      await expect(workers.run(1, [])).rejects.toMatchObject(DIED);
    },
  );

  it("that can't even start end the first task with an error", async () => {
    await expect(pool(2, "fail at the start").run(1, [])).rejects.toMatchObject(DIED);
    const missing = new WorkerPool<Task, number>(new URL("./none.ts", import.meta.url), 1, null);
    open.push(missing);
    await expect(missing.run(1, [])).rejects.toMatchObject(DIED);
  });

  it("end at once when they are closed, in the middle of a task", async () => {
    const workers = pool(1);
    const spinning = workers.run("spin", []);
    const rejected = expect(spinning).rejects.toMatchObject({ code: "INTERNAL" });
    await workers.close();
    await rejected;
  });

  it("refuse what can't be handed over, and stay well", async () => {
    const workers = pool(1);
    const buffer = new ArrayBuffer(8);
    structuredClone(buffer, { transfer: [buffer] });
    await expect(workers.run(1, [buffer])).rejects.toThrow("transfer");
    await expect(workers.run(2, [])).resolves.toBe(4);
  });
});
