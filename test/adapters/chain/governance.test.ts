/** Each method of governance is one call of one contract; here the calls are written down and read again. */
import { describe, expect, it } from "@jest/globals";
import type { ParamType, Result } from "ethers";
import {
  agencyStatusOf,
  codeOf,
  effectOf,
  keyAlgorithmOf,
} from "../../../src/adapters/chain/chain-words.ts";
import { CONTRACT_NAMES, interfaceOf } from "../../../src/adapters/chain/contracts.ts";
import type { ContractName } from "../../../src/adapters/chain/contracts.ts";
import type { Addresses, Deployment } from "../../../src/adapters/chain/deployment.ts";
import { preparedGovernance } from "../../../src/adapters/chain/governance.ts";
import type { Governance, PreparedCall } from "../../../src/ports/governance.ts";

const AGENCY = "11310000MB1A00001C";
const OTHER = "11460000MB1A00001P";
const TYPE = "11100000000013338W032";
const ACCOUNT = `0x${"ab".repeat(20)}`;
const HASH = `0x${"5c".repeat(32)}`;
const NEXT = `0x${"d2".repeat(20)}`;
const window = { validFrom: 10, validUntil: null, basis: "依据" };
const change = { agency: AGENCY, root: HASH, status: 5, effectiveFrom: 10, reason: 7 };
const publication = {
  type: TYPE,
  region: "460000",
  schemaHash: HASH,
  name: "证",
  nameEn: "Certificate",
  alwaysDisclosed: ["holderName"],
  validity: "from=issueDate",
  effectiveFrom: 10,
  uri: "",
  basis: "依据",
};
const rule = {
  recognising: "460000",
  recognised: "0",
  group: "长三角",
  type: null,
  serviceItems: ["购房"],
  leastAssurance: 3,
  maxStatusAge: 60,
  validFrom: 10,
  validUntil: 20,
  effect: "conditional",
  condition: "须出示原件",
  basis: "依据",
} as const;

const addresses = Object.fromEntries(
  CONTRACT_NAMES.map((name, i) => [name, `0x${String(i + 1).repeat(40)}`]),
) as Addresses;
const governor = preparedGovernance({ addresses } as Deployment, ACCOUNT.toUpperCase());

type Ask = (governance: Governance<PreparedCall>) => Promise<PreparedCall>;

/** What a call says, in plain values, whichever contract it is for. */
async function said(ask: Ask): Promise<readonly [ContractName, string, unknown]> {
  const { to, data, value } = await ask(governor);
  expect(value).toBe(0n);
  const name = CONTRACT_NAMES.find((each) => addresses[each] === to) as ContractName;
  const call = interfaceOf(name).parseTransaction({ data });
  return [name, call?.name ?? "", call && named(call.args, call.fragment.inputs)];
}

function named(values: Result, types: readonly ParamType[]): Record<string, unknown> {
  return Object.fromEntries(types.map((type, i) => [type.name, plain(values[i], type)]));
}

/** Numbers as text, hex in lower case, and codes as text. */
function plain(value: unknown, type: ParamType): unknown {
  if (type.isTuple()) return named(value as Result, type.components);
  if (type.isArray()) {
    return (value as Result).toArray().map((one) => plain(one, type.arrayChildren));
  }
  const text = String(value);
  if (type.type === "string") return text;
  return text.startsWith("0x3131") && type.type !== "bytes32" ? codeOf(text) : text.toLowerCase();
}

