import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import type { RecognitionRule } from "../../../../src/core/ledger/events.ts";
import type { CounterRequest } from "../../../../src/core/verify/case.ts";
import type { LedgerStory } from "../../../support/ledger-story.ts";
import { DAY, MARRIAGE, NOW, SANYA, T0, UNENTITLED_TYPE } from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { STRICT, usualCase } from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();
type Changes = Partial<RecognitionRule>;

/** A holder from Sanya (460200, Hainan) before a counter in Hangzhou (330100, Zhejiang). */
function verdictUnder(
  rules: readonly Changes[],
  request: Partial<CounterRequest> = {},
  happens: (story: LedgerStory) => unknown = () => undefined,
) {
  const { story, judge, signed } = usualCase(primitives);
  story.forgetRules();
  happens(story);
  for (const rule of rules) story.addRule({ type: null, leastAssurance: 1, ...rule });
  return judge(signed(), { ...STRICT, ...request });
}

function codeUnder(rules: readonly Changes[], request: Partial<CounterRequest> = {}) {
  return outcomesOf(verdictUnder(rules, request, defineGroups)).recognition;
}

function defineGroups(story: LedgerStory): void {
  story.tell({ kind: "GroupDefined", group: "泛珠三角", regions: ["460000", "440000"] });
  story.tell({ kind: "GroupDefined", group: "海南与三亚", regions: ["460200", "460000"] });
  story.tell({ kind: "GroupDefined", group: "三亚", regions: ["460200"] });
}

const accept = { effect: "accept" } as const;
const conditional = { effect: "conditional" } as const;
const suspend = { effect: "suspend" } as const;
const deny = { effect: "deny" } as const;

describe("the recognition check", () => {
  it("says NO_RULE where no rule speaks of the two regions, and names none", () => {
    const verdict = verdictUnder([]);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ recognition: "NO_RULE" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    expect(verdict.recognition).toEqual({ by: "nothing", expired: null });
  });

  it("says DENIED, and names the rule and its legal basis", () => {
    const verdict = verdictUnder([{ ...deny, basis: "浙民函〔2026〕3号" }]);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ recognition: "DENIED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    expect(detailOf(verdict, "recognition")).toBe("rule 1, 浙民函〔2026〕3号");
    expect(verdict.recognition).toMatchObject({ by: "rule", record: { id: 1 } });
  });

  it("says RECOGNITION_SUSPENDED while a rule suspends it", () => {
    const verdict = verdictUnder([suspend]);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ recognition: "RECOGNITION_SUSPENDED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("says RECOGNITION_EXPIRED from the second its rule ends, and names that rule", () => {
    const verdict = verdictUnder([{ ...accept, validUntil: NOW }]);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ recognition: "RECOGNITION_EXPIRED" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    expect(detailOf(verdict, "recognition")).toBe("rule 1");
    expect(verdictUnder([{ ...accept, validUntil: NOW + 1 }]).verdict).toBe("accepted");
  });

  it("says NO_RULE, not that it ran out, where only a refusal ran out", () => {
    expect(codeUnder([{ ...deny, validUntil: NOW }])).toBe("NO_RULE");
    expect(codeUnder([{ ...suspend, validUntil: NOW }])).toBe("NO_RULE");
    expect(codeUnder([{ ...conditional, validUntil: NOW }])).toBe("RECOGNITION_EXPIRED");
  });

  it("says ASSURANCE_TOO_LOW for a certificate of a lower level than the rule asks", () => {
    const granted = {
      kind: "EntitlementGranted",
      agency: SANYA.code,
      type: MARRIAGE,
      validFrom: T0 - DAY,
      validUntil: null,
      assurance: 2,
    } as const;
    const { story, batch, judge, signed } = usualCase(primitives, {}, { isAnchored: false });
    story.tell(granted).anchor(batch);
    const verdict = judge(signed(), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ recognition: "ASSURANCE_TOO_LOW" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    story.addRule({ recognising: "330100", leastAssurance: 2 });
    expect(judge(signed(), STRICT).verdict).toBe("accepted");
  });

  it("says can't tell where the status data is older than the rule allows", () => {
    const { story, judge, signed } = usualCase(primitives);
    story.addRule({ recognising: "330100", maxStatusAge: 600 });
    const atAge = (age: number) => judge(signed(), STRICT, story.view(NOW - age));
    expect(atAge(600).verdict).toBe("accepted");
    const verdict = atAge(601);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ recognition: "unknown: CHAIN_STALE" }));
    expect(verdict).toMatchObject({ verdict: "indeterminate", authentic: true, usable: null });
    expect(detailOf(verdict, "recognition")).toContain(
      "rule 2, 浙政办〔2025〕1号: last confirmed 601 s ago",
    );
  });

  it("says can't tell on an old view, with what was last known", () => {
    const { story, judge, signed } = usualCase(primitives);
    story.addRule({ recognising: "0", ...deny });
    const verdict = judge(signed(), STRICT, story.view(NOW - 7200));
    expect(outcomesOf(verdict).recognition).toBe("unknown: CHAIN_STALE");
    expect(detailOf(verdict, "recognition")).toContain("last known: DENIED");
  });

  it("accepts on a condition and hands the counter its words", () => {
    const verdict = verdictUnder([{ ...conditional, condition: "须同时出示身份证" }]);
    expect(outcomesOf(verdict)).toEqual(allPassBut({}));
    expect(verdict.recognition).toMatchObject({
      record: { rule: { condition: "须同时出示身份证" } },
    });
  });

  it("asks nothing where the counter does not say where it is", () => {
    const { region: _, ...request } = STRICT;
    const { judge, signed } = usualCase(primitives);
    const verdict = judge(signed(), request);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ recognition: "not asked" }));
    expect(verdict.recognition).toBeNull();
  });

  it("knows a rule from its first second, and no more once an authority ended it", () => {
    expect(codeUnder([{ ...accept, validFrom: NOW + 1 }])).toBe("NO_RULE");
    expect(codeUnder([{ ...accept, validFrom: NOW }])).toBe("pass");
    const { story, judge, signed } = usualCase(primitives);
    story.at(NOW - 5).tell({ kind: "RuleEnded", ruleId: 1 });
    expect(outcomesOf(judge(signed(), STRICT)).recognition).toBe("NO_RULE");
    const before = judge(signed(), { ...STRICT, at: NOW - 6 });
    expect(outcomesOf(before).recognition).toBe("pass");
  });
});

