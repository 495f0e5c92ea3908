/** What is to be signed is what is described: each call of the contracts is read back from its bytes. */
import { describe, expect, it } from "@jest/globals";
import { preparedGovernance } from "../../../src/adapters/chain/governance.ts";
import { CONTRACT_NAMES } from "../../../src/adapters/chain/contracts.ts";
import type { Change } from "../../../src/app/change.ts";
import { callWords } from "../../../src/cli/governance/call-words.ts";
import { decodeCall } from "../../../src/main/chain/calls.ts";
import type { Governance, PreparedCall } from "../../../src/ports/governance.ts";

const AGENCY = "11310000MB1A00001C";
const OTHER = "11460000MB1A00001P";
const TYPE = "11100000000013338W001";
const ACCOUNT = `0x${"70".repeat(20)}`;
const HASH = `0x${"ab".repeat(32)}`;
const FROM = Date.parse("2026-01-31T00:00:00Z") / 1000;
const UNTIL = Date.parse("2031-01-31T00:00:00Z") / 1000;

/** Enough of a deployment for writing calls down. */
const addresses = Object.fromEntries(
  CONTRACT_NAMES.map((name, i) => [name, `0x${"c0".repeat(19)}${String(i).padStart(2, "0")}`]),
);
const chain = { deployment: { addresses } } as unknown as Parameters<typeof decodeCall>[0];
const onPaper = preparedGovernance(chain.deployment, ACCOUNT);

async function described(change: Change): Promise<{ zh: string; en: string }> {
  const call = await change(onPaper);
  return callWords(decodeCall(chain, call), call);
}

const window = { validFrom: FROM, validUntil: UNTIL, basis: "" };
const open = { ...window, validUntil: null };
const status = { agency: AGENCY, root: HASH, status: 5, effectiveFrom: FROM, reason: 1 };
const rule = {
  recognising: "460000",
  recognised: "310000",
  group: null,
  type: TYPE,
  serviceItems: [],
  leastAssurance: 0,
  maxStatusAge: 0,
  validFrom: FROM,
  validUntil: null,
  effect: "suspend",
  condition: "",
  basis: "",
} as const;
const publication = {
  type: TYPE,
  region: "0",
  schemaHash: HASH,
  name: "结婚证",
  nameEn: "Marriage certificate",
  alwaysDisclosed: [],
  validity: "from=issueDate",
  effectiveFrom: FROM,
  uri: "",
  basis: "",
};

type Case = readonly [keyof Governance, Change, string, string];

