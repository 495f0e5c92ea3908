/**
 * Named places at which a process can be killed. The product has no hooks: its ports are wrapped, so that
 * before and after each call of each method is a point, such as `outbox.save:signed/after`.
 */

/** The n-th time, counted from 1, that a process comes to a point. */
export interface Moment {
  readonly point: string;
  readonly occurrence: number;
}

type Method = (...args: unknown[]) => unknown;

export class Points {
  readonly #counts = new Map<string, number>();
  readonly #at: Moment | null;
  readonly #act: () => void;

  /** @param act what happens at the moment; the process may not survive it */
  constructor(at: Moment | null, act: () => void) {
    this.#at = at;
    this.#act = act;
  }

  /** How often each point was reached. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  reach(point: string): void {
    const count = (this.#counts.get(point) ?? 0) + 1;
    this.#counts.set(point, count);
    if (point === this.#at?.point && count === this.#at.occurrence) this.#act();
  }

  /** Behaves as the object does, and comes to a point before and after each call. */
  wrap<T extends object>(name: string, object: T): T {
    return new Proxy(object, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key, target);
        if (typeof key === "symbol" || SILENT.has(key)) return member;
        if (typeof member === "function") return this.#method(name, key, target, member as Method);
        return PORTS.has(key) ? this.wrap(key, member as object) : member;
      },
    });
  }

  #method(name: string, key: string, target: object, method: Method): Method {
    return (...args) => {
      const call = `${name}.${key}${detailOf(key, args)}`;
      this.reach(`${call}/before`);
      return this.#after(call, key, method.apply(target, args));
    };
  }

  #after(call: string, key: string, result: unknown): unknown {
    if (isAsyncIterable(result)) return this.#items(call, result);
    if (!(result instanceof Promise)) {
      this.reach(`${call}/after`);
      return result;
    }
    return result.then((value: unknown) => {
      this.reach(`${call}/after`);
      const made = MADE[key];
      return made === undefined || value === null ? value : this.wrap(made, value as object);
    });
  }

  async *#items(call: string, items: AsyncIterable<unknown>): AsyncGenerator {
    for await (const item of items) {
      this.reach(`${call}/item`);
      yield item;
    }
    this.reach(`${call}/after`);
  }
}

/** What a method makes that has methods itself. */
const MADE: Readonly<Record<string, string>> = {
  beginReading: "intake",
  lock: "lock",
  numbers: "numbers",
};

/** Members that are ports themselves. */
const PORTS = new Set(["outbox"]);

/** Members that are asked for by the language. */
const SILENT = new Set(["then", "constructor"]);

/** What tells one call from another: the state that is written. */
function detailOf(key: string, args: readonly unknown[]): string {
  if (key === "setJobState") return `:${String(args[1])}`;
  if (key !== "save") return "";
  return `:${(args[0] as { state: string }).state}`;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
