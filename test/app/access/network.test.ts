import { describe, expect, it } from "@jest/globals";
import { Lockouts } from "../../../src/app/access/lockouts.ts";
import type { CallCounts } from "../../../src/ports/clients.ts";
import { networkOf } from "../../../src/app/access/network.ts";

describe("a network", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::7", "2001:db8:1:2::/64"],
    ["2001:db8::7", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["fe80::1:2:3:4", "fe80:0:0:0::/64"],
    ["2001::2:3:4:5:6:7", "2001:0:2:3::/64"],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe("where a credential was right", () => {
  const DAY = 86_400;
  const place = (credential: string) => ({ credential, network: "192.0.2.7" });

  it("is remembered for that day and the next, of the last hundred thousand, and told the store in small parts", async () => {
    const told: number[] = [];
    const counts: CallCounts = {
      add: (notes) => Promise.resolve([told.push(notes.length)]),
      lock: () => Promise.resolve(),
      locks: () => Promise.resolve(new Map()),
      rightPlaces: () => Promise.resolve(new Set()),
    };
    const lockouts = new Lockouts(counts, (network) => `~${network}`);
    lockouts.remember(place("first"), 0);
    lockouts.remember(place("first"), 60);
    expect(lockouts.wasRight(place("first"), 2 * DAY - 1)).toBe(true);
    expect(lockouts.wasRight(place("first"), 2 * DAY)).toBe(false);
    lockouts.remember(place("second"), 1);
    for (let i = 0; i < 99_999; i++) lockouts.remember(place(String(i)), 2);
    const isKnown = (credential: string) => lockouts.wasRight(place(credential), 3);
    expect([isKnown("first"), isKnown("second")]).toEqual([false, true]);
    await lockouts.refresh(3);
    expect(told).toEqual([1_000]);
  });
});
