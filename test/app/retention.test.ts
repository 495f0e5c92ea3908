import { describe, expect, it } from "@jest/globals";
import { eraseOutlived, requireErased } from "../../src/app/retention.ts";
import type { Retention } from "../../src/ports/retention.ts";
import { openServiceAt } from "../support/service-stores.ts";

const LIMITS = { now: 1_800_000_000, useDays: 30 };

/** A store in memory, and whether its lock is held now. */
async function watched(
  changes: Partial<Retention> = {},
): Promise<{ retention: Retention; isHeld: () => boolean; close: () => Promise<void> }> {
  const { store } = await openServiceAt(":memory:");
  let held = false;
  const lock: Retention["lock"] = () => {
    held = true;
    return Promise.resolve({
      release: () => {
        held = false;
        return Promise.resolve();
      },
    });
  };
  const retention = { ...store.retention, lock, ...changes };
  return { retention, isHeld: () => held, close: () => store.close() };
}

describe("erasing what was kept long enough", () => {
  it("holds the lock while it erases, and lets go of it", async () => {
    const { retention, isHeld, close } = await watched();
    const during: boolean[] = [];
    const erase: Retention["erase"] = (limits) => {
      during.push(isHeld());
      return retention.erase(limits);
    };
    expect(await eraseOutlived({ ...retention, erase }, LIMITS)).not.toBeNull();
    expect([during, isHeld()]).toEqual([[true], false]);
    await close();
  });

  it("lets go of the lock where it fails", async () => {
    const { retention, isHeld, close } = await watched({
      erase: () => Promise.reject(new Error("gone")),
    });
    await expect(eraseOutlived(retention, LIMITS)).rejects.toThrow("gone");
    expect(isHeld()).toBe(false);
    await close();
  });

  it("leaves it to the instance that is at it, and says so to whoever asked for it", async () => {
    const { retention, close } = await watched({ lock: () => Promise.resolve(null) });
    expect(await eraseOutlived(retention, LIMITS)).toBeNull();
    await expect(requireErased(retention, LIMITS)).rejects.toMatchObject({ code: "STORE_BUSY" });
    await close();
  });
});
