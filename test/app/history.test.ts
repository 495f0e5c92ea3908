import { beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { eventWords } from "../../src/app/event-words.ts";
import { historyOf } from "../../src/app/history.ts";
import type { HistorySubject, TimelineEntry } from "../../src/app/history.ts";
import { readEvents } from "../../src/app/read-events.ts";
import type { LedgerEvent } from "../../src/core/ledger/events.ts";
import type { IssuedBatch } from "../support/issued-batch.ts";
import { issueBatch } from "../support/certificate-batch.ts";
import { chainInMemory } from "../support/chain-in-memory.ts";
import {
  AUTHORITY,
  DAY,
  HANGZHOU,
  MARRIAGE,
  SANYA,
  SANYA_KEY_ID,
  T0,
  USUAL_RULE,
  tellUsualStory,
} from "../support/ledger-story.ts";
import type { LedgerStory } from "../support/ledger-story.ts";

let story: LedgerStory;
let batch: IssuedBatch;
let other: IssuedBatch;
const agency = SANYA.code;
const window = { validFrom: T0, validUntil: T0 + 900 * DAY };
const stranger = `0x${"53".repeat(20)}`;

beforeAll(async () => {
  const primitives = await loadPrimitives();
  story = tellUsualStory(primitives);
  [batch, other] = [issueBatch(primitives), issueBatch(primitives, { seed: "other" })];
  story.tell({ kind: "OperatorAdded", agency, account: stranger, ...window });
  story.anchor(batch).anchor(other, { operator: stranger });
  const regions = ["330000", "310000"];
  story.tell({ kind: "GroupDefined", group: "长三角", regions: ["310000"] });
  story.tell({ kind: "GroupDefined", group: "珠三角", regions: ["440000"] });
  story.addRule({ group: "长三角", recognised: "0", type: null, basis: "苏政〔2026〕2号" });
  story.tell({ kind: "GroupDefined", group: "长三角", regions });
  story
    .at(T0 + DAY)
    .setStatus(batch, 2, 1)
    .setStatus(batch, 3, 1)
    .setStatus(other, 2, 5);
  story.at(T0 + 2 * DAY).setStatuses(batch, [1, 2], 5);
  story.setStatus(batch, 4, 5, T0);
  story.at(T0 + 3 * DAY).setStatus(batch, null, 1);
  story.tell({ kind: "AgencyStatusChanged", agency, status: "suspended", effectiveFrom: T0 });
  story.tell({ kind: "AgencyStatusChanged", agency, status: "active", effectiveFrom: T0 });
  story.tell({ kind: "OperatorDistrusted", agency, account: SANYA.operator, since: T0 + DAY });
  story.tell({ kind: "OperatorDistrusted", agency, account: stranger, since: T0 + DAY });
  story.tell({ kind: "OperatorDistrustLifted", agency, account: SANYA.operator });
  story.tell({ kind: "OperatorRemoved", agency, account: stranger });
  story.tell({ kind: "DocumentKeyDistrusted", agency, keyId: SANYA_KEY_ID });
  story.tell({ kind: "DocumentKeyDistrustLifted", agency, keyId: SANYA_KEY_ID });
  story.tell({ kind: "DocumentKeyEnded", agency, keyId: SANYA_KEY_ID });
  story.tell({ kind: "EntitlementEnded", agency, type: MARRIAGE });
  story.tell({ kind: "RuleEnded", ruleId: 2 }).tell({ kind: "RuleEnded", ruleId: 1 });
  const successor = HANGZHOU.code;
  story.tell({ kind: "AgencySucceeded", agency, successor, effectiveFrom: T0 + 2 * DAY });
  story.tell({
    kind: "AuthorityAppointed",
    region: "460000",
    account: stranger,
    effectiveFrom: T0,
  });
  story.tell({ kind: "AuthorityDismissed", region: "460000", account: stranger });
  story.tell({ kind: "TypeRetired", type: MARRIAGE });
  story.at(T0 + 9 * DAY).freeze();
  story.tell({ kind: "AuthorityAppointed", region: "0", account: AUTHORITY, effectiveFrom: T0 });
  story.tell({ kind: "RuleAdded", ruleId: 1, rule: { ...USUAL_RULE, effect: "deny" } });
});

const tell = (subject: HistorySubject): Promise<TimelineEntry[]> =>
  historyOf(story.events, subject);
const kinds = (entries: readonly TimelineEntry[]): string[] => entries.map(({ what }) => what.kind);

describe("the history of an agency", () => {
  it("is every change of it and of its keys, up to its succession and the ledger's freeze", async () => {
    const entries = await tell({ kind: "agency", agency });
    expect(kinds(entries)).toEqual([
      "AgencyRegistered",
      "OperatorAdded",
      "EntitlementGranted",
      "DocumentKeyAdded",
      "OperatorAdded",
      "AgencyStatusChanged",
      "AgencyStatusChanged",
      "OperatorDistrusted",
      "OperatorDistrusted",
      "OperatorDistrustLifted",
      "OperatorRemoved",
      "DocumentKeyDistrusted",
      "DocumentKeyDistrustLifted",
      "DocumentKeyEnded",
      "EntitlementEnded",
      "AgencySucceeded",
      "LedgerFrozen",
    ]);
  });

  it("says when it was recorded and from when on it holds, by whom, on what basis, and where", async () => {
    const entries = await tell({ kind: "agency", agency });
    const { position } = story.events.find(({ kind }) => kind === "AgencySucceeded") as LedgerEvent;
    expect(entries.at(-2)).toEqual({
      recordedAt: T0 + 3 * DAY,
      effectiveFrom: T0 + 2 * DAY,
      block: position.block,
      transaction: position.transaction,
      what: {
        kind: "AgencySucceeded",
        words: {
          zh: `发证机关${agency}由${HANGZHOU.code}承接`,
          en: `Agency ${agency} succeeded by ${HANGZHOU.code}`,
        },
      },
      by: AUTHORITY,
      basis: "依据",
    });
    const since = entries.filter(({ what }) => what.kind === "OperatorDistrusted");
    expect(since.map(({ effectiveFrom }) => effectiveFrom)).toEqual([T0 + DAY, T0 + DAY]);
    const added = entries.filter(({ what }) => what.kind === "OperatorAdded");
    expect(added.at(-1)).toMatchObject({ effectiveFrom: T0 });
    const ended = entries.find(({ what }) => what.kind === "EntitlementEnded");
    expect(ended?.effectiveFrom).toBe(ended?.recordedAt);
  });

  it("of the one that goes on names the one that it succeeds", async () => {
    const entries = await tell({ kind: "agency", agency: HANGZHOU.code });
    expect(kinds(entries).slice(-2)).toEqual(["AgencySucceeded", "LedgerFrozen"]);
  });

  it("is empty for one that the chain does not know", async () => {
    expect(await tell({ kind: "agency", agency: "11520000MB1A00001X" })).toEqual([]);
  });
});

describe("the history of a type", () => {
  it("is its versions, who may issue it, and the rules that name it", async () => {
    expect(kinds(await tell({ kind: "type", type: MARRIAGE }))).toEqual([
      "TypePublished",
      "EntitlementGranted",
      "EntitlementGranted",
      "RuleAdded",
      "EntitlementEnded",
      "RuleEnded",
      "TypeRetired",
      "LedgerFrozen",
      "RuleAdded",
    ]);
  });
});

describe("the history of a rule", () => {
  it("is the rule with its group's definitions, until it ended", async () => {
    const entries = await tell({ kind: "rule", ruleId: 2 });
    expect(kinds(entries)).toEqual([
      "GroupDefined",
      "RuleAdded",
      "GroupDefined",
      "RuleEnded",
      "LedgerFrozen",
    ]);
    expect(entries[1]).toMatchObject({
      basis: "苏政〔2026〕2号",
      effectiveFrom: USUAL_RULE.validFrom,
    });
  });

  it("is that of the newest deployment which has the number, unless another is named", async () => {
    expect(kinds(await tell({ kind: "rule", ruleId: 1 }))).toEqual(["RuleAdded"]);
    const first = await tell({ kind: "rule", ruleId: 1, generation: 0 });
    expect(kinds(first)).toEqual(["RuleAdded", "RuleEnded", "LedgerFrozen"]);
    expect(await tell({ kind: "rule", ruleId: 2, generation: 1 })).toEqual([]);
    expect(await tell({ kind: "rule", ruleId: 9 })).toEqual([]);
  });
});

describe("the history of a certificate", () => {
  it("is its anchor, its own and its batch's statuses, its agency's, and its operator's trust", async () => {
    const entries = await tell({ kind: "certificate", agency, root: batch.root, index: 2 });
    expect(kinds(entries)).toEqual([
      "BatchAnchored",
      "CertificateStatusChanged",
      "CertificatesStatusChanged",
      "BatchStatusChanged",
      "AgencyStatusChanged",
      "AgencyStatusChanged",
      "OperatorDistrusted",
      "OperatorDistrustLifted",
      "AgencySucceeded",
    ]);
    expect(entries[0]?.by).toBe(SANYA.operator);
  });

  it("tells a status that took effect before it was recorded, and that nothing but the agency's word backs it", async () => {
    const { position, ...told } = story.events.find((event) => {
      return event.kind === "CertificateStatusChanged" && event.index === 4;
    }) as Extract<LedgerEvent, { kind: "CertificateStatusChanged" }>;
    const { agency: by, root, index, status, effectiveFrom, reason, kind } = told;
    const bare = { kind, agency, root, index, status, effectiveFrom, reason, by, position };
    const anchored = story.events.find((event) => event.kind === "BatchAnchored") as LedgerEvent;
    const subject = { kind: "certificate", agency, root, index } as const;
    expect((await historyOf([anchored, bare], subject)).at(-1)).toMatchObject({
      recordedAt: T0 + 2 * DAY,
      effectiveFrom: T0,
      basis: null,
    });
  });

  it("leaves out what concerns its neighbours, and other agencies' certificates", async () => {
    const entries = await tell({ kind: "certificate", agency, root: batch.root, index: 0 });
    expect(kinds(entries).slice(0, 2)).toEqual(["BatchAnchored", "BatchStatusChanged"]);
    const absent = { agency: HANGZHOU.code, root: batch.root, index: 0 };
    expect(await tell({ kind: "certificate", ...absent })).toEqual([]);
  });
});

describe("the words of an event", () => {
  it("are there in Chinese and English for every kind there is", () => {
    const words = new Map(story.events.map((event) => [event.kind, eventWords(event)]));
    expect(words.size).toBe(25);
    for (const { zh, en } of words.values()) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Za-z0-9].*[^.]$/);
      expect(`${zh}${en}`).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it("name the agency's new status, the window, and the effect of a rule", () => {
    const text = story.events.map((event) => eventWords(event).zh).join("\n");
    expect(text).toContain(`暂停发证机关${agency}`);
    expect(text).toContain(`恢复发证机关${agency}`);
    expect(text).toContain("自2026-01-01T00:00:00Z至2028-06-19T00:00:00Z");
    expect(text).toContain("浙江省认可海南省颁发的");
    expect(text).toContain("浙江省认可长三角颁发的各类证照");
    expect(text).toContain("不予认可");
    expect(text).toContain("可信等级A");
  });
});

describe("reading events", () => {
  it("asks step by step, and tells how far it has come", async () => {
    const chain = chainInMemory(story.events, 5_000);
    const told: string[] = [];
    const events: LedgerEvent[] = [];
    const progress = (...what: unknown[]): void => void told.push(what.join(" "));
    for await (const event of readEvents(chain, 1, 4_100, progress)) events.push(event);
    expect(events).toEqual(story.events);
    // Steps grow while they are answered soon.
    expect(chain.asked).toEqual([
      [1, 250],
      [251, 750],
      [751, 1_750],
      [1_751, 3_750],
      [3_751, 4_100],
    ]);
    const ends = [250, 750, 1_750, 3_750, 4_100];
    expect(told).toEqual(ends.map((end) => `blocks ${String(end)} 4100`));
  });
});
