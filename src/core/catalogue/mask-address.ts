/** Masking of addresses down to the county: `海南省三亚市吉阳区****`. */

const PROVINCE = "(?:.{2,3}省|.{2,6}?自治区|..特别行政区)?";
const CITY = "(?:[^\\d县区旗省]{1,10}?(?:自治州|地区|盟|市))?";
/**
 * A county's name is short and has none of the characters of streets; 小区, 园区, 社区, 片区 and 街区
 * are parts of towns. The first character may be any: 镇海区, 路南区.
 */
const COUNTY = "(?:\\D[^\\d路街巷村号弄]{0,13}?(?:县|旗|(?<![小园社片街])区|市))?";
const TO_COUNTY = new RegExp(`^${PROVINCE}${CITY}${COUNTY}`, "u");

/**
 * Keeps province, city and county and hides the rest. The parts are found by their suffixes, so an
 * address without them is hidden whole.
 */
export function maskAddress(address: string): string {
  const [kept] = TO_COUNTY.exec(address) as RegExpExecArray;
  return kept === address && kept !== "" ? kept : `${kept}****`;
}
