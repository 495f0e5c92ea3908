import { PassThrough } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import type { Answer } from "../../../src/app/answer.ts";
import { createOutput } from "../../../src/cli/terminal/output.ts";
import { sayAnswer } from "../../../src/cli/verifying/say-answer.ts";

const CERTIFICATE = {
  ...{ type: "11100000000013338W001", typeName: null, schemaVersion: 1, successor: null },
  ...{ agency: "11310000MB1A00001C", agencyName: null, region: null, regionName: null },
  ...{ notBefore: "2026-01-01T00:00:00Z", notAfter: null },
};

const ANSWER: Answer = {
  ...{ verdict: "accepted", words: { zh: "有效", en: "accepted" }, authentic: true, usable: true },
  ...{ checks: [], certificate: CERTIFICATE, recognition: null, ledger: null },
  claims: { holderName: "样例", specialties: ["矿业工程"], kept: true },
};

async function said(answer: Answer, isJson = false): Promise<string> {
  const through = new PassThrough();
  const stream = through as unknown as NodeJS.WriteStream;
  await sayAnswer(createOutput(isJson, stream), answer);
  return String(through.read() ?? "");
}

describe("the claims of a verdict", () => {
  it("are named as on the certificate's face, with the key beside; an unknown one by its key alone", async () => {
    const text = await said(ANSWER);
    for (const line of [
      "姓名 holderName: 样例",
      '注册专业 specialties: ["矿业工程"]',
      "kept: true",
    ]) {
      expect(text).toContain(`\n  ${line}\n`);
    }
  });

  it("of a version that the catalogue lacks are named as in its last", async () => {
    const certificate = { ...CERTIFICATE, schemaVersion: 60_000 };
    expect(await said({ ...ANSWER, certificate })).toContain("\n  姓名 holderName: 样例\n");
  });

  it("of a type that the catalogue lacks are named by their keys", async () => {
    for (const type of ["11100000000013338W999", null]) {
      const certificate = { ...CERTIFICATE, type };
      expect(await said({ ...ANSWER, certificate })).toContain("\n  holderName: 样例\n");
    }
  });

  it("are not said in words where JSON is asked for", async () => {
    expect(await said(ANSWER, true)).toBe("");
  });
});
