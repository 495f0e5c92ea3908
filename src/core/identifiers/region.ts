/**
 * Region codes (行政区划代码, GB/T 2260): six digits in three pairs for province, city and county.
 * Below the province any code is accepted, since retired codes stay valid in old documents.
 */
import type { Checked } from "./checked.ts";
import { conclude } from "./checked.ts";
import type { CheckMode, IdentifierFaultCode } from "./faults.ts";
import { PROVINCES } from "./provinces.ts";

export type RegionCode = string & { readonly __brand: "RegionCode" };
export type Language = "zh" | "en";

/** The whole country. */
export const NATIONAL = "0" as RegionCode;
const NATIONAL_NAMES = { zh: "全国", en: "the whole country" };
const SHAPE = /^\d{6}$/;
const PROVINCE_BY_CODE = new Map(PROVINCES.map((province) => [province.code, province]));
/** For each number of two digits 1 where it begins a province's codes. */
const IS_PROVINCE = new Uint8Array(100);
for (const { code } of PROVINCES) IS_PROVINCE[Number(code.slice(0, 2))] = 1;
const DIGIT_ZERO = 48;

/** `0` or six digits that begin with a known province. */
export function parseRegion(text: string, mode: CheckMode = "strict"): Checked<RegionCode> {
  return conclude(text as RegionCode, regionFaults(text), mode);
}

function regionFaults(text: string): IdentifierFaultCode[] {
  if (text === NATIONAL) return [];
  if (!SHAPE.test(text)) return ["REGION_SHAPE"];
  return beginsWithProvince(text) ? [] : ["REGION_UNKNOWN"];
}

/** Whether the text begins with the two digits of one of the 34 provinces. */
export function beginsWithProvince(text: string): boolean {
  const [tens, ones] = [text.charCodeAt(0) - DIGIT_ZERO, text.charCodeAt(1) - DIGIT_ZERO];
  return ones >= 0 && ones <= 9 && IS_PROVINCE[10 * tens + ones] === 1;
}

/** The region one level up: county → city → province → the whole country → null. */
export function parentRegion(region: RegionCode): RegionCode | null {
  if (region === NATIONAL) return null;
  const city = `${region.slice(0, 4)}00`;
  const province = `${region.slice(0, 2)}0000`;
  if (region === province) return NATIONAL;
  return (region === city ? province : city) as RegionCode;
}

/**
 * Whether the region is the ancestor or lies in it: `460201` is within `460200`, `460000` and `0`.
 * Both are codes that `parseRegion` accepts.
 */
export function isRegionWithin(region: string, ancestor: string): boolean {
  return region.startsWith(prefixOf(ancestor));
}

/** How far down a region is: 0 the whole country, 1 a province, 2 a city, 3 a county. */
export function regionLevel(region: string): number {
  return prefixOf(region).length / 2;
}

/** The digits that all regions below share: none for the country, 2 for a province, 4, 6. */
function prefixOf(region: string): string {
  return region === NATIONAL ? "" : region.replace(/(?:00){1,2}$/, "");
}

/**
 * The region's name: from the given table (code → name), else the province's. A region in neither
 * gets the name of the nearest known region above it and its own code: `海南省（460200）`.
 */
export function regionName(
  region: RegionCode,
  language: Language,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  if (region === NATIONAL) return NATIONAL_NAMES[language];
  const own = knownName(region, language, names);
  if (own !== undefined) return own;
  const above = nearestName(region, language, names);
  return language === "zh" ? `${above}（${region}）` : `${above} (${region})`;
}

function nearestName(
  region: RegionCode,
  language: Language,
  names: ReadonlyMap<string, string>,
): string {
  const above = parentRegion(region);
  if (above === null) return NATIONAL_NAMES[language];
  return knownName(above, language, names) ?? nearestName(above, language, names);
}

function knownName(
  region: RegionCode,
  language: Language,
  names: ReadonlyMap<string, string>,
): string | undefined {
  return names.get(region) ?? PROVINCE_BY_CODE.get(region)?.[language];
}

/** The region, all above it, and the whole country: `460201` → itself, `460200`, `460000`, `0`. */
export function ancestryOf(region: string): readonly string[] {
  const line = [region];
  let parent = parentRegion(region as RegionCode);
  for (; parent !== null; parent = parentRegion(parent)) line.push(parent);
  return line;
}
