import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { repeatable } from "../../src/app/repeat-call.ts";
import type { RepeatTools } from "../../src/app/repeat-call.ts";
import { Problem } from "../../src/core/problem.ts";
import { clockAt } from "../support/access.ts";
import { until } from "../support/command.ts";
import { storePlaces } from "../support/agency-stores.ts";
import type { StorePlaces } from "../support/agency-stores.ts";
import { SERVICE_KEYS } from "../support/counter-desk.ts";
import { openServiceAt } from "../support/service-stores.ts";
import type { OpenedServiceStore } from "../support/service-stores.ts";

const call = { client: "C-1", key: "key-of-the-caller", path: "/v1/verifications", body: { a: 1 } };

describe.each(["SQLite", "PostgreSQL"] as const)("a call under a key, in %s", (kind) => {
  const clock = clockAt(1_800_000_000);
  let places: StorePlaces;
  let opened: OpenedServiceStore;
  let tools: RepeatTools;

  beforeAll(async () => {
    places = await storePlaces(kind);
    opened = await openServiceAt(await places.newPlace(), clock);
    tools = { calls: opened.store.repeatedCalls, keys: SERVICE_KEYS, clock };
  });
  afterAll(async () => {
    await opened.store.close();
    await places.end();
  });

  /** As if nobody had shown a sign of life for the time of a lease. */
  async function runOut(): Promise<void> {
    const leases = opened.database.db.updateTable("repeated_call").set({ leased_until: 0 });
    await leases.where("answer", "is", null).execute();
  }
  /** Waits for a sign of life. */
  async function renewed(): Promise<void> {
    const calls = opened.database.db.selectFrom("repeated_call").select("key");
    const leased = calls.where("answer", "is", null).where("leased_until", ">", 0);
    await until("a lease was renewed", async () => (await leased.execute()).length > 0);
  }

  it("is done once, and answered alike for a minute", async () => {
    let done = 0;
    const work = () => ({ number: ++done });
    expect(await repeatable(tools, call, work)).toEqual({ number: 1 });
    expect(await repeatable(tools, call, work)).toEqual({ number: 1 });
    clock.pass(60);
    expect(await repeatable(tools, call, work)).toEqual({ number: 2 });
  });

  it("is each client's own", async () => {
    expect(await repeatable(tools, { ...call, client: "C-2" }, () => "mine")).toBe("mine");
  });

  it("is under way for all but one of many at once", async () => {
    const ended = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const fresh = { ...call, key: "another-key-of-it" };
    const first = repeatable(tools, fresh, () => {
      begun.resolve(undefined);
      return ended.promise.then(() => "done");
    });
    await begun.promise;
    const others = await Promise.allSettled(
      Array.from({ length: 5 }, () => repeatable(tools, fresh, () => "twice")),
    );
    ended.resolve(undefined);
    expect(await first).toBe("done");
    for (const other of others) {
      expect(other).toMatchObject({ status: "rejected", reason: { code: "REPEAT_UNDER_WAY" } });
    }
  });

  it("that failed may be made again", async () => {
    const fresh = { ...call, key: "key-of-a-failure" };
    const failing = repeatable(tools, fresh, () => {
      throw new Problem("NOT_READY", "now");
    });
    await expect(failing).rejects.toMatchObject({ code: "NOT_READY" });
    expect(await repeatable(tools, fresh, () => "now")).toBe("now");
  });

  it("is worked on by another once its worker shows no sign of life, and by one of many", async () => {
    const fresh = { ...call, key: "key-of-the-killed" };
    const dead = { ...tools.calls, keep: () => Promise.reject(new Error("killed")) };
    await repeatable({ ...tools, calls: dead }, fresh, () => "lost");
    await expect(repeatable(tools, fresh, () => "early")).rejects.toMatchObject({
      code: "REPEAT_UNDER_WAY",
    });
    await runOut();
    const numbers: number[] = [];
    const repeats = Array.from({ length: 5 }, (_, i) => {
      return repeatable(
        tools,
        fresh,
        ({ number }) => `${String(numbers.push(number))} ${String(i)}`,
      );
    });
    const ends = await Promise.allSettled(repeats);
    expect(numbers).toEqual([2]);
    expect(ends.filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
  });

  it("is left to who is slow but alive", async () => {
    const fresh = { ...call, key: "key-of-the-slow-one" };
    const ended = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const slow = repeatable({ ...tools, leaseMilliseconds: 3_000 }, fresh, () => {
      begun.resolve(undefined);
      return ended.promise.then(() => "slow");
    });
    await begun.promise;
    await runOut();
    await renewed();
    const other = repeatable(tools, fresh, () => "other");
    await expect(other).rejects.toMatchObject({ code: "REPEAT_UNDER_WAY" });
    ended.resolve(undefined);
    expect(await slow).toBe("slow");
  });

  it("is not left to who hangs, whose answer is then that of who was quicker", async () => {
    const fresh = { ...call, key: "key-of-one-that-hung" };
    const calls = { ...tools.calls, renew: () => Promise.reject(new Error("hung")) };
    const ended = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const late = repeatable({ ...tools, calls, leaseMilliseconds: 50 }, fresh, () => {
      begun.resolve(undefined);
      return ended.promise.then(() => "late");
    });
    await begun.promise;
    // The lease runs out by the database's own clock.
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await repeatable(tools, fresh, () => "first")).toBe("first");
    ended.resolve(undefined);
    expect(await late).toBe("first");
  });

  it("with another request is refused", async () => {
    const other = { ...call, client: "C-2", body: { a: 2 } };
    await expect(repeatable(tools, other, () => "x")).rejects.toMatchObject({
      code: "REPEAT_DIFFERS",
    });
  });

  it("leaves nothing readable in the store", async () => {
    const said = { holderName: "王小明" };
    await repeatable(tools, { ...call, key: "key-that-is-read" }, () => said);
    const rows = await opened.database.db.selectFrom("repeated_call").selectAll().execute();
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows.map((row) => Buffer.from(row.answer ?? []).toString()))).not.toMatch(
      /王小明|holderName/,
    );
    expect(JSON.stringify(rows)).not.toMatch(/C-1|key-of/);
  });

  it("has its answer also where that can't be kept", async () => {
    const calls = { ...tools.calls, keep: () => Promise.reject(new Error("disk full")) };
    const fresh = { ...call, key: "key-of-a-full-disk" };
    expect(await repeatable({ ...tools, calls }, fresh, () => "said")).toBe("said");
  });
});
