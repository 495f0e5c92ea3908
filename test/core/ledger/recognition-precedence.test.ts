import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { RecognitionRule } from "../../../src/core/ledger/events.ts";
import type { RuleOutcome } from "../../../src/core/ledger/recognition.ts";
import { decideRecognition, explainRecognition } from "../../../src/core/ledger/recognition.ts";
import { RULE_OUTCOME_WORDS } from "../../../src/core/ledger/recognition-words.ts";
import {
  DAY,
  LedgerStory,
  MARRIAGE,
  NOW,
  T0,
  UNENTITLED_TYPE,
  YEAR,
} from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const PROTOCOL = readFileSync("docs/protocol.md", "utf8").replace(/\s+/g, " ");

type Rule = Partial<RecognitionRule>;
type Question = Parameters<typeof explainRecognition>[1];

/** A counter in a county of Hangzhou, asked about what a county of Sanya issued. */
const QUESTION: Question = {
  recognising: "330102",
  recognised: "460201",
  type: MARRIAGE,
  serviceItem: "落户",
  at: NOW,
};
const GROUPS = {
  泛珠三角: ["460000", "440000"],
  海南与三亚: ["460200", "460000"],
  三亚: ["460200"],
  长三角: ["330000", "310000"],
};

function storyOf(rules: readonly Rule[]): LedgerStory {
  const story = new LedgerStory(primitives);
  for (const [group, regions] of Object.entries(GROUPS)) {
    story.tell({ kind: "GroupDefined", group, regions });
  }
  for (const rule of rules) story.addRule({ ...accept, ...counter.country, ...any, ...rule });
  return story;
}

/** How each rule stood, and by what it was decided: 'rule', 'own' or 'nothing'. */
function explain(rules: readonly Rule[], changes: Partial<Question> = {}) {
  const question = { ...QUESTION, ...changes };
  const { state } = storyOf(rules);
  const { decision, considered } = explainRecognition(state, question);
  expect(decision).toEqual(decideRecognition(state, question));
  return { by: decision.by, outcomes: considered.map(({ outcome }) => outcome) };
}

const accept = { effect: "accept", type: null, serviceItems: [], leastAssurance: 1 } as const;
const conditional = { effect: "conditional" } as const;
const suspend = { effect: "suspend" } as const;
const deny = { effect: "deny" } as const;
/** The region that a rule speaks for: the counter's county, its city, its province, the country. */
const counter = {
  county: { recognising: "330102" },
  city: { recognising: "330100" },
  province: { recognising: "330000" },
  country: { recognising: "0" },
};
/** The region that a rule is about. */
const issuer = {
  county: { recognised: "460201" },
  city: { recognised: "460200" },
  province: { recognised: "460000" },
};
const any = { recognised: "0" };
const typed = { type: MARRIAGE };
const item = { serviceItems: ["落户", "婚姻登记"] };
/** All that a rule can name beside the counter's region, and the strictest effect. */
const everythingElse = { ...issuer.county, ...typed, ...item, ...suspend };

/** Of these two rules, the first decides, in whatever order they were made. */
interface Precedence {
  readonly sentence: string;
  readonly case: string;
  readonly rules: readonly [Rule, Rule];
}

const of = (sentence: string, cases: Readonly<Record<string, readonly [Rule, Rule]>>) =>
  Object.entries(cases).map(([name, rules]): Precedence => ({ sentence, case: name, rules }));

const PRECEDENCES: readonly Precedence[] = [
  ...of("A national `deny` always holds.", {
    "before the counter's own rule that names everything": [
      deny,
      { ...counter.county, ...everythingElse, ...accept },
    ],
    "before a deny of the counter's own": [deny, { ...counter.county, ...issuer.county, ...deny }],
    "and of two the more specific is named": [
      { ...issuer.province, ...deny },
      { ...typed, ...item, ...deny },
    ],
  }),
  ...of("the counter's own region before its city before its province before the country", {
    "its own region before its city": [
      { ...counter.county },
      { ...counter.city, ...everythingElse },
    ],
    "its city before its province": [
      { ...counter.city },
      { ...counter.province, ...everythingElse, ...deny },
    ],
    "its province before the country": [
      { ...counter.province },
      { ...counter.country, ...everythingElse },
    ],
  }),
  ...of("then the issuer's region likewise before any", {
    "the issuer's own before its city": [
      issuer.county,
      { ...issuer.city, ...typed, ...item, ...suspend },
    ],
    "its city before its province": [
      issuer.city,
      { ...issuer.province, ...typed, ...item, ...suspend },
    ],
    "its province before any": [issuer.province, { ...any, ...typed, ...item, ...suspend }],
  }),
  ...of("A group ranks with the widest region it names", {
    "of a province and its city, as the province": [
      { ...issuer.city },
      { group: "海南与三亚", ...typed, ...item, ...suspend },
    ],
    "of a city, as the city": [
      { group: "三亚" },
      { ...issuer.province, ...typed, ...item, ...suspend },
    ],
    "of provinces, before any": [{ group: "泛珠三角" }, { ...any, ...typed, ...item, ...suspend }],
  }),
  ...of("then a named type before any", {
    "whatever service items the other names": [typed, { ...item, ...suspend }],
  }),
  ...of("then named service items before all", { "whatever the effect": [item, suspend] }),
  ...of("among equals `deny` before `suspend` before `conditional` before `accept`", {
    "deny before suspend": [
      { ...counter.city, ...deny },
      { ...counter.city, ...suspend },
    ],
    "suspend before conditional": [suspend, conditional],
    "conditional before accept": [conditional, accept],
  }),
];

