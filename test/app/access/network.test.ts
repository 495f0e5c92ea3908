import { describe, expect, it } from "@jest/globals";
import { Lockouts } from "../../../src/app/access/lockouts.ts";
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
  it("is remembered for a day, of the last hundred thousand", () => {
    const none = { add: async () => [], lock: async () => undefined, locks: async () => new Map() };
    const lockouts = new Lockouts(none);
    lockouts.remember("first", 0);
    lockouts.remember("first", 60);
    expect(lockouts.wasRight("first", 86_399)).toBe(true);
    expect(lockouts.wasRight("first", 86_400)).toBe(false);
    lockouts.remember("second", 1);
    for (let i = 0; i < 99_999; i++) lockouts.remember(String(i), 2);
    expect([lockouts.wasRight("first", 3), lockouts.wasRight("second", 3)]).toEqual([false, true]);
  });
});
