import { describe, expect, it } from "@jest/globals";
import { labelCertificate } from "../../src/app/label-certificate.ts";
import { printPresentation } from "../../src/app/print-presentation.ts";
import { decodePresentation } from "../../src/core/presentation/presentation.ts";
import { fromQrText } from "../../src/core/presentation/qr-text.ts";
import { primitives } from "../../src/main/system.ts";
import {
  QUALIFICATION,
  QUALIFICATION_CLAIMS,
  certificateOf,
  pageOf,
  typeNamed,
} from "../support/printed-certificate.ts";
import type { Claims } from "../support/printed-certificate.ts";

const PROPERTY = typeNamed("不动产权证书");
const OWNERS: Claims = {
  owners: [
    { holderName: "张一", holderCodeType: "111", holderCode: "119901194912310021", share: "60%" },
    { holderName: "李二三", holderCodeType: "111", holderCode: "119901194912310021", share: "40%" },
  ],
  certificateNumber: "沪（2026）样例不动产权第0000001号",
  issueDate: "2026-01-05",
  isMortgaged: true,
};

describe("a certificate's page", () => {
  it("has what every certificate has in places of its own, and the rest as fields in order", () => {
    const page = pageOf({ notAfter: 1_956_844_799 });
    expect(page).toMatchObject({
      title: { zh: "特种作业操作资格证" },
      number: { text: "京A012345678901" },
      issuer: { name: "上海市证照样例局", code: "11310000MB1A00001C", date: "2026年1月5日" },
      validity: { text: "2026年1月5日 至 2032年1月4日" },
      statement: null,
      warning: null,
      date: 1_767_542_400,
    });
    expect(page.fields.map(({ label, text }) => `${label.zh} ${text}`)).toEqual([
      "姓名 赵一鸣",
      "性别 女",
      "身份证件号码 119901194912310021",
      "操作类别 建筑起重机械司机",
      "初次领证日期 2020年3月9日",
    ]);
  });

  it("says 长期 for one without an end, and names its place on the chain", () => {
    const page = pageOf();
    expect(page.validity.text).toBe("2026年1月5日 至 长期");
    const places = page.references.map(({ label, text }) => `${label.en}: ${text}`);
    expect(places[0]).toContain("Certificate identifier: 1.2.156.3005.2");
    expect(places[1]).toMatch(/^Batch root: 0x[0-9a-f]{64}$/);
    expect(places[2]).toBe("Index: 3 / 5");
    expect(places[3]).toMatch(/^Anchored in: 0x[0-9a-f]{40} \(chain 31337\)$/);
  });

  it("follows a template: orientation, title, sentences with claims in them, chosen fields", () => {
    const template = {
      type: QUALIFICATION.code,
      orientation: "landscape",
      colour: "#123456",
      title: { zh: "操作证", en: "Licence" },
      statement: { zh: "{holderName}（{nobody}）准予从事{operation}。", en: "See above." },
      fields: ["operation", "holderName"],
    } as const;
    const page = pageOf({ template });
    expect(page).toMatchObject({ isLandscape: true, colour: "#123456", title: { zh: "操作证" } });
    expect(page.statement?.zh).toBe("赵一鸣（）准予从事建筑起重机械司机。");
    expect(page.fields.map(({ text }) => text)).toEqual(["建筑起重机械司机", "赵一鸣"]);
  });

  it("writes lists of holders line by line, and yes, no and nothing in words", () => {
    const named = Object.fromEntries(PROPERTY.claims.map(({ zh, name }) => [zh, name]));
    const page = pageOf({ type: PROPERTY, claims: { ...OWNERS, [named["用途"] ?? ""]: "" } });
    const text = (zh: string) => page.fields.find(({ label }) => label.zh === zh)?.text;
    expect(text("权利人")?.split("\n")).toEqual([
      expect.stringMatching(/：张一　.*：60%$/),
      expect.stringMatching(/：李二三　.*：40%$/),
    ]);
    expect(text("用途")).toBe("—");
  });

  it("writes plain lists, numbers, booleans and null as people read them", () => {
    const values = {
      holderName: ["甲", "乙"],
      holderSex: 3,
      holderIdNumber: true,
      operation: null,
      firstIssueDate: false,
    };
    const page = pageOf({ claims: { ...QUALIFICATION_CLAIMS, ...values } });
    expect(page.fields.map(({ text }) => text)).toEqual(["甲、乙", "3", "是", "—", "否"]);
  });

  it("warns in large letters where the type is a demonstration", () => {
    const demo = { ...QUALIFICATION, provenance: { kind: "demo", note: "" } } as const;
    expect(pageOf({ type: demo }).warning?.zh).toContain("示范");
  });

  it("leaves empty what the certificate does not have", () => {
    const { holderName = "", holderSex = "" } = QUALIFICATION_CLAIMS;
    const page = pageOf({ claims: { holderName, holderSex } });
    expect(page).toMatchObject({ number: null, issuer: { name: "", code: "", date: "" } });
    expect(page.references).toHaveLength(3);
    expect(page.fields).toHaveLength(2);
  });
});

describe("a printed code", () => {
  const certificate = certificateOf({
    type: QUALIFICATION,
    claims: QUALIFICATION_CLAIMS,
    notAfter: null,
  });

  it("holds a presentation without end, of the claims that are asked for", () => {
    for (const host of [null, "check.example"]) {
      const text = printPresentation(primitives, certificate, { disclose: ["operation"], host });
      expect(text.startsWith(host === null ? "LZ1:" : "https://check.example/q#")).toBe(true);
      const { proof, ...rest } = decodePresentation(fromQrText(text));
      expect(proof.disclosed.map(({ name }) => name)).toEqual(["operation"]);
      expect(rest).toEqual({});
    }
  });

  it("can't hold a claim that the certificate does not have: CLAIM_UNKNOWN", () => {
    const print = () => printPresentation(primitives, certificate, { disclose: ["x"], host: null });
    expect(print).toThrow(expect.objectContaining({ code: "CLAIM_UNKNOWN" }));
  });
});

describe("the label beside a printed code", () => {
  const label = (claims: Claims, type = QUALIFICATION) => {
    return labelCertificate(certificateOf({ type, claims, notAfter: null }), type);
  };

  it("masks the holder's name, and shows the number's last four", () => {
    expect(label(QUALIFICATION_CLAIMS)).toMatchObject({
      title: "特种作业操作资格证",
      holder: "赵*鸣",
      number: "…8901",
      place: expect.stringMatching(/^[0-9a-f]{8} \/ 3$/),
    });
  });

  it("names each of several holders, masked", () => {
    expect(label(OWNERS, PROPERTY).holder).toBe("张*、李*三");
  });

  it("shows nothing of what is too short to hide, or is not there", () => {
    expect(label({ ...QUALIFICATION_CLAIMS, certificateNumber: "12345678" }).number).toBe("");
    expect(label({ operation: "电工" })).toMatchObject({ holder: "", number: "" });
    expect(label({ holderName: 5, operation: "电工" }).holder).toBe("");
    expect(label({ ...OWNERS, owners: [{ share: "1%" }] }, PROPERTY).holder).toBe("");
    const nameless = {
      ...QUALIFICATION,
      claims: QUALIFICATION.claims.filter(({ name }) => name !== "holderName"),
    };
    expect(label(QUALIFICATION_CLAIMS, nameless).holder).toBe("");
    const hidden = {
      ...QUALIFICATION,
      claims: QUALIFICATION.claims.map((each) => ({ ...each, mask: "all" as const })),
    };
    expect(label(QUALIFICATION_CLAIMS, hidden).holder).toBe("");
  });
});
