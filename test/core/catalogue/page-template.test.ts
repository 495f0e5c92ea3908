import { describe, expect, it } from "@jest/globals";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { PageTemplate } from "../../../src/core/catalogue/page-template.ts";
import { readCatalogue } from "../../../src/adapters/catalogue/read-catalogue.ts";
import {
  fillStatement,
  parsePageTemplate,
  templateHash,
  unknownInTemplate,
  usualTemplate,
} from "../../../src/core/catalogue/page-template.ts";

const { sha256 } = await loadPrimitives();
const CATALOGUE = join(import.meta.dirname, "..", "..", "..", "catalogue");
const { types } = await readCatalogue(CATALOGUE);
const GOOD = {
  type: "11100000MB1A90019A004",
  orientation: "landscape",
  colour: "#7a1f1f",
  title: { zh: "学位证书", en: "Degree certificate" },
  statement: { zh: "{holderName}", en: "" },
  fields: ["holderName"],
};

describe("the templates beside the catalogue", () => {
  it("are valid, for types that there are, and name only claims that those have", async () => {
    const files = await readdir(join(CATALOGUE, "templates"));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const json: unknown = JSON.parse(await readFile(join(CATALOGUE, "templates", file), "utf8"));
      const parsed = parsePageTemplate(json);
      if (!parsed.ok) throw new Error(`${file}: ${parsed.fault}`);
      const type = types.find(({ code }) => code === parsed.template.type);
      if (type === undefined) throw new Error(`${file}: no such type`);
      expect(unknownInTemplate(parsed.template, type)).toEqual([]);
      expect([file, templateHash(sha256, parsed.template)]).toEqual([file, type.template]);
    }
  });

  it("are known by what they say, however their file is laid out", () => {
    const { colour, ...rest } = GOOD as PageTemplate;
    const hash = templateHash(sha256, GOOD as PageTemplate);
    expect(templateHash(sha256, { ...rest, colour })).toBe(hash);
    expect(templateHash(sha256, { ...rest, colour: "#000000" })).not.toBe(hash);
  });
});

describe("a template", () => {
  it("is taken as it is written", () => {
    expect(parsePageTemplate(GOOD)).toEqual({ ok: true, template: GOOD });
  });

  it.each([
    ["no JSON object", null],
    ["no JSON object", "x"],
    ["unknown member 'seal'", { ...GOOD, seal: true }],
    ["type: a type's code expected", { ...GOOD, type: 4 }],
    ["orientation: portrait or landscape expected", { ...GOOD, orientation: "square" }],
    ["colour: # and six hex digits expected", { ...GOOD, colour: "red" }],
    ["colour: # and six hex digits expected", { ...GOOD, colour: 7 }],
    ["title: zh and en expected", { ...GOOD, title: "证" }],
    ["title: zh and en expected", { ...GOOD, title: null }],
    ["statement: zh and en expected", { ...GOOD, statement: { zh: "证" } }],
    ["fields: names of claims expected", { ...GOOD, fields: "holderName" }],
    ["fields: names of claims expected", { ...GOOD, fields: [1] }],
  ])("is refused: %s", (fault, json) => {
    expect(parsePageTemplate(json)).toEqual({ ok: false, fault });
  });

  it("tells which claims it names that the type does not have", () => {
    const type = types.find(({ code }) => code === GOOD.type);
    if (type === undefined) throw new Error("no such type");
    const template = { type: type.code, orientation: "portrait", colour: "#000000" } as const;
    expect(unknownInTemplate(template, type)).toEqual([]);
    const statement = { zh: "{holderName}{nobody}", en: "{}" };
    const wrong = { ...template, statement, fields: ["degree", "seal"] };
    expect(unknownInTemplate(wrong, type)).toEqual(["seal", "nobody", ""]);
  });

  it("has its statement filled with claims", () => {
    const valueOf = (claim: string): string => `<${claim}>`;
    expect(fillStatement("{holderName}，授予{degree}。", valueOf)).toBe(
      "<holderName>，授予<degree>。",
    );
  });

  it("is not needed: a type with few claims has a landscape page, one with many a portrait", () => {
    const orientations = types.map((type) => [type.claims.length, usualTemplate(type).orientation]);
    for (const [claims, orientation] of orientations) {
      expect(orientation).toBe(Number(claims) > 12 ? "portrait" : "landscape");
    }
    expect(new Set(orientations.map(([, orientation]) => orientation)).size).toBe(2);
  });
});