describe("which recognition rule decides", () => {
  const own = { recognising: "330100" };
  const province = { recognising: "330000" };
  const country = { recognising: "0" };
  const city = { recognised: "460200" };
  const any = { recognised: "0" };
  const named = { type: MARRIAGE };
  const item = { serviceItems: ["婚姻登记", "落户"] };
  const purpose = "落户";

  it.each<[string, Changes[], string]>([
    [
      "the counter's city before its province",
      [{ ...own, ...suspend }, accept],
      "RECOGNITION_SUSPENDED",
    ],
    [
      "the counter's city, accepting, before its province",
      [{ ...own, ...accept }, suspend],
      "pass",
    ],
    [
      "the counter's province before the country",
      [
        { ...province, ...accept },
        { ...country, ...suspend },
      ],
      "pass",
    ],
    [
      "the counter's region even where the country names more",
      [
        { ...own, ...any, ...accept },
        { ...country, ...city, ...named, ...suspend },
      ],
      "pass",
    ],
    [
      "the issuer's city before its province",
      [{ ...city, ...suspend }, accept],
      "RECOGNITION_SUSPENDED",
    ],
    ["the issuer's province before any region", [accept, { ...any, ...suspend }], "pass"],
    [
      "a group as widely as the widest region it names",
      [
        { group: "海南与三亚", ...any, ...suspend },
        { ...city, ...accept },
      ],
      "pass",
    ],
    [
      "a group that names the issuer's city before the province",
      [{ group: "三亚", ...any, ...suspend }, accept],
      "RECOGNITION_SUSPENDED",
    ],
    [
      "a group of provinces before any region",
      [
        { group: "泛珠三角", ...any, ...suspend },
        { ...any, ...accept },
      ],
      "RECOGNITION_SUSPENDED",
    ],
    [
      "the issuer's region before a named type",
      [
        { ...city, ...accept },
        { ...named, ...suspend },
      ],
      "pass",
    ],
    ["a named type before any", [{ ...named, ...suspend }, accept], "RECOGNITION_SUSPENDED"],
    [
      "a named type before a named service item",
      [
        { ...named, ...suspend },
        { ...item, ...accept },
      ],
      "RECOGNITION_SUSPENDED",
    ],
    ["a named service item before all", [{ ...item, ...suspend }, accept], "RECOGNITION_SUSPENDED"],
    ["deny before suspend", [suspend, deny], "DENIED"],
    ["suspend before conditional", [suspend, conditional], "RECOGNITION_SUSPENDED"],
    [
      "conditional before accept",
      [{ ...conditional, leastAssurance: 5 }, accept],
      "ASSURANCE_TOO_LOW",
    ],
    [
      "a national deny before everything",
      [
        { ...own, ...city, ...named, ...item, ...accept },
        { ...country, ...any, ...deny },
      ],
      "DENIED",
    ],
    [
      "a national accept after a province's deny",
      [{ ...country, ...city, ...named, ...accept }, deny],
      "DENIED",
    ],
  ])("takes %s", (_, rules, code) => {
    expect(codeUnder(rules, { purpose })).toBe(code);
    expect(codeUnder([...rules].reverse(), { purpose })).toBe(code);
  });

  it("takes the later of two that are equal", () => {
    expect(codeUnder([accept, { ...accept, leastAssurance: 5 }])).toBe("ASSURANCE_TOO_LOW");
    expect(codeUnder([{ ...accept, leastAssurance: 5 }, accept])).toBe("pass");
  });

  it.each<[string, Changes]>([
    ["another counter's city", { recognising: "330200" }],
    ["another counter's province", { recognising: "440000" }],
    ["a county of the counter's city", { recognising: "330102" }],
    ["another issuer's province", { recognised: "440000" }],
    ["a county of the issuer's city", { recognised: "460201" }],
    ["a group without the issuer", { group: "长三角", ...any }],
    ["another type", { type: UNENTITLED_TYPE }],
    ["other service items", { serviceItems: ["公积金"] }],
  ])("does not take a rule for %s", (_, rule) => {
    expect(codeUnder([{ ...accept, ...rule }], { purpose })).toBe("NO_RULE");
  });

  it("does not take a rule for named service items where the counter names none", () => {
    expect(codeUnder([{ ...accept, ...item }])).toBe("NO_RULE");
  });

  it.each([
    ["the issuer's own city", "460200"],
    ["a county of that city", "460201"],
    ["the province above it", "460000"],
    ["the whole country", "0"],
  ])("always recognises its own certificates: a counter in %s", (_, region) => {
    expect(codeUnder([], { region })).toBe("pass");
    expect(codeUnder([{ recognising: region, ...suspend }], { region })).toBe("pass");
    expect(codeUnder([{ ...country, ...deny }], { region })).toBe("DENIED");
  });

  it("does not take a neighbouring city of the same province for its own", () => {
    expect(codeUnder([], { region: "460100" })).toBe("NO_RULE");
  });

  it("lets no regional deny overrule what a region itself issued", () => {
    expect(codeUnder([{ recognising: "460000", ...deny }], { region: "460200" })).toBe("pass");
  });
});

