/** Who accepts what from whom: every cell is the judge's own answer, and the picture shows the same. */
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import {
  MATRIX_WORDS,
  provincesOf,
  recognitionMatrix,
  regionsConcerned,
} from "../../src/app/recognition-matrix.ts";
import type { MatrixEffect, MatrixQuestion } from "../../src/app/recognition-matrix.ts";
import { drawMatrix } from "../../src/app/recognition-picture.ts";
import { PROVINCES } from "../../src/core/identifiers/provinces.ts";
import type { RecognitionRule } from "../../src/core/ledger/events.ts";
import type { LedgerState } from "../../src/core/ledger/state.ts";
import { DAY, MARRIAGE, NOW, UNENTITLED_TYPE, tellUsualStory } from "../support/ledger-story.ts";

const primitives = await loadPrimitives();
const REGIONS = ["310000", "320000", "330000", "340000", "460000"];
const ITEM = "户口迁移";
const PLAIN = { group: null, type: MARRIAGE } as const;

/** One rule for each thing a cell can say. */
function ledger(more: readonly Partial<RecognitionRule>[] = []): LedgerState {
  const story = tellUsualStory(primitives);
  story.forgetRules();
  story.tell({ kind: "GroupDefined", group: "长三角", regions: REGIONS.slice(0, 4) });
  story.addRule({ ...PLAIN, recognising: "310000", group: "长三角", recognised: "0" });
  const conditional = { effect: "conditional", condition: "另验身份证" } as const;
  story.addRule({ ...PLAIN, recognising: "320000", recognised: "310000", ...conditional });
  story.addRule({ ...PLAIN, recognising: "320000", recognised: "330000", effect: "suspend" });
  story.addRule({ ...PLAIN, recognising: "0", recognised: "460000", effect: "deny" });
  story.addRule({ ...PLAIN, recognising: "330000", recognised: "310000", validUntil: NOW - DAY });
  for (const rule of more) story.addRule({ ...PLAIN, ...rule });
  return story.state;
}

const QUESTION: MatrixQuestion = { regions: REGIONS, type: MARRIAGE, at: NOW };

function effects(state: LedgerState, changes: Partial<MatrixQuestion> = {}): MatrixEffect[][] {
  const { rows } = recognitionMatrix(state, { ...QUESTION, ...changes });
  return rows.map((cells) => cells.map(({ effect }) => effect));
}

describe("the matrix", () => {
  it("says for each counter's region what holds for each issuer's", () => {
    expect(effects(ledger())).toEqual([
      ["own", "accept", "accept", "accept", "deny"],
      ["conditional", "own", "suspend", "none", "deny"],
      ["expired", "none", "own", "none", "deny"],
      ["none", "none", "none", "own", "deny"],
      ["none", "none", "none", "none", "deny"],
    ]);
  });

  it("names the rule that decides, or that once did", () => {
    const { rows } = recognitionMatrix(ledger(), QUESTION);
    const numbers = rows.map((cells) => cells.map(({ ruleId }) => ruleId));
    expect(numbers.slice(0, 3)).toEqual([
      [null, 1, 1, 1, 4],
      [2, null, 3, null, 4],
      [5, null, null, null, 4],
    ]);
  });

  it("heeds the service item, the day, and what was known", () => {
    const item = { recognising: "460000", recognised: "310000", serviceItems: [ITEM] };
    const state = ledger([item]);
    expect(effects(state)[4]?.[0]).toBe("none");
    expect(effects(state, { serviceItem: ITEM })[4]?.[0]).toBe("accept");
    expect(effects(state, { at: NOW - 2 * DAY })[2]?.[0]).toBe("accept");
    expect(effects(state, { asKnownAt: 0 }).flat()).not.toContain("accept");
  });

  it("is of the regions that have agencies or rules for the type, groups' members among them", () => {
    const state = ledger([{ recognising: "440300", recognised: "0", type: UNENTITLED_TYPE }]);
    const concerned = regionsConcerned(state, MARRIAGE);
    for (const region of ["310000", "340000", "460000", "460200"]) {
      expect(concerned).toContain(region);
    }
    expect(concerned).not.toContain("0");
    expect(concerned).not.toContain("440300");
    expect(regionsConcerned(state, UNENTITLED_TYPE)).toContain("440300");
    expect(concerned).toEqual([...concerned].sort());
  });

  it("can be of the provinces that those lie in", () => {
    expect(provincesOf(["460200", "460201", "310000", "0"])).toEqual(["310000", "460000"]);
  });

  it("has no members of a group that was never defined", () => {
    const state = ledger([{ recognising: "350000", group: "京津冀", recognised: "0" }]);
    expect(regionsConcerned(state, MARRIAGE)).toContain("350000");
  });
});

