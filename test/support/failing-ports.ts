/** Ports that fail at one call: before its work is done, after it, or for ever as a process that was killed. */
import type { IssueTools } from "../../src/app/issue/issue-job.ts";
import type { AgencyLock, AgencyStore } from "../../src/ports/agency-store.ts";

export type Failure = "before" | "after" | "killed before" | "killed after";

export class Fault extends Error {}

export interface FailingTools {
  readonly tools: IssueTools;
  /** The names of the calls so far, in order. */
  readonly calls: readonly string[];
  /** What the system does for a process that ended: lets go of its lock. */
  end(): Promise<void>;
}

type Run = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** @param isHit which call fails, by its number from 1 and its name */
export function failingTools(
  tools: IssueTools,
  isHit: (number: number, name: string) => boolean,
  failure: Failure = "killed before",
): FailingTools {
  const calls: string[] = [];
  let isDead = false;
  const run: Run = async (name, work) => {
    if (isDead) throw new Fault(`${name}: the process is dead`);
    calls.push(name);
    if (!isHit(calls.length, name)) return work();
    isDead = failure.startsWith("killed");
    if (failure.endsWith("after")) await work();
    throw new Fault(`${name} failed`);
  };
  const { anchoring, reader, supersession } = tools;
  const held: AgencyLock[] = [];
  const store: AgencyStore = {
    ...tools.store,
    lock: async () => {
      const lock = await tools.store.lock();
      if (lock !== null) held.push(lock);
      return lock;
    },
  };
  return {
    calls,
    end: async () => {
      for (const lock of held) await lock.release();
    },
    tools: {
      ...tools,
      store: failingStore(store, run),
      anchoring: failing("", anchoring, run),
      reader: failing("", reader, run),
      supersession: {
        ...supersession,
        governance: {
          setStatuses: (order) =>
            run("setStatuses", () => supersession.governance.setStatuses(order)),
        },
      },
    },
  };
}

function failingStore(store: AgencyStore, run: Run): AgencyStore {
  return {
    ...failing("", store, run),
    lock: async () => {
      const lock = await run("lock", () => store.lock());
      return lock === null ? null : failing("lock ", lock, run);
    },
    outbox: failing("outbox ", store.outbox, run),
    beginReading: async (job) => {
      const intake = await run("beginReading", () => store.beginReading(job));
      return failing("intake ", intake, run);
    },
    numbers: (scope) => store.numbers(scope),
    replacements: (job) => store.replacements(job),
  };
}

/** The same object, with every method that may fail. */
function failing<T extends object>(prefix: string, port: T, run: Run): T {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function" || typeof name !== "string") return member;
      return (...args: unknown[]) => {
        return run(prefix + name, async () => (await member.apply(target, args)) as unknown);
      };
    },
  });
}
