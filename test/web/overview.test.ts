/** What the pictures of the public directory are drawn from. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { PROVINCES } from "../../src/core/identifiers/provinces.ts";
import type { RecognitionMatrix } from "../../src/web/pages/overview/public-ledger.ts";
import {
  MOST_MONTHS,
  fullest,
  monthsWithoutGaps,
  periodText,
} from "../../src/web/pages/overview/periods.ts";
import { TILES, TILE_COLUMNS, shortName } from "../../src/web/pages/overview/province-tiles.ts";
import {
  cellAt,
  cellTitle,
  countPairs,
  explainCell,
  withRulesAlone,
} from "../../src/web/pages/overview/recognition-words.ts";
import { settings } from "../../src/web/settings/settings.ts";
import { fitted, labelEvery, ticksUpTo } from "../../src/web/pages/overview/scales.ts";

beforeAll(() => {
  settings.language = "zh-CN";
});

const month = (period: string, certificates: number) => ({ period, batches: 1, certificates });

describe("the tiles", () => {
  test("show every province once, and the whole country, each in a place of its own", () => {
    const codes = TILES.map(({ region }) => region).sort();
    expect(codes).toEqual(["0", ...PROVINCES.map(({ code }) => code)].sort());
    const places = new Set(TILES.map(({ row, column }) => `${String(row)}/${String(column)}`));
    expect(places.size).toBe(TILES.length);
    expect(Math.max(...TILES.map(({ column }) => column))).toBe(TILE_COLUMNS);
  });

  test("have names that fit", () => {
    expect(TILES.every(({ short }) => short.zh.length <= 3 && short.en.length <= 3)).toBe(true);
    expect(["新疆维吾尔自治区", "澳门特别行政区", "重庆市"].map(shortName)).toEqual([
      ...["新疆", "澳门", "重庆"],
    ]);
  });
});

describe("an axis", () => {
  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [7, [0, 2, 4, 6, 8]],
    [955, [0, 500, 1000]],
    [20_206, [0, 10_000, 20_000, 30_000]],
  ])("up to %i has ticks at round numbers", (most, ticks) => {
    expect(ticksUpTo(most)).toEqual(ticks);
  });

  test("reaches at least as far as what it is for, with few ticks", () => {
    for (let most = 1; most < 100_000; most = Math.ceil(most * 1.37)) {
      const ticks = ticksUpTo(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
  });

  test("has only as many labels as there is room for", () => {
    expect([labelEvery(24, 960, 40), labelEvery(24, 300, 40), labelEvery(5, 0, 40)]).toEqual([
      ...[1, 4, 5],
    ]);
  });
});

test("a name that is too long for its bar is cut, and says so", () => {
  expect(fitted("特种作业操作证", 7 * 14, 14)).toBe("特种作业操作证");
  expect(fitted("特种作业操作证", 5 * 14, 14)).toBe("特种作业…");
  expect(fitted("Marriage certificate", 300, 14)).toBe("Marriage certificate");
  expect(fitted("结婚证", 3, 14)).toBe("…");
});

describe("months", () => {
  test("are shown without gaps", () => {
    const shown = monthsWithoutGaps([month("2025-11", 3), month("2026-02", 5)]);
    expect(shown.map(({ period, certificates }) => [period, certificates])).toEqual([
      ...[
        ["2025-11", 3],
        ["2025-12", 0],
        ["2026-01", 0],
        ["2026-02", 5],
      ],
    ]);
  });

  test("are shown up to the last, as many as fit", () => {
    const shown = monthsWithoutGaps([month("2020-01", 3), month("2026-02", 5)]);
    expect(shown).toHaveLength(MOST_MONTHS);
    expect(shown.at(-1)?.period).toBe("2026-02");
    expect(monthsWithoutGaps([])).toEqual([]);
  });

  test("name the fullest, the earliest of equals", () => {
    expect(fullest([month("2026-01", 3), month("2026-02", 5), month("2026-03", 5)])?.period).toBe(
      "2026-02",
    );
    expect(fullest([month("2026-01", 0)])).toBeNull();
  });

  test("and days are written out", () => {
    expect([periodText("2026-03"), periodText("2026-03-09")]).toEqual([
      "2026年3月",
      "2026年3月9日",
    ]);
  });
});

const RULE = {
  ...{ recognising: "330000", recognised: "460000", group: null, type: null, serviceItems: [] },
  ...{ leastAssurance: 0, maxStatusAge: 0, validFrom: 1_767_225_600, validUntil: null },
  ...{ effect: "conditional", condition: "出示身份证", basis: "浙政办〔2025〕1号" },
} as const;

/** Zhejiang accepts Hainan's on a condition; Shanghai has no rule. */
const MATRIX = {
  ...{ type: "T", regions: ["310000", "330000", "460000"], more: 0 },
  rows: [
    [
      { effect: "own", rule: null },
      { effect: "none", rule: null },
      { effect: "none", rule: null },
    ],
    [
      { effect: "none", rule: null },
      { effect: "own", rule: null },
      { effect: "conditional", rule: 0 },
    ],
    [
      { effect: "none", rule: null },
      { effect: "none", rule: null },
      { effect: "own", rule: null },
    ],
  ],
  rules: [{ ...{ ruleId: 7, generation: 0, recordedAt: "", endedAt: null }, rule: { ...RULE } }],
  ledger: {},
} as unknown as RecognitionMatrix;
const NAME = { zh: "结婚证", en: "Marriage certificate" };

