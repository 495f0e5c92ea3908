/** A thread that doubles numbers, and does what a thread should not when it is told to. */
import { workerData } from "node:worker_threads";
import { serveTasks } from "../../../src/adapters/hashing/worker-task.ts";

if (workerData === "fail at the start") throw new Error("no memory left");

serveTasks<number>((task) => {
  if (task === "throw") throw new RangeError("too odd");
  if (task === "exit") process.exit(3);
  if (task === "fail later") {
    setTimeout(() => {
      throw new Error("failed later");
    });
  }
  if (task === "spin") for (;;);
  if (task === "eat all memory") for (const eaten = [task]; ;) eaten.push(...eaten);
  return { answer: 2 * (task as number), transfer: [] };
});
