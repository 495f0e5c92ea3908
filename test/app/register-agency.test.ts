import { beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { doneBefore, registerAgency } from "../../src/app/register-agency.ts";
import type { Registration } from "../../src/app/register-agency.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import { Problem } from "../../src/core/problem.ts";
import type { ChangeReceipt, Governance } from "../../src/ports/governance.ts";
import { MARRIAGE, SANYA, T0, UNENTITLED_TYPE, tellUsualStory } from "../support/ledger-story.ts";

let primitives: Primitives;
beforeAll(async () => {
  primitives = await loadPrimitives();
});

/** Writes down what it is told to change; refuses what is named. */
function recording(refused?: string): { governance: Governance; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const record =
    (name: string) =>
    async (...args: unknown[]): Promise<ChangeReceipt> => {
      if (name === refused) throw new Problem("CONTRACT_REFUSED", name);
      calls.push([name, ...args]);
      return {
        transaction: `transaction ${String(calls.length)}`,
        block: calls.length,
        gasUsed: 1,
      };
    };
  const governance = new Proxy({ account: "authority" } as Governance, {
    get: (target, name) => (name in target ? target.account : record(String(name))),
  });
  return { governance, calls };
}

const registration: Registration = {
  agency: SANYA.code,
  region: SANYA.region,
  name: SANYA.name,
  types: [MARRIAGE, UNENTITLED_TYPE],
  assurance: 4,
  operator: SANYA.operator,
  basis: "依据",
  from: T0,
  funding: 0n,
};
const namesOf = (calls: readonly unknown[][]): unknown[] => calls.map(([name]) => name);

describe("registering an agency", () => {
  it("enters it, grants each type, and adds its operator, all from one time on", async () => {
    const { governance, calls } = recording();
    const receipts = await registerAgency(governance, registration);
    const window = { validFrom: T0, validUntil: null, basis: "依据" };
    const { code: agency, region, name, operator } = SANYA;
    expect(calls).toEqual([
      ["registerAgency", { agency, region, name, effectiveFrom: T0, basis: "依据" }],
      ["grantEntitlement", agency, MARRIAGE, { ...window, assurance: 4 }],
      ["grantEntitlement", agency, UNENTITLED_TYPE, { ...window, assurance: 4 }],
      ["addOperator", agency, operator, window],
    ]);
    expect(receipts.map(({ block }) => block)).toEqual([1, 2, 3, 4]);
  });

  it("pays the operator's fees where the chain takes any", async () => {
    const { governance, calls } = recording();
    await registerAgency(governance, { ...registration, funding: 5n });
    expect(calls.at(-1)).toEqual(["fund", SANYA.operator, 5n]);
  });

  it("stops at what the contract refuses; what was done before it stands", async () => {
    const { governance, calls } = recording("addOperator");
    const registered = registerAgency(governance, registration);
    await expect(registered).rejects.toMatchObject({ code: "CONTRACT_REFUSED" });
    expect(namesOf(calls)).toEqual(["registerAgency", "grantEntitlement", "grantEntitlement"]);
  });

  it("that broke off is finished by running it again: only what is missing is done", async () => {
    const { state } = tellUsualStory(primitives);
    const done = doneBefore(state, registration);
    const { governance, calls } = recording();
    await registerAgency(governance, registration, done);
    expect(calls.map(([name, , type]) => [name, type])).toEqual([
      ["grantEntitlement", UNENTITLED_TYPE],
    ]);
    const otherOperator = doneBefore(state, { ...registration, operator: `0x${"99".repeat(20)}` });
    expect(otherOperator).toMatchObject({ isRegistered: true, hasOperator: false });
  });

  it.each([
    ["name", { name: "别的局" }],
    ["region", { region: "460300" }],
    ["code", { agency: "11520000MB1A00001X" }],
  ])("is no rerun where the %s is another: the contract decides", (_what, changes) => {
    const { state } = tellUsualStory(primitives);
    expect(doneBefore(state, { ...registration, ...changes })).toMatchObject({
      isRegistered: false,
      hasOperator: false,
    });
  });
});
