/**
 * The provinces as tiles of one size, each near where it lies: a picture of who takes part, not a map. Names are
 * short, so that they fit a tile; a tile's full name is said beside it.
 */
import { PROVINCES } from "../../../core/identifiers/provinces.ts";
import type { Words } from "../../../core/words.ts";

export interface Tile {
  /** A province's code, or 0 for the whole country. */
  readonly region: string;
  readonly name: Words;
  /** As it is written in a tile. */
  readonly short: Words;
  /** From 1, as CSS counts grid lines. */
  readonly row: number;
  readonly column: number;
}

export const TILE_COLUMNS = 7;

/** North is up; each province by the letters that GB/T 2260 gives it. */
const ROWS = [
  "00 -- -- -- -- -- HL",
  "-- -- -- -- NM BJ JL",
  "XJ GS NX SX HE TJ LN",
  "-- QH SN HA SD JS --",
  "XZ SC CQ HB AH SH --",
  "-- YN GZ HN JX ZJ --",
  "-- -- GX GD FJ TW --",
  "-- -- HI MO HK -- --",
];

const LETTERS: Readonly<Record<string, string>> = {
  ...{ BJ: "110000", TJ: "120000", HE: "130000", SX: "140000", NM: "150000", LN: "210000" },
  ...{ JL: "220000", HL: "230000", SH: "310000", JS: "320000", ZJ: "330000", AH: "340000" },
  ...{ FJ: "350000", JX: "360000", SD: "370000", HA: "410000", HB: "420000", HN: "430000" },
  ...{ GD: "440000", GX: "450000", HI: "460000", CQ: "500000", SC: "510000", GZ: "520000" },
  ...{ YN: "530000", XZ: "540000", SN: "610000", GS: "620000", QH: "630000", NX: "640000" },
  ...{ XJ: "650000", TW: "710000", HK: "810000", MO: "820000" },
};

const NATIONAL: Omit<Tile, "row" | "column"> = {
  region: "0",
  name: { zh: "全国性机关", en: "National agencies" },
  short: { zh: "全国", en: "All" },
};

const KIND = /(?:市|省|特别行政区|(?:壮族|回族|维吾尔)?自治区)$/;

export const TILES: readonly Tile[] = ROWS.flatMap((line, row) =>
  line.split(" ").flatMap((letters, column) => {
    const tile = tileOf(letters);
    return tile === null ? [] : [{ ...tile, row: row + 1, column: column + 1 }];
  }),
);

function tileOf(letters: string): Omit<Tile, "row" | "column"> | null {
  if (letters === "00") return NATIONAL;
  const province = PROVINCES.find(({ code }) => code === LETTERS[letters]);
  if (province === undefined) return null;
  const { code, zh, en } = province;
  return { region: code, name: { zh, en }, short: { zh: shortName(zh), en: letters } };
}

/** 浙江省 → 浙江, 内蒙古自治区 → 内蒙古. */
export function shortName(name: string): string {
  return name.replace(KIND, "");
}
