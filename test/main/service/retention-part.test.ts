import { describe, expect, it } from "@jest/globals";
import { openRetention } from "../../../src/main/service/retention-part.ts";
import { defaultsOf } from "../../../src/main/settings/settings-file.ts";
import { SETTINGS_SCHEMA } from "../../../src/main/settings/service-settings-schema.ts";
import type { ServiceContext } from "../../../src/main/service/service-part.ts";
import type { ServiceSettings } from "../../../src/main/settings/service-settings.ts";
import { Problem } from "../../../src/core/problem.ts";
import type { Retention } from "../../../src/ports/retention.ts";
import { until } from "../../support/command.ts";
import { openServiceAt } from "../../support/service-stores.ts";

const NOW = 1_800_000_000;
const clock = { now: () => NOW };
/** A twentieth of a second, in minutes. */
const OFTEN = 0.05 / 60;

interface Said {
  readonly event: string;
  readonly members: unknown;
}

/** What a service is opened with, as far as this part looks; all that it logs. */
function contextOf(everyMinutes: number): { context: ServiceContext; said: Said[] } {
  const settings = defaultsOf(SETTINGS_SCHEMA) as ServiceSettings;
  const said: Said[] = [];
  const context = {
    settings: { ...settings, retention: { everyMinutes, useDays: 30 } },
    log: {
      write: (_level: string, event: string, members: unknown) => said.push({ event, members }),
    },
  };
  return { context: context as unknown as ServiceContext, said };
}

describe("a service that runs", () => {
  it("erases what is past its time by itself, and says how much", async () => {
    const { store } = await openServiceAt(":memory:", clock);
    await store.replays.isFirstUse("old", NOW - 86_400, null);
    const { context, said } = contextOf(OFTEN);
    const part = openRetention(context, store.retention, clock);
    await until("it erased something", () => Promise.resolve(said.length > 0));
    await part.close?.();
    expect(said).toMatchObject([{ event: "erased-outlived", members: { replays: 1 } }]);
    expect(await store.replays.isFirstUse("old", NOW, null)).toBe(true);
    await store.close();
  });

  it("goes on after a store that was away, and logs its code alone", async () => {
    const { store } = await openServiceAt(":memory:", clock);
    const away: Retention["lock"] = () => {
      return Promise.reject(new Problem("STORE_UNREACHABLE", "postgres://lz@db/service"));
    };
    const { context, said } = contextOf(OFTEN);
    const part = openRetention(context, { ...store.retention, lock: away }, clock);
    await until("it failed twice", () => Promise.resolve(said.length > 1));
    await part.close?.();
    expect(said[0]).toEqual({ event: "retention-failed", members: { code: "STORE_UNREACHABLE" } });
    await store.close();
  });

  it("takes up new settings, and ends at once however long its interval is", async () => {
    const { store } = await openServiceAt(":memory:", clock);
    const { context } = contextOf(60);
    const part = openRetention(context, store.retention, clock);
    const change = await part.prepare?.(context.settings);
    change?.();
    await expect(part.close?.()).resolves.toBeUndefined();
    await store.close();
  });
});
