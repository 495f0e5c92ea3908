/** Agencies for demonstrations: real regions, made-up organisation codes. */
import type { AgencyCode } from "../../core/identifiers/credit-code.ts";
import type { RegionCode } from "../../core/identifiers/region.ts";

export interface DemoAgency {
  readonly code: AgencyCode;
  readonly region: RegionCode;
  readonly zh: string;
  readonly en: string;
}

const ROWS: readonly (readonly [code: string, region: string, zh: string, en: string])[] = [
  ["11310000MB1A00001C", "310000", "上海市证照样例局", "Shanghai Sample Certificate Bureau"],
  ["11330000MB1A00001L", "330000", "浙江省证照样例局", "Zhejiang Sample Certificate Bureau"],
  ["11440000MB1A00001F", "440000", "广东省证照样例局", "Guangdong Sample Certificate Bureau"],
  ["11460000MB1A00001P", "460000", "海南省证照样例局", "Hainan Sample Certificate Bureau"],
  ["11520000MB1A00001X", "520000", "贵州省证照样例局", "Guizhou Sample Certificate Bureau"],
];

export const DEMO_AGENCIES: readonly DemoAgency[] = ROWS.map(([code, region, zh, en]) => ({
  code: code as AgencyCode,
  region: region as RegionCode,
  zh,
  en,
}));
