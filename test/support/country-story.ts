/** A country at work, told as events: agencies in many provinces, years of batches, what ended, and rules. */
import { toHex } from "../../src/core/encoding/bytes.ts";
import { PROVINCES } from "../../src/core/identifiers/provinces.ts";
import { ZERO_HASH } from "../../src/core/ledger/state.ts";
import type { LedgerStory } from "./ledger-story.ts";
import { DAY, MARRIAGE, T0, YEAR, establish, publishType } from "./ledger-story.ts";
import { seededBytes } from "./seeded.ts";

const TYPES = [
  ["11100000000013338W032", "特种作业操作证", "Special operations licence"],
  ["111000000000131433001", "出生医学证明", "Birth certificate"],
  ["11100000000024307N002", "食品经营许可证", "Food business licence"],
  ["111000000000271111003", "不动产权证书", "Real estate title"],
] as const;
const DELTA = ["310000", "320000", "330000", "340000"];
const ENDINGS = [1, 1, 2, 2, 2, 3, 4, 5, 6] as const;

/** Adds it to a story in which Sanya and Hangzhou are at work. @param now where the years of batches end */
export function tellCountry(story: LedgerStory, now: number): void {
  story.at(T0 - YEAR);
  for (const [code, name, nameEn] of TYPES) publishType(story, code, { name, nameEn });
  PROVINCES.forEach(({ code, zh }, i) => {
    for (let n = 0; n < (i * 7) % 5; n++) establish(story, agencyOf(code, zh, n));
  });
  tellRules(story);
  const types = [MARRIAGE, ...TYPES.map(([code]) => code)];
  for (let i = 0; i < 120; i++) {
    tellBatch(story, {
      i,
      time: now - (120 - i) * 5 * DAY,
      type: types[((i * 13 + (i >> 2)) % 7) % 5] as string,
    });
  }
}

function agencyOf(region: string, name: string, n: number) {
  return {
    code: `11${region}MB${String(n).padStart(7, "0")}X`,
    region,
    name: `${name}第${String(n + 1)}样例发证机关`,
    operator: `0x${toHex(seededBytes(`${region} ${String(n)}`, 20))}`,
  };
}

interface ToldBatch {
  readonly i: number;
  readonly time: number;
  readonly type: string;
}

function tellBatch(story: LedgerStory, { i, time, type }: ToldBatch): void {
  const agency = "11330100MB7654322E";
  const root = `0x${toHex(seededBytes(`country ${String(i)}`, 32))}`;
  const size = 500 + ((i * 7919) % 3600);
  story.at(time).tell({
    kind: "BatchAnchored",
    ...{ agency, root, type, size, schemaVersion: 1, suite: 1, manifestHash: ZERO_HASH },
    ...{ operator: `0x${"52".repeat(20)}`, time },
  });
  const status = ENDINGS[i % ENDINGS.length] as number;
  const indices = Array.from({ length: 3 + (i % 11) }, (_, n) => n);
  const change = { agency, root, status, effectiveFrom: time, reason: 1 };
  story.tell({ kind: "CertificatesStatusChanged", ...change, indices });
}

/** One rule for each thing that a cell can say. */
function tellRules(story: LedgerStory): void {
  story.tell({ kind: "GroupDefined", group: "长三角", regions: DELTA });
  for (const recognising of DELTA) {
    story.addRule({ recognising, recognised: "0", group: "长三角", basis: "长三角证照互认协议" });
  }
  const conditional = { effect: "conditional", condition: "同时出示居民身份证" } as const;
  story.addRule({ recognising: "440000", recognised: "450000", ...conditional });
  story.addRule({ recognising: "460000", recognised: "440000", effect: "suspend" });
  story.addRule({ recognising: "510000", recognised: "500000", validUntil: T0 + DAY });
  story.addRule({ recognising: "500000", recognised: "510000", type: null });
  story.addRule({ recognising: "110000", recognised: "120000", effect: "deny" });
}
