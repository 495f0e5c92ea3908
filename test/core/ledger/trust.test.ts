import { describe, expect, it } from "@jest/globals";
import { distrust, distrustedSince, liftDistrust } from "../../../src/core/ledger/trust.ts";

describe("the trust in a key", () => {
  const stolen = distrust(distrust([], 50, 100), 70, 110);
  const lifted = liftDistrust(stolen, 120);
  const again = distrust(lifted, 60, 130);

  it("is there until somebody says otherwise", () => {
    expect(distrustedSince([])).toBeNull();
    expect(distrustedSince(stolen, 99)).toBeNull();
  });

  it("is gone from the earliest time that was said, as known at any moment after", () => {
    expect(distrustedSince(stolen, 100)).toBe(50);
    expect(distrustedSince(distrust(stolen, 40, 115))).toBe(40);
    expect(distrustedSince(stolen)).toBe(50);
  });

  it("comes back with a lift, and the lift leaves what was known before as it was", () => {
    expect([99, 100, 119, 120, 129].map((time) => distrustedSince(lifted, time))).toEqual([
      null,
      50,
      50,
      null,
      null,
    ]);
  });

  it("may be lost again, from another time on", () => {
    expect(distrustedSince(again)).toBe(60);
    expect(distrustedSince(again, 125)).toBeNull();
  });
});
