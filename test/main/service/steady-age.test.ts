import { describe, expect, it } from "@jest/globals";
import type { LedgerView } from "../../../src/core/verify/case.ts";
import { SteadyAge } from "../../../src/main/service/steady-age.ts";
import { NOW } from "../../support/ledger-story.ts";

const HOUR = 3_600;

/** A machine whose clock can be set, and whose time passes all the same. */
class Machine {
  now = NOW;
  #elapsed = 77.3;
  readonly age = new SteadyAge({ now: () => this.now }, () => this.#elapsed);

  pass(seconds: number): void {
    this.now += seconds;
    this.#elapsed += seconds;
  }

  ageOf(view: LedgerView): number {
    return this.now - (this.age.of(view)?.asOf ?? NaN);
  }
}

const viewAsOf = (asOf: number): LedgerView => ({ asOf }) as LedgerView;

describe("the age of a view", () => {
  it("is what the machine's clock says while nobody sets it, and the view is the same", () => {
    const machine = new Machine();
    const view = viewAsOf(NOW);
    for (const seconds of [0, 1, 29]) {
      machine.pass(seconds);
      expect(machine.age.of(view)).toBe(view);
    }
    expect(machine.ageOf(view)).toBe(30);
    expect(machine.age.of(null)).toBeNull();
  });

  it("goes on where the clock is put back by an hour: an old view never looks fresh", () => {
    const machine = new Machine();
    const view = viewAsOf(NOW - 10);
    machine.age.of(view);
    machine.now -= HOUR;
    machine.pass(20);
    expect(machine.ageOf(view)).toBe(30);
    expect(machine.age.of(view)).toBe(machine.age.of(view));
    machine.now -= HOUR;
    machine.pass(5);
    expect(machine.ageOf(view)).toBe(35);
  });

  it("is at least what it is where the clock is put forward: can't tell, until the chain is looked at", () => {
    const machine = new Machine();
    const view = viewAsOf(NOW);
    machine.age.of(view);
    machine.now += HOUR;
    expect(machine.ageOf(view)).toBe(HOUR);
    expect(machine.ageOf(viewAsOf(machine.now))).toBe(0);
  });

  it("is not less than nothing for a view from the clock's future", () => {
    const machine = new Machine();
    const view = viewAsOf(NOW + HOUR);
    expect(machine.ageOf(view)).toBe(0);
    machine.pass(31);
    expect(machine.ageOf(view)).toBe(31);
  });
});