/** Tags that open and close, attributes in quotes, no bare & or <: enough to be sure that it parses. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml.replace(/^<\?xml [^?]*\?>\n/, "");
  const tokens = rest.match(/<[^<>]*>|[^<>]+/g) ?? [];
  if (tokens.join("") !== rest) return false;
  for (const token of tokens) {
    const tag = /^<(\/?)([a-z]+)((?:\s[a-z:-]+="[^"<&]*(?:&#\d+;[^"<&]*)*")*)(\/?)>$/i.exec(token);
    if (tag === null && (token.startsWith("<") || /&(?!#\d+;)/.test(token))) return false;
    if (tag === null) continue;
    const [, closes, name = "", , isEmpty] = tag;
    if (closes === "/" && open.pop() !== name) return false;
    if (closes === "" && isEmpty === "") open.push(name);
  }
  return open.length === 0;
}

describe("the picture", () => {
  const text = {
    title: "证照互认矩阵：结婚证",
    lines: ['Marriage <certificate> & "others"\u0000'],
  };
  const draw = (state: LedgerState, changes: Partial<MatrixQuestion> = {}): string =>
    drawMatrix(recognitionMatrix(state, { ...QUESTION, ...changes }), text);

  it("is one well-formed document that needs nothing from anywhere else", () => {
    const picture = draw(ledger());
    expect(isWellFormed(picture)).toBe(true);
    expect(isWellFormed(picture.replace("</desc>", ""))).toBe(false);
    expect(picture).toContain("<title>证照互认矩阵：结婚证</title>");
    expect(picture).toContain("Marriage &#60;certificate&#62; &#38; &#34;others&#34;");
    expect(picture.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|href|url\(|<style|<script|\u0000/,
    );
  });

  it("gives each effect a colour and a shape of its own, and a word in the legend", () => {
    const legend = draw(ledger()).split("\n").slice(-9, -2).join("\n");
    for (const { zh, en } of Object.values(MATRIX_WORDS)) expect(legend).toContain(`>${zh} ${en}<`);
    const fills = new Set(legend.match(/fill="#[0-9a-f]{6}" stroke="#d1d5db"/g));
    const drawn = [...legend.matchAll(/ color="[^"]*">(.*?)<\/g>/g)].map(([, shape]) => shape);
    const shapes = new Set(drawn);
    expect([fills.size, shapes.size]).toEqual([7, 7]);
  });

  it("says of each cell which regions it is about, and by which rule", () => {
    const picture = draw(ledger());
    expect(picture).toContain("<title>上海市 ← 江苏省: 认可 accept, 规则 rule 1</title>");
    expect(picture).toContain("<title>江苏省 ← 安徽省: 无规则 no rule</title>");
    expect(picture).toContain('text-anchor="end" font-size="10" fill="#4b5563">4</text>');
  });

  it("of all provinces stays within a slide, without the numbers that would not fit", () => {
    const regions = PROVINCES.map(({ code }) => code);
    const picture = draw(ledger(), { regions });
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(picture) ?? [];
    expect(Number(width)).toBeLessThan(1300);
    expect(Number(height)).toBeLessThan(1300);
    expect(picture).not.toContain('font-size="10"');
    expect(isWellFormed(picture)).toBe(true);
  });
});
