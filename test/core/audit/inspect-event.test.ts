import { beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { FINDINGS } from "../../../src/core/audit/findings.ts";
import { inspectEvent, placeOf } from "../../../src/core/audit/inspect-event.ts";
import type { LedgerEvent, TypePublished } from "../../../src/core/ledger/events.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import { ZERO_HASH, emptyLedger } from "../../../src/core/ledger/state.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import type { IssuedBatch } from "../../support/issued-batch.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import type { LedgerStory, ToldEvent } from "../../support/ledger-story.ts";
import {
  AUTHORITY,
  HANGZHOU,
  IDENTITY,
  MARRIAGE,
  SANYA,
  SANYA_KEY_ID,
  T0,
  UNENTITLED_TYPE,
  USUAL_RULE,
  keyAdded,
  tellUsualStory,
} from "../../support/ledger-story.ts";
import { seededKey } from "../../support/seeded.ts";

let primitives: Primitives;
let story: LedgerStory;
let batch: IssuedBatch;
const STRANGER = `0x${"ee".repeat(20)}`;
const SANYA_AUTHORITY = `0x${"f2".repeat(20)}`;
const ZHEJIANG_AUTHORITY = `0x${"f3".repeat(20)}`;

beforeAll(async () => {
  primitives = await loadPrimitives();
  batch = issueBatch(primitives);
});
beforeEach(() => {
  story = tellUsualStory(primitives);
  story.anchor(batch);
  grant("460200", SANYA_AUTHORITY);
  grant("330000", ZHEJIANG_AUTHORITY);
});

function grant(region: string, account: string): void {
  story.tell({ kind: "AuthorityAppointed", region, account, effectiveFrom: T0 });
}

/** What is wrong with the event that is told next: its codes. */
function codesOf(told: ToldEvent, changes: object = {}): string[] {
  return findingsOf(told, changes).map(({ code }) => code);
}

function findingsOf(told: ToldEvent, changes: object = {}): ReturnType<typeof inspectEvent> {
  const state = replayed();
  story.tell(told);
  const event = { ...(story.events.at(-1) as LedgerEvent), ...changes };
  const findings = inspectEvent(primitives.keccak256, state, event);
  for (const { place } of findings) expect(place).toBe(placeOf(event));
  return findings;
}

function replayed(): ReturnType<typeof emptyLedger> {
  const state = emptyLedger(IDENTITY);
  for (const event of story.events) applyEvent(state, event);
  return state;
}

const anchored = (changes: object = {}): ToldEvent => ({
  ...{ kind: "BatchAnchored", agency: SANYA.code, root: `0x${"ab".repeat(32)}`, type: MARRIAGE },
  ...{ schemaVersion: 1, size: 5, suite: 1, operator: SANYA.operator, time: T0 },
  manifestHash: ZERO_HASH,
  ...changes,
});

const certificateStatus = (changes: object = {}): ToldEvent => ({
  ...{ kind: "CertificateStatusChanged", agency: SANYA.code, root: batch.root, index: 0 },
  ...{ status: 1, effectiveFrom: T0, reason: 0, by: SANYA.operator },
  ...changes,
});

const batchStatus = (changes: object = {}): ToldEvent => ({
  ...{ kind: "BatchStatusChanged", agency: SANYA.code, root: batch.root },
  ...{ status: 1, effectiveFrom: T0, reason: 0, by: SANYA.operator },
  ...changes,
});

describe("a sound history", () => {
  it("gives no finding at any event", () => {
    story.setStatus(batch, 1, 1).setStatus(batch, 1, 0).setStatus(batch, null, 5);
    story.addRule({ effect: "deny" }).tell({ kind: "RuleEnded", ruleId: 2 });
    const state = emptyLedger(IDENTITY);
    for (const event of story.events) {
      expect(inspectEvent(primitives.keccak256, state, event)).toEqual([]);
      applyEvent(state, event);
    }
  });

  it("has a place for every event: block, log and kind", () => {
    expect(placeOf(story.events[0] as LedgerEvent)).toBe("block 1, log 0, AuthorityAppointed");
  });

  it("has words in both languages for everything that can be found", () => {
    for (const { zh, en } of Object.values(FINDINGS)) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("the order of events", () => {
  it("SEQUENCE_GAP: a number of the log is missing or there twice", () => {
    expect(findingsOf(anchored(), { sequence: 3 })).toMatchObject([
      { code: "SEQUENCE_GAP", detail: "BatchAnchor: 3, expected 2" },
    ]);
    expect(codesOf(anchored({ root: `0x${"ac".repeat(32)}` }), { sequence: 1 })).toEqual([
      "SEQUENCE_GAP",
    ]);
    const rule = { kind: "RuleAdded", ruleId: 9, rule: USUAL_RULE } as const;
    expect(findingsOf(rule, { sequence: 7 })).toMatchObject([
      { code: "SEQUENCE_GAP", detail: "RecognitionPolicy: 7, expected 2" },
    ]);
    const retired = { kind: "TypeRetired", type: MARRIAGE } as const;
    expect(findingsOf(retired, { sequence: 9 })).toMatchObject([
      { detail: "CertificateCatalog: 9, expected 3" },
    ]);
    const ended = { kind: "EntitlementEnded", agency: SANYA.code, type: MARRIAGE } as const;
    expect(findingsOf(ended, { sequence: 1 })).toMatchObject([
      { detail: "AgencyRegistry: 1, expected 8" },
    ]);
  });

  it.each([
    ["its root", { root: `0x${"cd".repeat(32)}` }],
    ["its size", { size: 6 }],
    ["its suite", { suite: 2 }],
    ["its schema version", { schemaVersion: 2 }],
    ["its manifest", { manifestHash: `0x${"cd".repeat(32)}` }],
    ["its head", { head: `0x${"cd".repeat(32)}` }],
  ])("HEAD_MISMATCH: an anchor was altered in %s", (_what, changes) => {
    expect(codesOf(anchored(), changes)).toEqual(["HEAD_MISMATCH"]);
  });
});

describe("an anchor", () => {
  it("DUPLICATE_ANCHOR: the same batch twice", () => {
    expect(findingsOf(anchored({ root: batch.root }))).toMatchObject([
      { code: "DUPLICATE_ANCHOR", detail: `${SANYA.code}/${batch.root}` },
    ]);
    const others = anchored({
      root: batch.root,
      agency: HANGZHOU.code,
      operator: HANGZHOU.operator,
    });
    expect(codesOf(others)).toEqual([]);
  });

  it("TIME_MISMATCH: a time that is not its block's", () => {
    expect(findingsOf(anchored({ time: T0 + 1 }))).toMatchObject([
      { code: "TIME_MISMATCH", detail: `${String(T0 + 1)}, block ${String(T0)}` },
    ]);
  });

  it.each([
    ["by a stranger", { operator: STRANGER }],
    ["by another agency's operator", { operator: HANGZHOU.operator }],
    ["of a type that was not granted", { type: UNENTITLED_TYPE }],
    ["for an agency that nobody registered", { agency: "11520000MB1A00001X" }],
  ])("ANCHOR_NOT_AUTHORISED: %s", (_what, changes) => {
    expect(codesOf(anchored(changes))).toEqual(["ANCHOR_NOT_AUTHORISED"]);
  });

  it.each<[string, ToldEvent]>([
    [
      "agency was suspended",
      { kind: "AgencyStatusChanged", agency: SANYA.code, status: "suspended", effectiveFrom: T0 },
    ],
    ["entitlement had ended", { kind: "EntitlementEnded", agency: SANYA.code, type: MARRIAGE }],
    [
      "operator was removed",
      { kind: "OperatorRemoved", agency: SANYA.code, account: SANYA.operator },
    ],
  ])("ANCHOR_NOT_AUTHORISED: after its %s", (_what, before) => {
    expect(codesOf(before)).toEqual([]);
    expect(codesOf(anchored())).toEqual(["ANCHOR_NOT_AUTHORISED"]);
  });
});

describe("a status", () => {
  it("may be set by the agency's operator, its city's authority, and the national one", () => {
    expect(codesOf(certificateStatus())).toEqual([]);
    expect(codesOf(certificateStatus({ index: 1, by: SANYA_AUTHORITY }))).toEqual([]);
    expect(codesOf(batchStatus({ by: AUTHORITY }))).toEqual([]);
  });

  it("STATUS_NOT_AUTHORISED: by anyone else, or by the operator of an agency that is not active", () => {
    for (const [index, by] of [STRANGER, HANGZHOU.operator, ZHEJIANG_AUTHORITY].entries()) {
      expect(codesOf(certificateStatus({ index, by }))).toEqual(["STATUS_NOT_AUTHORISED"]);
    }
    const closed = { kind: "AgencyStatusChanged", agency: SANYA.code, status: "closed" } as const;
    story.tell({ ...closed, effectiveFrom: T0 });
    expect(codesOf(batchStatus())).toEqual(["STATUS_NOT_AUTHORISED"]);
    expect(codesOf(batchStatus({ status: 5, by: SANYA_AUTHORITY }))).toEqual([]);
  });

  it("STATUS_ILLEGAL: what is final changes, what is the same is set again, or a number that is none", () => {
    story.tell(certificateStatus({ status: 5 }));
    expect(findingsOf(certificateStatus({ status: 0 }))).toMatchObject([
      { code: "STATUS_ILLEGAL", detail: "0: 5 → 0" },
    ]);
    expect(codesOf(certificateStatus({ index: 1, status: 9 }))).toEqual(["STATUS_ILLEGAL"]);
    expect(codesOf(certificateStatus({ index: 3, status: 0 }))).toEqual(["STATUS_ILLEGAL"]);
    expect(codesOf(batchStatus())).toEqual([]);
    expect(findingsOf(batchStatus())).toMatchObject([
      { code: "STATUS_ILLEGAL", detail: "the batch: 1 → 1" },
    ]);
  });

  it("STATUS_ILLEGAL and STATUS_NOT_AUTHORISED: both where both are true", () => {
    const both = ["STATUS_ILLEGAL", "STATUS_NOT_AUTHORISED"];
    expect(codesOf(certificateStatus({ status: 0, by: STRANGER }))).toEqual(both);
  });

  it("of several certificates is looked at for each of them", () => {
    const change = {
      agency: SANYA.code,
      root: batch.root,
      status: 1,
      effectiveFrom: T0,
      reason: 0,
    };
    const several = (indices: number[], by = SANYA.operator): ToldEvent => {
      return { kind: "CertificatesStatusChanged", ...change, indices, by };
    };
    story.tell(certificateStatus({ index: 1, status: 5 }));
    story.tell(certificateStatus({ index: 3, status: 2 }));
    expect(findingsOf(several([0, 1, 2, 3]))).toMatchObject([
      { code: "STATUS_ILLEGAL", detail: "1: 5 → 1" },
      { code: "STATUS_ILLEGAL", detail: "3: 2 → 1" },
    ]);
    expect(codesOf(several([4], STRANGER))).toEqual(["STATUS_NOT_AUTHORISED"]);
    expect(findingsOf(several([0, 7, 9]))).toMatchObject([
      { code: "STATUS_WITHOUT_CERTIFICATE", detail: `${SANYA.code}/${batch.root}, 7` },
    ]);
  });

  it("of a merged agency may be set by the operators of the one that goes on, while that is active", () => {
    const merged = { kind: "AgencySucceeded", agency: SANYA.code } as const;
    story.tell({ ...merged, successor: HANGZHOU.code, effectiveFrom: T0 });
    expect(codesOf(certificateStatus({ by: HANGZHOU.operator }))).toEqual([]);
    expect(codesOf(certificateStatus({ index: 1 }))).toEqual(["STATUS_NOT_AUTHORISED"]);
    const status = { kind: "AgencyStatusChanged", agency: HANGZHOU.code } as const;
    story.tell({ ...status, status: "suspended", effectiveFrom: T0 });
    const refused = certificateStatus({ index: 2, by: HANGZHOU.operator });
    expect(codesOf(refused)).toEqual(["STATUS_NOT_AUTHORISED"]);
  });

  it("STATUS_WITHOUT_CERTIFICATE: of a batch that is not there, or past its last certificate", () => {
    const unknown = { root: `0x${"99".repeat(32)}` };
    expect(findingsOf(certificateStatus({ index: 5 }))).toMatchObject([
      { code: "STATUS_WITHOUT_CERTIFICATE", detail: `${SANYA.code}/${batch.root}, 5` },
    ]);
    expect(codesOf(certificateStatus(unknown))).toEqual(["STATUS_WITHOUT_CERTIFICATE"]);
    expect(findingsOf(batchStatus(unknown))).toMatchObject([
      { code: "STATUS_WITHOUT_CERTIFICATE", detail: `${SANYA.code}/${unknown.root}, the batch` },
    ]);
    expect(codesOf(batchStatus({ agency: HANGZHOU.code }))).toEqual(["STATUS_WITHOUT_CERTIFICATE"]);
  });

  it("of an agency that was never registered is for the national authority alone", () => {
    const agency = "11520000MB1A00001X";
    const root = `0x${"ab".repeat(32)}`;
    story.tell(anchored({ agency }));
    expect(codesOf(batchStatus({ agency, root, by: SANYA_AUTHORITY }))).toEqual([
      "STATUS_NOT_AUTHORISED",
    ]);
    expect(codesOf(batchStatus({ agency, root, status: 5, by: AUTHORITY }))).toEqual([]);
  });
});

describe("a change of the rules of trust: AUTHORITY_EXCEEDED where its account has no authority over the region", () => {
  const window = { validFrom: T0, validUntil: null };
  const agency = SANYA.code;
  const CHANGES: readonly ToldEvent[] = [
    {
      kind: "AgencyRegistered",
      agency: "11460200MB1A00001A",
      region: "460200",
      name: "x",
      effectiveFrom: T0,
    },
    { kind: "AgencyStatusChanged", agency, status: "suspended", effectiveFrom: T0 },
    { kind: "EntitlementGranted", agency, type: UNENTITLED_TYPE, assurance: 4, ...window },
    { kind: "EntitlementEnded", agency, type: MARRIAGE },
    { kind: "OperatorAdded", agency, account: STRANGER, ...window },
    { kind: "OperatorRemoved", agency, account: SANYA.operator },
    { kind: "OperatorDistrusted", agency, account: SANYA.operator, since: T0 },
    { kind: "OperatorDistrustLifted", agency, account: SANYA.operator },
    keyAdded(seededKey("second").publicKey, { keyId: ZERO_HASH }),
    { kind: "DocumentKeyEnded", agency, keyId: SANYA_KEY_ID },
    { kind: "DocumentKeyDistrusted", agency, keyId: SANYA_KEY_ID },
    { kind: "DocumentKeyDistrustLifted", agency, keyId: SANYA_KEY_ID },
    { kind: "RuleAdded", ruleId: 5, rule: { ...USUAL_RULE, recognising: "460200" } },
    {
      ...{ kind: "TypePublished", type: "11460200MB1A00001A001", region: "460200", version: 1 },
      ...{ number: 3, schemaHash: ZERO_HASH, name: "x", nameEn: "x", alwaysDisclosed: [], uri: "" },
      ...{ validity: "", effectiveFrom: T0 },
    },
  ];

  it.each(CHANGES.map((told) => [told.kind, told] as const))("%s", (_kind, told) => {
    for (const by of [AUTHORITY, SANYA_AUTHORITY]) {
      story = tellUsualStory(primitives);
      grant("460200", SANYA_AUTHORITY);
      expect(codesOf({ ...told, by })).toEqual([]);
    }
    for (const by of [STRANGER, SANYA.operator, ZHEJIANG_AUTHORITY]) {
      story = tellUsualStory(primitives);
      grant("330000", ZHEJIANG_AUTHORITY);
      expect(codesOf({ ...told, by })).toEqual(["AUTHORITY_EXCEEDED"]);
    }
  });

  it("TypeRetired and RuleEnded belong to the region of the type and of the rule, unknown ones to the country", () => {
    const rule = { ...USUAL_RULE, recognising: "330000" };
    story.tell({ kind: "RuleAdded", ruleId: 2, rule });
    const by = ZHEJIANG_AUTHORITY;
    expect(codesOf({ kind: "RuleEnded", ruleId: 2, by })).toEqual([]);
    expect(codesOf({ kind: "RuleEnded", ruleId: 99, by })).toEqual(["AUTHORITY_EXCEEDED"]);
    expect(codesOf({ kind: "RuleEnded", ruleId: 99 })).toEqual([]);
    expect(codesOf({ kind: "TypeRetired", type: MARRIAGE, by })).toEqual(["AUTHORITY_EXCEEDED"]);
    expect(codesOf({ kind: "TypeRetired", type: "unknown", by })).toEqual(["AUTHORITY_EXCEEDED"]);
    expect(codesOf({ kind: "TypeRetired", type: MARRIAGE })).toEqual([]);
  });

  it("GroupDefined is the national authority's; an agency nobody registered is too", () => {
    const group = { kind: "GroupDefined", group: "长三角", regions: ["330000"] } as const;
    expect(codesOf({ ...group, by: ZHEJIANG_AUTHORITY })).toEqual(["AUTHORITY_EXCEEDED"]);
    expect(codesOf(group)).toEqual([]);
    const unknown = { kind: "EntitlementEnded", agency: "nobody", type: MARRIAGE } as const;
    expect(findingsOf({ ...unknown, by: SANYA_AUTHORITY })).toMatchObject([
      { code: "AUTHORITY_EXCEEDED", detail: `${SANYA_AUTHORITY} over 0` },
    ]);
    expect(codesOf(unknown)).toEqual([]);
  });

  it("an authority that was dismissed, or is not one yet, is none", () => {
    const change = {
      kind: "AgencyStatusChanged",
      agency,
      status: "suspended",
      effectiveFrom: T0,
    } as const;
    const region = "460000";
    const effectiveFrom = T0 + 100;
    story.tell({ kind: "AuthorityAppointed", region, account: STRANGER, effectiveFrom });
    expect(codesOf({ ...change, by: STRANGER })).toEqual(["AUTHORITY_EXCEEDED"]);
    story.at(T0 + 100);
    expect(codesOf({ ...change, status: "active", by: STRANGER })).toEqual([]);
    expect(codesOf({ kind: "AuthorityDismissed", region, account: STRANGER })).toEqual([]);
    expect(codesOf({ ...change, by: STRANGER })).toEqual(["AUTHORITY_EXCEEDED"]);
  });
});

describe("who speaks for a region", () => {
  const SANYA_COUNTY = "460201";
  const appointed = (region: string, by: string): ToldEvent => {
    return { kind: "AuthorityAppointed", region, account: STRANGER, effectiveFrom: T0, by };
  };
  const HAINAN_AUTHORITY = `0x${"f4".repeat(20)}`;

  it("AUTHORITY_EXCEEDED: is appointed by the authority of a region strictly above, and by no other", () => {
    grant("460000", HAINAN_AUTHORITY);
    const allowed: [string, string][] = [
      [SANYA_COUNTY, SANYA_AUTHORITY],
      [SANYA_COUNTY, HAINAN_AUTHORITY],
      [SANYA_COUNTY, AUTHORITY],
      ["460200", HAINAN_AUTHORITY],
      ["460000", AUTHORITY],
    ];
    for (const [region, by] of allowed) expect(codesOf(appointed(region, by))).toEqual([]);
    const refused: [string, string][] = [
      [SANYA_COUNTY, ZHEJIANG_AUTHORITY],
      [SANYA_COUNTY, SANYA.operator],
      ["460200", SANYA_AUTHORITY],
      ["460000", SANYA_AUTHORITY],
      ["460000", HAINAN_AUTHORITY],
    ];
    for (const [region, by] of refused) {
      expect(codesOf(appointed(region, by))).toEqual(["AUTHORITY_EXCEEDED"]);
    }
    expect(findingsOf(appointed("460200", SANYA_AUTHORITY))).toMatchObject([
      { detail: `${SANYA_AUTHORITY} over 460000` },
    ]);
  });

  it("for the country is appointed, anyone is dismissed, and the ledger is frozen by the administrator, whom the ledger does not know", () => {
    expect(codesOf(appointed("0", STRANGER))).toEqual([]);
    const dismissed = { kind: "AuthorityDismissed", region: "460200", by: STRANGER } as const;
    expect(codesOf({ ...dismissed, account: SANYA_AUTHORITY })).toEqual([]);
    expect(codesOf({ kind: "LedgerFrozen", successor: "0x", by: STRANGER })).toEqual([]);
  });

  it("SEQUENCE_GAP: the registry of authorities numbers its events too", () => {
    expect(findingsOf(appointed("460000", AUTHORITY), { sequence: 9 })).toMatchObject([
      { code: "SEQUENCE_GAP", detail: "AuthorityRegistry: 9, expected 4" },
    ]);
  });
});

describe("the succession of an agency", () => {
  const succession = (by: string, successor = HANGZHOU.code): ToldEvent => {
    return { kind: "AgencySucceeded", agency: SANYA.code, successor, effectiveFrom: T0, by };
  };

  it("AUTHORITY_EXCEEDED: needs an authority over both", () => {
    expect(findingsOf(succession(SANYA_AUTHORITY))).toMatchObject([
      { code: "AUTHORITY_EXCEEDED", detail: `${SANYA_AUTHORITY} over 330100` },
    ]);
    expect(findingsOf(succession(ZHEJIANG_AUTHORITY))).toMatchObject([
      { detail: `${ZHEJIANG_AUTHORITY} over 460200` },
    ]);
    expect(codesOf(succession(STRANGER))).toEqual(["AUTHORITY_EXCEEDED", "AUTHORITY_EXCEEDED"]);
    expect(codesOf(succession(AUTHORITY))).toEqual([]);
  });

  it("MIGRATION_ALTERED: names another than it did before", () => {
    story.tell(succession(AUTHORITY));
    expect(codesOf(succession(AUTHORITY))).toEqual([]);
    expect(findingsOf(succession(AUTHORITY, "another"))).toMatchObject([
      {
        code: "MIGRATION_ALTERED",
        detail: `${SANYA.code}: successor ${HANGZHOU.code}, now another`,
      },
    ]);
  });
});

describe("what a later deployment says again", () => {
  const again = (changes: object = {}): ToldEvent => {
    const { code, region, name } = SANYA;
    const told = {
      kind: "AgencyRegistered",
      agency: code,
      region,
      name,
      effectiveFrom: T0,
    } as const;
    return { ...told, ...changes };
  };

  it("MIGRATION_ALTERED: an agency of another region or name than it was registered with", () => {
    expect(codesOf(again())).toEqual([]);
    expect(findingsOf(again({ name: "别的名称" }))).toMatchObject([
      { detail: `${SANYA.code}: 460200 三亚市民政局, now 460200 别的名称` },
    ]);
    expect(codesOf(again({ region: "460100" }))).toEqual(["MIGRATION_ALTERED"]);
  });

  it.each<[string, Partial<TypePublished>]>([
    ["schema", { schemaHash: `0x${"5c".repeat(32)}` }],
    ["region", { region: "460000" }],
    ["claims that are always disclosed", { alwaysDisclosed: ["holderName", "birthDate"] }],
  ])("MIGRATION_ALTERED: a version of a type with another %s", (_, changes) => {
    const published = story.events.find((one) => one.kind === "TypePublished") as ToldEvent;
    expect(codesOf(published)).toEqual([]);
    expect(findingsOf({ ...published, ...changes } as ToldEvent)).toMatchObject([
      { code: "MIGRATION_ALTERED", detail: `${MARRIAGE} version 1` },
    ]);
  });
});
