/** What a check adds to its words is said in the reader's language, or not at all. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { detailWords } from "../../src/web/parts/check-detail.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { DAY, NOW, YEAR } from "../support/ledger-story.ts";
import { PLAIN, STRICT, usualCase } from "../support/usual-case.ts";
import { settings } from "../../src/web/settings/settings.ts";

const usual = usualCase(await loadPrimitives());
const NAMES = new Map([["holderName", { zh: "持证人", en: "Holder" }]]);

beforeEach(() => {
  settings.language = "zh-CN";
});

describe("beside a check", () => {
  test.each([
    [
      "NOT_YET_VALID",
      "from 2026-03-01T16:30:05Z",
      "自 2026年3月2日 00:30 起",
      "from 2 Mar 2026, 00:30 on",
    ],
    [
      "EXPIRED",
      "since 2026-03-01T16:30:05Z",
      "自 2026年3月2日 00:30 起",
      "from 2 Mar 2026, 00:30 on",
    ],
    [
      "REVOKED",
      "the batch, from 2026-03-01T16:30:05Z, reason 7",
      "自 2026年3月2日 00:30 起，原因代码 7",
      "from 2 Mar 2026, 00:30 on, reason 7",
    ],
    [
      "CHAIN_STALE",
      "last confirmed 7200 s ago at block 478; last known: pass",
      "链上数据：2小时前更新",
      "Chain data: 2 hours ago",
    ],
    [
      "CHAIN_STALE",
      "this verifier has not reached the chain yet; last known: pass",
      "尚未连接上链",
      "The chain was not reached yet",
    ],
    ["RECOGNITION_EXPIRED", "rule 3", "依据第 3 号规则", "By rule 3"],
    ["DENIED", "rule 3, ", "依据第 3 号规则", "By rule 3"],
    [
      "CHAIN_STALE",
      "rule 3, 国办发〔2022〕3号: last confirmed 90 s ago at block 4",
      "依据第 3 号规则（国办发〔2022〕3号）",
      "By rule 3 (国办发〔2022〕3号)",
    ],
    ["AUDIENCE_MISMATCH", "it is for 3号窗口", "这是出示给“3号窗口”的", "It is for ‘3号窗口’"],
    ["CLOCK_SKEW", "600 s ahead", "快了 10分钟", "10 minutes ahead"],
    ["PRESENTATION_EXPIRED", "61 s ago", "1分钟前已失效", "It ended 1 minute ago"],
    ["GRANT_NOT_FOR_PURPOSE", "it is for 社保登记", "代亮只限：社保登记", "It is for 社保登记"],
  ] as const)("of %s: %s is said in both languages", (code, detail, zh, en) => {
    expect(detailWords(code, detail, NAMES)).toBe(zh);
    settings.language = "en";
    expect(detailWords(code, detail, NAMES)).toBe(en);
  });

  test("missing claims are called as the type calls them", () => {
    const said = detailWords("CLAIM_MISSING", "holderName, birthDate", NAMES);
    expect(said).toBe("缺少：持证人和birthDate");
  });

  test.each([
    ["a certificate of yesterday", PLAIN, { now: NOW - 3 * YEAR }, "validity"],
    ["one that has expired", PLAIN, { now: NOW + 30 * YEAR, maxLedgerAge: Infinity }, "validity"],
    ["a view of the chain from last week", PLAIN, { now: NOW + 7 * DAY }, "anchor"],
    ["a code for another counter", STRICT, { audience: "another" }, "freshness"],
    ["a code of last minute", STRICT, { now: NOW + 100 }, "freshness"],
    ["a phone that is ahead", STRICT, { now: NOW - 100 }, "freshness"],
    ["a claim that is missing", PLAIN, { requiredClaims: ["noSuchClaim"] }, "disclosure"],
  ])("%s is said in Chinese as the judge tells it", (_, usually, asked, check) => {
    const given = usually === STRICT ? usual.signed() : usual.printed();
    const { checks } = usual.judge(given, { ...usually, ...asked });
    const found = checks.find((one) => one.check === check);
    if (found === undefined || !("code" in found)) throw new Error("nothing found");
    expect(detailWords(found.code, found.detail ?? "", NAMES)).toMatch(/\p{Script=Han}/u);
  });

  test("what the page has no Chinese for is left out in Chinese, never shown in English", () => {
    const detail = "it is for another certificate";
    expect(detailWords("BINDING_INVALID", detail, NAMES)).toBeNull();
    settings.language = "en";
    expect(detailWords("BINDING_INVALID", detail, NAMES)).toBe(detail);
  });
});
