import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import { ITEM_FAULTS } from "../../../src/core/service-items/item-faults.ts";
import { parseServiceItems } from "../../../src/core/service-items/parse-service-items.ts";
import { ServiceItems, itemTypeOf } from "../../../src/core/service-items/service-item.ts";

const CATALOGUE = join(import.meta.dirname, "../../../catalogue");
const { types } = await readCatalogue(CATALOGUE);
const CONSTRUCTOR = "11100000000013338W001";
const SAMPLE: unknown = JSON.parse(
  readFileSync(join(CATALOGUE, "service-items/items.json"), "utf8"),
);

function item(changes: object = {}) {
  return {
    code: "460000-JS-0101",
    names: { zh: "变更注册", en: "Change of registration" },
    types: [
      { type: CONSTRUCTOR, claims: ["holderName", "employerName"], required: ["holderName"] },
    ],
    requiresHolder: false,
    causes: ["办理变更注册"],
    ...changes,
  };
}

function typed(changes: object) {
  const [type] = item().types;
  return item({ types: [{ ...type, ...changes }] });
}

const other = item({ code: "X", names: { zh: "乙", en: "B" } });

describe("a file of service items", () => {
  it("that ships with the project fits the catalogue that does", () => {
    const parsed = parseServiceItems(SAMPLE, types);
    expect(parsed).toMatchObject({ ok: true });
    expect(parsed.ok && parsed.items.length).toBeGreaterThan(3);
  });

  it.each<[string, unknown, string, string]>([
    ["ITEM_SHAPE", {}, "", "must be array"],
    ["ITEM_SHAPE", [{ ...item(), extra: 1 }], "[0]", "extra"],
    ["ITEM_SHAPE", [item(), item({ types: [] })], "[1].types", "fewer than 1"],
    ["ITEM_SHAPE", [item({ causes: ["x".repeat(201)] })], "[0].causes[0]", "200"],
    ["ITEM_TWICE", [item(), { ...other, code: item().code }], "[1]", item().code],
    ["ITEM_TWICE", [item(), { ...other, names: item().names }], "[1]", "变更注册"],
    ["ITEM_TWICE", [item(), { ...other, code: "变更注册" }], "[1]", "变更注册"],
    [
      "TYPE_TWICE",
      [item({ types: [...item().types, ...item().types] })],
      "[0].types[1]",
      CONSTRUCTOR,
    ],
    ["TYPE_UNKNOWN", [typed({ type: "9".repeat(21) })], "[0].types[0]", "999"],
    [
      "CLAIM_UNKNOWN",
      [typed({ claims: ["holderName", "salary"] })],
      "[0].types[0].claims",
      "salary",
    ],
    [
      "REQUIRED_NOT_ASKED",
      [typed({ required: ["holderName", "holderSex"] })],
      "[0].types[0].required",
      "holderSex",
    ],
  ])("with %s says so, and where: %#", (code, json, place, word) => {
    const parsed = parseServiceItems(json, types);
    const faults = parsed.ok ? [] : parsed.faults;
    expect(faults).toContainEqual({
      ...{ code, place },
      zh: expect.stringContaining(ITEM_FAULTS[code as keyof typeof ITEM_FAULTS].zh),
      en: expect.stringContaining(word),
    });
  });

  it("is told all its faults at once", () => {
    const parsed = parseServiceItems(
      [typed({ claims: ["a", "b"] }), { ...other, code: "变更注册" }],
      types,
    );
    const codes = parsed.ok ? [] : parsed.faults.map(({ code }) => code);
    expect(codes).toEqual(["ITEM_TWICE", "CLAIM_UNKNOWN", "CLAIM_UNKNOWN", "REQUIRED_NOT_ASKED"]);
  });

  it("may be empty", () => {
    expect(parseServiceItems([], types)).toEqual({ ok: true, items: [] });
  });
});

describe("a service item", () => {
  const items = new ServiceItems([item(), item({ code: "X", names: { zh: "乙", en: "X" } })]);

  it("is found by its code and by either name", () => {
    for (const word of ["460000-JS-0101", "变更注册", "Change of registration"]) {
      expect(items.find(word)?.code).toBe("460000-JS-0101");
    }
    expect(items.find("X")?.code).toBe("X");
    for (const word of ["", "变更", "__proto__", "constructor"])
      expect(items.find(word)).toBeNull();
  });

  it("says what it may ask for of a type, and nothing of others", () => {
    expect(itemTypeOf(item(), CONSTRUCTOR)?.required).toEqual(["holderName"]);
    expect(itemTypeOf(item(), "9".repeat(21))).toBeNull();
  });
});