describe("rules at random", () => {
  const rule = fc.record({
    recognising: fc.constantFrom("330100", "330000", "0", "440000"),
    recognised: fc.constantFrom("460200", "460000", "0", "440000"),
    group: fc.constantFrom(null, null, "泛珠三角", "三亚"),
    type: fc.constantFrom(null, MARRIAGE, UNENTITLED_TYPE),
    serviceItems: fc.constantFrom([], [], ["落户"]),
    effect: fc.constantFrom<RecognitionRule["effect"]>("accept", "conditional", "suspend", "deny"),
    leastAssurance: fc.constantFrom(1, 5),
    validUntil: fc.constantFrom(null, null, NOW - 1),
  });
  const purpose = fc.constantFrom("落户", "公积金");
  const isAccepted = (rules: readonly Changes[], wanted: string): boolean =>
    codeUnder(rules, { purpose: wanted }) === "pass";

  it("adding a deny never turns a refusal into an acceptance", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), rule, purpose, (rules, added, wanted) => {
        const isAcceptedAfter = isAccepted([...rules, { ...added, ...deny }], wanted);
        return !isAcceptedAfter || isAccepted(rules, wanted);
      }),
      { numRuns: 300 },
    );
  });

  it("the order in which rules of different rank were made decides nothing", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), purpose, (rules, wanted) => {
        const alike = rules.map((one) => ({ ...one, leastAssurance: 1 }));
        const reversed = [...alike].reverse();
        return isAccepted(alike, wanted) === isAccepted(reversed, wanted);
      }),
      { numRuns: 200 },
    );
  });
});
