import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { preparedGovernance } from "../../src/adapters/chain/governance.ts";
import { diffCatalogue } from "../../src/app/diff-catalogue.ts";
import {
  planPublication,
  publishCatalogue,
  schemaHash,
  validityText,
} from "../../src/app/publish-catalogue.ts";
import type { PublicationTools } from "../../src/app/publish-catalogue.ts";
import { generateCatalogue } from "../../src/app/sample/generate-catalogue.ts";
import type { CertificateType } from "../../src/core/catalogue/certificate-type.ts";
import type { LedgerState } from "../../src/core/ledger/state.ts";
import type { ChangeReceipt } from "../../src/ports/governance.ts";
import { TRANSACTION_GAS_CAP } from "../../src/ports/anchoring.ts";
import type { LedgerWorld } from "../support/ledger-world.ts";
import { OTHER_TYPE_CODE, TYPE_CODE, startLedgerWorld, viewOf } from "../support/ledger-world.ts";

let world: LedgerWorld;
let tools: PublicationTools<ChangeReceipt>;
const catalogue = generateCatalogue({ seed: "1" });

beforeAll(async () => {
  world = await startLedgerWorld();
  const { governance, estimates, primitives } = world;
  tools = { governance, estimates, keccak256: primitives.keccak256 };
});
afterAll(() => world.close());

const known = new Map<number, LedgerState>();

async function stateNow(): Promise<LedgerState> {
  const { number } = await world.reader.latestBlock();
  const state = known.get(number) ?? (await viewOf(world)).state;
  known.set(number, state);
  return state;
}

async function plan(types: readonly CertificateType[]) {
  return planPublication(tools.keccak256, await stateNow(), types);
}

const changed = (type: CertificateType, changes: Partial<CertificateType>): CertificateType => ({
  ...type,
  ...changes,
});
const [first, second] = catalogue as [CertificateType, CertificateType];
const regional = catalogue.find(({ region }) => region !== "0") as CertificateType;

describe("publishing a catalogue of 634 types", () => {
  it("plans all of them, and sends nothing by that", async () => {
    const before = await world.reader.latestBlock();
    expect(await plan(catalogue)).toMatchObject({
      toPublish: catalogue,
      unchanged: [],
      conflicts: [],
    });
    expect(await world.reader.latestBlock()).toEqual(before);
  });

  it("takes a handful of transactions, each within what a transaction may take", async () => {
    const told: number[] = [];
    const progress = (_stage: string, done: number): number => told.push(done);
    const effectiveFrom = 1_767_225_600;
    const receipts = await publishCatalogue({ ...tools, progress }, await plan(catalogue), {
      effectiveFrom,
      basis: "国办发〔2022〕3号",
    });
    expect(receipts.length).toBeLessThanOrEqual(8);
    for (const { gasUsed } of receipts) expect(gasUsed).toBeLessThan(TRANSACTION_GAS_CAP);
    expect(told).toHaveLength(receipts.length);
    expect(told.at(-1)).toBe(634);
    const { types } = await stateNow();
    expect(types.size).toBe(636);
    expect(types.get(regional.code)).toMatchObject({
      region: regional.region,
      isRetired: false,
    });
    expect(types.get(first.code)?.versions.get(1)).toMatchObject({
      name: first.names.zh,
      nameEn: first.names.en,
      schemaHash: schemaHash(tools.keccak256, first),
      alwaysDisclosed: first.alwaysDisclosed,
      validity: validityText(first.validity),
      effectiveFrom,
      basis: "国办发〔2022〕3号",
    });
  });

  it("done again changes nothing and sends nothing", async () => {
    const again = await plan(catalogue);
    expect(again).toMatchObject({ toPublish: [], conflicts: [] });
    expect(again.unchanged).toHaveLength(634);
    expect(await publishCatalogue(tools, again, { effectiveFrom: 0 })).toEqual([]);
  });

  it("differs in nothing from what is published but the two types that were there before", async () => {
    expect(diffCatalogue(tools.keccak256, await stateNow(), catalogue)).toMatchObject(
      [TYPE_CODE, OTHER_TYPE_CODE].sort().map((type) => ({ type, difference: "onlyPublished" })),
    );
  });
});