const CALLS: readonly (readonly [Ask, ContractName, string, Record<string, unknown>])[] = [
  [
    (to) => to.appoint("460200", ACCOUNT, "依据"),
    "AuthorityRegistry",
    "appoint",
    { region: "460200", account: ACCOUNT, basis: "依据" },
  ],
  [
    (to) => to.appoint("0", ACCOUNT, "依据"),
    "AuthorityRegistry",
    "appointNational",
    { account: ACCOUNT, basis: "依据" },
  ],
  [
    (to) => to.dismiss("0", ACCOUNT, "依据"),
    "AuthorityRegistry",
    "dismiss",
    { region: "0", account: ACCOUNT, basis: "依据" },
  ],
  [
    (to) => to.freeze(NEXT, "依据"),
    "AuthorityRegistry",
    "freeze",
    { directory: addresses.Directory, successor: NEXT, basis: "依据" },
  ],
  [
    (to) =>
      to.registerAgency({
        agency: AGENCY,
        region: "310000",
        name: "局",
        effectiveFrom: 10,
        basis: "依据",
      }),
    "AgencyRegistry",
    "registerAgency",
    { agency: AGENCY, region: "310000", name: "局", effectiveFrom: "10", basis: "依据" },
  ],
  ...(["active", "suspended", "closed"] as const).map((status, i) => {
    const ask: Ask = (to) => to.setAgencyStatus(AGENCY, status, 10, "依据");
    const args = { agency: AGENCY, status: String(i + 1), effectiveFrom: "10", basis: "依据" };
    return [ask, "AgencyRegistry", "setAgencyStatus", args] as const;
  }),
  [
    (to) => to.succeedAgency(AGENCY, OTHER, 10, "依据"),
    "AgencyRegistry",
    "succeedAgency",
    { agency: AGENCY, successor: OTHER, effectiveFrom: "10", basis: "依据" },
  ],
  [
    (to) => to.grantEntitlement(AGENCY, TYPE, { ...window, validUntil: 20, assurance: 4 }),
    "AgencyRegistry",
    "grantEntitlement",
    {
      agency: AGENCY,
      certificateType: TYPE,
      validFrom: "10",
      validUntil: "20",
      assurance: "4",
      basis: "依据",
    },
  ],
  [
    (to) => to.endEntitlement(AGENCY, TYPE, "依据"),
    "AgencyRegistry",
    "endEntitlement",
    { agency: AGENCY, certificateType: TYPE, basis: "依据" },
  ],
  [
    (to) => to.addOperator(AGENCY, ACCOUNT, window),
    "AgencyRegistry",
    "addOperator",
    { agency: AGENCY, account: ACCOUNT, validFrom: "10", validUntil: "0", basis: "依据" },
  ],
  [
    (to) => to.removeOperator(ACCOUNT, "依据"),
    "AgencyRegistry",
    "removeOperator",
    { account: ACCOUNT, basis: "依据" },
  ],
  [
    (to) => to.distrustOperator(AGENCY, ACCOUNT, 5, "依据"),
    "AgencyRegistry",
    "distrustOperator",
    { agency: AGENCY, account: ACCOUNT, since: "5", basis: "依据" },
  ],
  [
    (to) => to.liftOperatorDistrust(AGENCY, ACCOUNT, "依据"),
    "AgencyRegistry",
    "liftOperatorDistrust",
    { agency: AGENCY, account: ACCOUNT, basis: "依据" },
  ],
  ...(["P-256", "SM2"] as const).map((algorithm, i) => {
    const ask: Ask = (to) => to.addDocumentKey(AGENCY, { algorithm, x: HASH, y: HASH }, window);
    const key = { agency: AGENCY, algorithm: String(i), x: HASH, y: HASH };
    const args = { ...key, validFrom: "10", validUntil: "0", basis: "依据" };
    return [ask, "AgencyRegistry", "addDocumentKey", args] as const;
  }),
  ...(["endDocumentKey", "distrustDocumentKey", "liftDocumentKeyDistrust"] as const).map(
    (method) => {
      const ask: Ask = (to) => to[method](AGENCY, HASH, "依据");
      const args = { agency: AGENCY, keyId: HASH, basis: "依据" };
      return [ask, "AgencyRegistry", method, args] as const;
    },
  ),
  [
    (to) => to.publishTypes([publication]),
    "CertificateCatalog",
    "publishTypes",
    {
      orders: [
        {
          certificateType: TYPE,
          region: "460000",
          publication: {
            schemaHash: HASH,
            name: "证",
            nameEn: "Certificate",
            alwaysDisclosed: ["holderName"],
            validity: "from=issueDate",
            effectiveFrom: "10",
            uri: "",
          },
          basis: "依据",
        },
      ],
    },
  ],
  [
    (to) => to.retireType(TYPE, "依据"),
    "CertificateCatalog",
    "retireType",
    { certificateType: TYPE, basis: "依据" },
  ],
  [
    (to) => to.addRule(rule),
    "RecognitionPolicy",
    "addRule",
    {
      rule: {
        recognising: "460000",
        recognised: "0",
        group: expect.stringMatching(/^0xe995bfe4b889e8a79200+$/),
        certificateType: `0x${"00".repeat(21)}`,
        serviceItems: ["购房"],
        leastAssurance: "3",
        maxStatusAge: "60",
        validFrom: "10",
        validUntil: "20",
        effect: "1",
        condition: "须出示原件",
        basis: "依据",
      },
    },
  ],
  [(to) => to.endRule(3, "依据"), "RecognitionPolicy", "endRule", { ruleId: "3", basis: "依据" }],
  [
    (to) => to.defineGroup("长三角", ["310000", "0"], "依据"),
    "RecognitionPolicy",
    "defineGroup",
    {
      group: expect.stringMatching(/^0xe995bf/),
      regions: ["310000", "0"],
      basis: "依据",
    },
  ],
  [
    (to) => to.setStatus({ ...change, index: 3 }),
    "StatusRegistry",
    "setStatus",
    { agency: AGENCY, root: HASH, index: "3", status: "5", effectiveFrom: "10", reason: "7" },
  ],
  [
    (to) => to.setStatus({ ...change, index: null }),
    "StatusRegistry",
    "setBatchStatus",
    { agency: AGENCY, root: HASH, status: "5", effectiveFrom: "10", reason: "7" },
  ],
  [
    (to) => to.setStatuses({ ...change, indices: [1, 64] }),
    "StatusRegistry",
    "setStatuses",
    {
      agency: AGENCY,
      root: HASH,
      indices: ["1", "64"],
      status: "5",
      effectiveFrom: "10",
      reason: "7",
    },
  ],
];

describe("governance on paper", () => {
  it.each(CALLS.map(([ask, contract, method, args]) => [method, contract, ask, args] as const))(
    "%s is one call of %s",
    async (method, contract, ask, args) => {
      expect(await said(ask)).toEqual([contract, method, args]);
    },
  );

  it("has no method that is not in that list, but to send coins", async () => {
    const called = new Set<string>();
    const listening = new Proxy(governor, {
      get: (target, name, receiver) => {
        called.add(String(name));
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    for (const [ask] of CALLS) await ask(listening);
    const methods = Object.keys(governor).filter((name) => name !== "account" && name !== "fund");
    expect(methods.filter((name) => !called.has(name))).toEqual([]);
  });

  it("speaks for the account named, in lower case", () => {
    expect(governor.account).toBe(ACCOUNT);
  });

  it("sends coins to an account, without a call", async () => {
    expect(await governor.fund(ACCOUNT, 7n)).toEqual({ to: ACCOUNT, data: "0x", value: 7n });
  });
});

describe("words of the chain that a later version may add", () => {
  it("are taken as the strictest that is known", () => {
    expect(agencyStatusOf(9)).toBe("closed");
    expect(effectOf(9)).toBe("deny");
  });

  it("are refused where they name a key's algorithm: nothing could be checked with it", () => {
    expect(() => keyAlgorithmOf(2)).toThrow(RangeError);
  });
});
