/** What a check adds to its words is said in the reader's language, or not at all. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { detailWords } from "../../src/web/parts/check-detail.ts";
import { settings } from "../../src/web/settings/settings.ts";

const NAMES = new Map([["holderName", { zh: "持证人", en: "Holder" }]]);

beforeEach(() => {
  settings.language = "zh-CN";
});

describe("beside a check", () => {
  test.each([
    ["from 2026-03-01T16:30:05Z", "自 2026年3月2日 00:30 起", "from 2 Mar 2026, 00:30 on"],
    ["since 2026-03-01T16:30:05Z", "自 2026年3月2日 00:30 起", "from 2 Mar 2026, 00:30 on"],
    [
      "the batch, from 2026-03-01T16:30:05Z, reason 7",
      "自 2026年3月2日 00:30 起，原因代码 7",
      "from 2 Mar 2026, 00:30 on, reason 7",
    ],
    [
      "last confirmed 7200 s ago at block 478; last known: pass",
      "链上数据：2小时前更新",
      "Chain data: 2 hours ago",
    ],
    [
      "this verifier has not reached the chain yet; last known: pass",
      "尚未连接上链",
      "The chain was not reached yet",
    ],
    ["rule 3", "依据第 3 号规则", "By rule 3"],
    ["rule 3, ", "依据第 3 号规则", "By rule 3"],
    [
      "rule 3, 国办发〔2022〕3号: last confirmed 90 s ago at block 4",
      "依据第 3 号规则（国办发〔2022〕3号）",
      "By rule 3 (国办发〔2022〕3号)",
    ],
    ["it is for 3号窗口", "这是出示给“3号窗口”的", "It is for ‘3号窗口’"],
    ["600 s ahead", "快了 10分钟", "10 minutes ahead"],
    ["61 s ago", "1分钟前已失效", "It ended 1 minute ago"],
  ])("%s is said in both languages", (detail, zh, en) => {
    expect(detailWords("ANY", detail, NAMES)).toBe(zh);
    settings.language = "en";
    expect(detailWords("ANY", detail, NAMES)).toBe(en);
  });

  test("missing claims are called as the type calls them", () => {
    const said = detailWords("CLAIM_MISSING", "holderName, birthDate", NAMES);
    expect(said).toBe("缺少：持证人和birthDate");
  });

  test("what the page has no Chinese for is left out in Chinese, never shown in English", () => {
    const detail = "it lives longer than 7 days";
    expect(detailWords("BINDING_INVALID", detail, NAMES)).toBeNull();
    settings.language = "en";
    expect(detailWords("BINDING_INVALID", detail, NAMES)).toBe(detail);
  });
});