function explained(row: number, column: number, matrix = MATRIX): readonly string[] {
  const cell = cellAt(matrix, row, column);
  return cell === null ? [] : explainCell(cell, NAME);
}

describe("the matrix", () => {
  test("says who accepts whose, and how many pairs do", () => {
    const cell = cellAt(MATRIX, 1, 2);
    expect(cell === null ? "" : cellTitle(cell)).toBe("浙江省的窗口，海南省颁发：有条件");
    expect(countPairs(MATRIX)).toEqual({ pairs: 6, accepted: 1 });
    expect(cellAt(MATRIX, 3, 0)).toBeNull();
  });

  test("can leave out regions without any rule, and keeps each cell in its place", () => {
    const narrow = withRulesAlone(MATRIX);
    expect(narrow.regions).toEqual(["330000", "460000"]);
    expect(narrow.rows.map((row) => row.map(({ effect }) => effect))).toEqual([
      ...[
        ["own", "conditional"],
        ["none", "own"],
      ],
    ]);
    expect(explained(0, 1, narrow)).toEqual(explained(1, 2));
  });

  test("explains a rule with its dates, condition and basis", () => {
    expect(explained(1, 2)).toEqual([
      "规则 7：浙江省有条件认可海南省颁发的各类证照",
      "自 2026年1月1日 起",
      "条件：出示身份证",
      "依据：浙政办〔2025〕1号",
    ]);
  });

  test("names the type, the end, the matters and the assurance where a rule says them", () => {
    const limits = { validUntil: 1_798_761_600, serviceItems: ["户口迁移"], leastAssurance: 3 };
    const rule = { ...RULE, ...limits, type: "T", condition: "", basis: "" };
    const rules = MATRIX.rules.map((record) => ({ ...record, rule }));
    expect(explained(1, 2, { ...MATRIX, rules } as unknown as RecognitionMatrix)).toEqual([
      "规则 7：浙江省有条件认可海南省颁发的结婚证",
      "2026年1月1日 至 2027年1月1日",
      "限办理：户口迁移",
      "要求可信等级不低于 3 级",
    ]);
  });

  test("explains why there needs to be no rule, that there is none, or that it has run out", () => {
    expect(explained(0, 0)[0]).toContain("无需规则");
    expect(explained(0, 1)[0]).toContain("没有适用的规则");
    const rows = MATRIX.rows.map((row) => {
      return row.map((cell) => (cell.rule === null ? cell : { ...cell, effect: "expired" }));
    });
    expect(explained(1, 2, { ...MATRIX, rows } as RecognitionMatrix)[0]).toContain("已到期");
  });

  test("shows what an authority wrote without letting it turn the line around", () => {
    const rule = { ...RULE, condition: "可\u202E认" };
    const rules = MATRIX.rules.map((record) => ({ ...record, rule }));
    const told = explained(1, 2, { ...MATRIX, rules } as unknown as RecognitionMatrix).join();
    expect(told).toContain("U+202E");
    expect(told).not.toContain("\u202E");
  });
});