const CASES: readonly Case[] = [
  [
    "appoint",
    (g) => g.appoint("460200", ACCOUNT, ""),
    `任命 ${ACCOUNT} 为海南省（460200）`,
    "over Hainan",
  ],
  ["appoint", (g) => g.appoint("0", ACCOUNT, ""), "为全国主管部门", "over the whole country"],
  ["dismiss", (g) => g.dismiss("310000", ACCOUNT, ""), "免去", "Dismiss"],
  ["freeze", (g) => g.freeze(ACCOUNT, ""), `由 ${ACCOUNT} 接续`, "for good"],
  [
    "registerAgency",
    (g) =>
      g.registerAgency({
        agency: AGENCY,
        region: "310000",
        name: "样例局",
        effectiveFrom: FROM,
        basis: "",
      }),
    `样例局 (${AGENCY})，上海市`,
    "Shanghai",
  ],
  ["setAgencyStatus", (g) => g.setAgencyStatus(AGENCY, "active", FROM, ""), "恢复", "Resume"],
  ["setAgencyStatus", (g) => g.setAgencyStatus(AGENCY, "suspended", FROM, ""), "暂停", "Suspend"],
  ["setAgencyStatus", (g) => g.setAgencyStatus(AGENCY, "closed", FROM, ""), "撤销", "Close"],
  [
    "succeedAgency",
    (g) => g.succeedAgency(AGENCY, OTHER, FROM, ""),
    `由 ${OTHER} 承接 ${AGENCY}`,
    "closes",
  ],
  [
    "grantEntitlement",
    (g) => g.grantEntitlement(AGENCY, TYPE, { ...window, assurance: 3 }),
    "可信等级 B，自 2026-01-31T00:00:00Z 至 2031-01-31T00:00:00Z",
    "until 2031-01-31T00:00:00Z",
  ],
  ["endEntitlement", (g) => g.endEntitlement(AGENCY, TYPE, ""), `不再颁发 ${TYPE}`, "no more"],
  ["addOperator", (g) => g.addOperator(AGENCY, ACCOUNT, open), "自 2026-01-31T00:00:00Z 起", "on"],
  ["removeOperator", (g) => g.removeOperator(ACCOUNT, ""), "停止经办", "no more"],
  [
    "distrustOperator",
    (g) => g.distrustOperator(AGENCY, ACCOUNT, FROM, ""),
    "自 2026-01-31T00:00:00Z 起上链的批次",
    "since 2026-01-31T00:00:00Z",
  ],
  ["liftOperatorDistrust", (g) => g.liftOperatorDistrust(AGENCY, ACCOUNT, ""), "恢复信任", "again"],
  [
    "addDocumentKey",
    (g) => g.addDocumentKey(AGENCY, { algorithm: "SM2", x: HASH, y: HASH }, open),
    "SM2 签章密钥",
    "SM2 key",
  ],
  ["endDocumentKey", (g) => g.endDocumentKey(AGENCY, HASH, ""), HASH, "End"],
  ["distrustDocumentKey", (g) => g.distrustDocumentKey(AGENCY, HASH, ""), HASH, "Distrust"],
  ["liftDocumentKeyDistrust", (g) => g.liftDocumentKeyDistrust(AGENCY, HASH, ""), HASH, "again"],
  ["publishTypes", (g) => g.publishTypes([publication, publication]), "2 个", "2 versions"],
  ["retireType", (g) => g.retireType(TYPE, ""), TYPE, "Retire"],
  ["addRule", (g) => g.addRule(rule), `海南省暂停认可上海市颁发的${TYPE}`, "from Shanghai"],
  [
    "addRule",
    (g) => g.addRule({ ...rule, recognised: "0", group: "长三角", type: null }),
    "长三角颁发的各类证照",
    "any type from 长三角",
  ],
  ["endRule", (g) => g.endRule(7, ""), "规则 7", "rule 7"],
  [
    "defineGroup",
    (g) => g.defineGroup("长三角", ["310000", "320000"], ""),
    "上海市、江苏省",
    "Jiangsu",
  ],
  ["setStatus", (g) => g.setStatus({ ...status, index: 41 }), "第 41 号证照：吊销", "revoked"],
  ["setStatus", (g) => g.setStatus({ ...status, index: null }), "整批：吊销", "the whole of batch"],
  [
    "setStatuses",
    (g) => g.setStatuses({ ...status, indices: [3, 5] }),
    "2 份证照",
    "2 certificates",
  ],
  ["fund", (g) => g.fund(ACCOUNT, 5n * 10n ** 17n), "转入 0.5", "Send 0.5"],
];

describe("a call that others are to sign", () => {
  it.each(CASES)(
    "of %s is told in both languages, from its bytes",
    async (_method, change, zh, en) => {
      const words = await described(change);
      expect(words.zh).toContain(zh);
      expect(words.en).toContain(en);
      expect(words.en).toMatch(/^[A-Z0-9]/);
    },
  );

  it("is told for every change that there is", () => {
    const told = new Set<string>(CASES.map(([method]) => method));
    const all = Object.keys(onPaper).filter((name) => name !== "account");
    expect(all.filter((name) => !told.has(name))).toEqual([]);
  });

  it("of a later version of the contracts is named as it is", async () => {
    const call: PreparedCall = await onPaper.endRule(7, "");
    const decoded = decodeCall(chain, call);
    const unknown = decoded && {
      ...decoded,
      method: "mergeRules",
      signature: "mergeRules(uint64)",
    };
    expect(callWords(unknown, call)).toEqual({
      zh: "调用 mergeRules(uint64)",
      en: "Call mergeRules(uint64)",
    });
  });

  it("gives every argument back as it was meant", async () => {
    const decoded = decodeCall(chain, await onPaper.addRule({ ...rule, group: null }));
    expect(decoded).toMatchObject({
      contract: "RecognitionPolicy",
      args: {
        rule: {
          recognising: "460000",
          recognised: "310000",
          group: null,
          certificateType: TYPE,
          effect: "suspend",
          validFrom: FROM,
          serviceItems: [],
        },
      },
    });
  });
});
