import { describe, expect, it } from "@jest/globals";
import type { ClaimDefinition, MaskName } from "../../../src/core/catalogue/certificate-type.ts";
import { maskClaim } from "../../../src/core/catalogue/mask-claim.ts";
import { HIDDEN, maskText } from "../../../src/core/catalogue/mask.ts";

describe("masking of texts", () => {
  it.each<[MaskName, string, string]>([
    ["name", "张三", "张*"],
    ["name", "张小三", "张*三"],
    ["name", "欧阳小三", "欧**三"],
    ["name", "买买提·力", "买***力"],
    ["name", "买合木提·力", "买****力"],
    ["name", "张", "*"],
    ["name", "", "*"],
    ["name", "𠮷野", "𠮷*"],
    ["citizenId", "11010519491231002X", "110***********002X"],
    ["citizenId", "110105491231002", "110********1002"],
    ["citizenId", "E12345678", HIDDEN],
    ["phone", "13812345678", "138****5678"],
    ["phone", "0898-12345678", "0898-******78"],
    ["phone", "12345", HIDDEN],
    ["creditCode", "91350100M000100Y43", "91************0Y43"],
    ["creditCode", "9135", HIDDEN],
    ["all", "汉族", HIDDEN],
    ["none", "公开", "公开"],
  ])("masks by %s: %s becomes %s", (mask, text, shown) => {
    expect(maskText(mask, text)).toBe(shown);
  });

  it.each([
    ["海南省三亚市吉阳区样例路1号", "海南省三亚市吉阳区****"],
    ["海南省三亚市吉阳区", "海南省三亚市吉阳区"],
    ["上海市浦东新区样例大道9号", "上海市浦东新区****"],
    [
      "新疆维吾尔自治区伊犁哈萨克自治州伊宁市样例街2号",
      "新疆维吾尔自治区伊犁哈萨克自治州伊宁市****",
    ],
    ["内蒙古自治区锡林郭勒盟正蓝旗样例村", "内蒙古自治区锡林郭勒盟正蓝旗****"],
    ["海南省陵水黎族自治县椰林镇市民路3号", "海南省陵水黎族自治县****"],
    ["浙江省宁波市镇海区样例路1号", "浙江省宁波市镇海区****"],
    ["广东省东莞市莞城街道样例社区", "广东省东莞市****"],
    ["湖北省仙桃市样例路幸福小区2栋", "湖北省仙桃市****"],
    ["香港特别行政区样例道1号", "香港特别行政区****"],
    ["样例路1号", "****"],
    ["", "****"],
  ])("shows the address %s as %s", (address, shown) => {
    expect(maskText("address", address)).toBe(shown);
  });
});

describe("masking of claims", () => {
  const claim = (mask: MaskName, parts?: ClaimDefinition[]): ClaimDefinition => ({
    name: "claim",
    zh: "样例",
    en: "Sample",
    sensitivity: "personal",
    mask,
    ...(parts && { parts }),
  });

  it("masks each item of a list and each part of a map", () => {
    const owners = claim("none", [
      { ...claim("name"), name: "ownerName" },
      { ...claim("none"), name: "share" },
    ]);
    const value = [{ ownerName: "张三", share: "50%", other: "秘密" }];
    expect(maskClaim(owners, value)).toEqual([{ ownerName: "张*", share: "50%", other: HIDDEN }]);
  });

  it("hides a map whose parts the type does not describe", () => {
    expect(maskClaim(claim("none"), { secret: 1 })).toEqual({ secret: HIDDEN });
  });

  it("shows numbers and truth values only without a mask, and null always", () => {
    expect(maskClaim(claim("none"), 5)).toBe(5);
    expect(maskClaim(claim("all"), 5)).toBe(HIDDEN);
    expect(maskClaim(claim("all"), true)).toBe(HIDDEN);
    expect(maskClaim(claim("all"), null)).toBeNull();
  });
});