describe("what conflicts with the chain", () => {
  it.each([
    ["VERSION_DIFFERS", changed(first, { holderType: "asset" }), ""],
    ["VERSION_MISSING", changed(first, { version: 3 }), "2"],
    [
      "REGION_DIFFERS",
      changed(regional, { version: 2, region: "460000" as CertificateType["region"] }),
      regional.region,
    ],
    ["NAME_OF_ANOTHER", changed(regional, { version: 2, names: first.names }), first.code],
  ])("%s: nothing is sent", async (code, type, detail) => {
    const planned = await plan([type, second]);
    const { version, region, names } = type;
    expect(planned.conflicts).toEqual([
      { code, type: type.code, version, region, name: names.zh, detail },
    ]);
    expect(planned.toPublish).toEqual([]);
    const published = publishCatalogue(tools, planned, { effectiveFrom: 0 });
    await expect(published).rejects.toMatchObject({
      code: "CATALOGUE_CONFLICT",
      detail: `1; the first: ${code} ${type.code} ${names.zh}`,
    });
  });

  it("NAME_OF_ANOTHER: also a national type that takes the name of a published regional one", async () => {
    const national = changed(first, { version: 2, names: regional.names });
    expect((await plan([national])).conflicts).toMatchObject([
      { code: "NAME_OF_ANOTHER", type: first.code, detail: regional.code },
    ]);
  });

  it("NAME_OF_ANOTHER: where both are new, the regional one gives way", async () => {
    const fresh = generateCatalogue({ seed: "2", count: 40, collisions: 2 });
    const { conflicts, toPublish } = planPublication(
      tools.keccak256,
      { ...(await stateNow()), types: new Map() },
      fresh,
    );
    expect(conflicts.map(({ code }) => code)).toEqual(["NAME_OF_ANOTHER", "NAME_OF_ANOTHER"]);
    expect(conflicts.every(({ region }) => region !== "0")).toBe(true);
    expect(toPublish).toHaveLength(38);
  });

  it("TYPE_RETIRED: no new version, and its name is free again", async () => {
    await world.governance.retireType(second.code, "依据");
    expect((await plan([changed(second, { version: 2 })])).conflicts).toMatchObject([
      { code: "TYPE_RETIRED", type: second.code },
    ]);
    const heir = changed(regional, { version: 2, names: second.names });
    expect((await plan([heir])).conflicts).toEqual([]);
  });

  it("leaves out the whole type that conflicts and publishes the others when told to skip it", async () => {
    const planned = await plan([
      changed(first, { holderType: "asset" }),
      changed(first, { version: 2, holderType: "asset" }),
      changed(regional, { version: 2, holderType: "asset" }),
    ]);
    expect(planned.conflicts).toHaveLength(1);
    const options = { effectiveFrom: 0, skipConflicts: true };
    expect(await publishCatalogue(tools, planned, options)).toHaveLength(1);
    const { types } = await stateNow();
    expect(types.get(regional.code)?.versions.get(2)?.basis).toBe(regional.provenance.note);
    expect(types.get(first.code)?.versions.size).toBe(1);
  });
});

describe("comparing a catalogue with the chain", () => {
  it("names what is new, and what differs in a version: its fields, or the schema", async () => {
    const differing = [
      changed(first, { names: { ...first.names, en: "Other" }, alwaysDisclosed: ["scope"] }),
      changed(second, { holderType: "asset" }),
      changed(regional, { version: 3 }),
    ];
    const found = diffCatalogue(tools.keccak256, await stateNow(), differing);
    const own = found.filter(({ difference }) => difference !== "onlyPublished");
    expect(own).toMatchObject([
      {
        type: first.code,
        version: 1,
        difference: "differs",
        fields: ["nameEn", "alwaysDisclosed"],
      },
      { type: second.code, difference: "differs", fields: ["schema"] },
      { type: regional.code, version: 3, difference: "notPublished", fields: [] },
    ]);
    expect(found.filter(({ type }) => type === regional.code)).toMatchObject([
      { version: 1, difference: "onlyPublished" },
      { version: 2, difference: "onlyPublished" },
      { version: 3 },
    ]);
  });
});

describe("a validity rule on the chain", () => {
  it.each([
    ["from=issueDate", { kind: "permanent", from: "issueDate" }],
    ["from=issueDate;years=6", { kind: "years", from: "issueDate", years: 6 }],
    ["from=issueDate;until=validUntil", { kind: "until", from: "issueDate", until: "validUntil" }],
  ] as const)("is short: %s", (text, rule) => {
    expect(validityText(rule)).toBe(text);
  });
});

describe("an authority of several owners", () => {
  it("is given the calls instead, and nothing is sent", async () => {
    const before = await world.reader.latestBlock();
    const prepared = preparedGovernance(world.deployment, world.authority.address);
    const planned = await plan([changed(regional, { version: 3 })]);
    const calls = await publishCatalogue({ ...tools, governance: prepared }, planned, {
      effectiveFrom: 0,
    });
    const to = world.deployment.addresses.CertificateCatalog;
    expect(calls).toEqual([{ to, data: expect.stringMatching(/^0x[0-9a-f]+$/), value: 0n }]);
    expect(await world.reader.latestBlock()).toEqual(before);
  });
});
