/** Made-up addresses in real counties, and made-up businesses. The word 样例 (sample) gives them away. */
import type { RegionCode } from "../../core/identifiers/region.ts";
import { isRegionWithin } from "../../core/identifiers/region.ts";
import type { Prng } from "./prng.ts";

interface Place {
  readonly code: string;
  readonly zh: string;
}

const PLACES: readonly Place[] = [
  { code: "110105", zh: "北京市朝阳区" },
  { code: "310115", zh: "上海市浦东新区" },
  { code: "330106", zh: "浙江省杭州市西湖区" },
  { code: "440106", zh: "广东省广州市天河区" },
  { code: "440305", zh: "广东省深圳市南山区" },
  { code: "460106", zh: "海南省海口市龙华区" },
  { code: "460203", zh: "海南省三亚市吉阳区" },
  { code: "510107", zh: "四川省成都市武侯区" },
  { code: "520103", zh: "贵州省贵阳市云岩区" },
  { code: "650102", zh: "新疆维吾尔自治区乌鲁木齐市天山区" },
];
const ROADS = ["样例路", "样例大道", "样例一街", "样例二街", "样例巷"];
const FIRST_WORDS = ["椰风", "云山", "海棠", "长桥", "北辰", "青禾", "远帆", "金穗"];
const TRADES = ["商贸", "餐饮管理", "运输", "科技", "食品", "建设工程", "物流", "农业"];
const FORMS = ["有限公司", "有限责任公司", "股份有限公司"];

export function makeAddress(prng: Prng): string {
  const { zh } = prng.pick(PLACES);
  const number = prng.below(300) + 1;
  const room = (prng.below(18) + 1) * 100 + prng.below(4) + 1;
  return `${zh}${prng.pick(ROADS)}${String(number)}号${String(room)}室`;
}

/** A county within the region, or the region itself where none of the counties known here lies in it. */
export function pickRegion(prng: Prng, region: RegionCode): string {
  const inside = PLACES.filter(({ code }) => isRegionWithin(code, region));
  return inside.length === 0 ? region : prng.pick(inside).code;
}

export function makeBusinessName(prng: Prng): string {
  return `${prng.pick(FIRST_WORDS)}样例${prng.pick(TRADES)}${prng.pick(FORMS)}`;
}