describe("of two rules that both apply, the first decides and the second is outranked", () => {
  it.each(PRECEDENCES)("$sentence ($case)", ({ sentence, rules: [first, second] }) => {
    expect(PROTOCOL).toContain(sentence);
    expect(explain([first, second]).outcomes).toEqual(["decides", "outranked"]);
    expect(explain([second, first]).outcomes).toEqual(["outranked", "decides"]);
  });
});

/** What a question comes to under these rules. */
interface Case {
  readonly sentence: string;
  readonly case: string;
  readonly rules: readonly Rule[];
  readonly asks?: Partial<Question>;
  readonly by: "rule" | "own" | "nothing";
  readonly outcomes: readonly RuleOutcome[];
}

const OWN = "A region always recognises what its own agencies issue";
const CASES: readonly Case[] = [
  {
    sentence: "and of two that are equal in all this the later one.",
    case: "the last of three",
    rules: [suspend, accept, { ...accept, condition: "later" }, { ...suspend, condition: "later" }],
    by: "rule",
    outcomes: ["outranked", "outranked", "outranked", "decides"],
  },
  {
    sentence: "No rule: not recognised.",
    case: "there is none at all",
    rules: [],
    by: "nothing",
    outcomes: [],
  },
  {
    sentence: "No rule: not recognised.",
    case: "none of them is about it",
    rules: [{ recognising: "440000" }, { recognised: "440000" }],
    by: "nothing",
    outcomes: ["otherRecognisingRegion", "otherIssuerRegion"],
  },
  {
    sentence: `${OWN}: those in it`,
    case: "a province, of its county, though it says otherwise",
    rules: [{ recognising: "460000", ...deny }],
    asks: { recognising: "460000" },
    by: "own",
    outcomes: ["outranked"],
  },
  {
    sentence: "those of a region that it lies in",
    case: "a county, of its province, though it says otherwise",
    rules: [{ recognising: "460201", ...deny }],
    asks: { recognising: "460201", recognised: "460000" },
    by: "own",
    outcomes: ["outranked"],
  },
  {
    sentence: "those of a region that it lies in",
    case: "but a neighbouring city of the same province is another region",
    rules: [],
    asks: { recognising: "460100" },
    by: "nothing",
    outcomes: [],
  },
  {
    sentence: "other than by a national `deny`",
    case: "which holds for what is issued there too",
    rules: [deny, { recognising: "460201", ...accept }],
    asks: { recognising: "460201" },
    by: "rule",
    outcomes: ["decides", "outranked"],
  },
  {
    sentence: "A national `deny` always holds.",
    case: "for what it is about, and for nothing else",
    rules: [{ type: UNENTITLED_TYPE, ...deny }, accept],
    by: "rule",
    outcomes: ["otherType", "decides"],
  },
  {
    sentence:
      "the region recognised (a code that stands for all below it, a named group of regions, or any)",
    case: "a county, a city and a group without the issuer are not",
    rules: [
      { recognised: "460202" },
      { recognised: "460100" },
      { group: "长三角" },
      { group: "无" },
    ],
    by: "nothing",
    outcomes: Array.from({ length: 4 }, () => "otherIssuerRegion" as const),
  },
  {
    sentence: "the service items it holds for (none named: all)",
    case: "another item, and none where the rule names some",
    rules: [{ serviceItems: ["公积金"] }, accept],
    by: "rule",
    outcomes: ["otherServiceItem", "decides"],
  },
  {
    sentence: "the days it holds",
    case: "from its first second up to but not at its end",
    rules: [
      { validFrom: NOW + 1 },
      { validFrom: NOW - DAY, validUntil: NOW },
      { validFrom: NOW, validUntil: NOW + 1 },
    ],
    by: "rule",
    outcomes: ["notYetInForce", "runOut", "decides"],
  },
];

describe("a question of recognition", () => {
  it.each(CASES)("$sentence ($case)", ({ sentence, rules, asks, by, outcomes }) => {
    expect(PROTOCOL).toContain(sentence);
    expect(explain(rules, asks)).toEqual({ by, outcomes });
  });

  it("of a counter that names no item is not for a rule that names some", () => {
    const { serviceItem: _, ...question } = QUESTION;
    const { state } = storyOf([item]);
    const [considered] = explainRecognition(state, question).considered;
    expect(considered?.outcome).toBe("otherServiceItem");
  });

  it("is told which rules were ended by then, and which nobody knew of yet", () => {
    const story = storyOf([accept]).at(T0 + DAY);
    story.tell({ kind: "RuleEnded", ruleId: 1 }).at(T0 + 2 * DAY);
    story.addRule({ ...counter.city, ...any });
    const outcomes = (at: number, asKnownAt?: number): RuleOutcome[] =>
      explainRecognition(story.state, { ...QUESTION, at }, asKnownAt).considered.map(
        ({ outcome }) => outcome,
      );
    expect(outcomes(NOW)).toEqual(["ended", "decides"]);
    expect(outcomes(NOW, T0 + DAY)).toEqual(["ended", "notYetRecorded"]);
    expect(outcomes(NOW, T0)).toEqual(["decides", "notYetRecorded"]);
    expect(outcomes(T0)).toEqual(["outranked", "decides"]);
    expect(outcomes(NOW, T0 - 2 * YEAR)).toEqual(["notYetRecorded", "notYetRecorded"]);
  });

  it("that only a rule answered which has run out names the one that ran out last recorded", () => {
    const { state } = storyOf([
      { validUntil: NOW },
      { ...conditional, validUntil: NOW },
      { ...deny, validUntil: NOW },
    ]);
    expect(decideRecognition(state, QUESTION)).toMatchObject({
      by: "nothing",
      expired: { id: 2 },
    });
  });

  it("has words in both languages for every way a rule can stand to it", () => {
    for (const { zh, en } of Object.values(RULE_OUTCOME_WORDS)) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
  });
});
