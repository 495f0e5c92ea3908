/** A ledger state told as a story: events applied one by one, as the chain would give them. */
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import { nextHead } from "../../src/core/ledger/anchors.ts";
import type {
  BatchAnchored,
  DocumentKeyAdded,
  GovernanceContract,
  LedgerEvent,
  LedgerEventContent,
  RecognitionRule,
  TypePublished,
} from "../../src/core/ledger/events.ts";
import { applyEvent } from "../../src/core/ledger/reduce.ts";
import type { LedgerIdentity, LedgerState } from "../../src/core/ledger/state.ts";
import { ZERO_HASH, emptyLedger } from "../../src/core/ledger/state.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import type { IssuedBatch } from "./issued-batch.ts";
import { seededBytes, seededKey } from "./seeded.ts";

/** 2026-01-01T00:00:00Z: when the usual certificates begin. */
export const T0 = 1_767_225_600;
export const DAY = 86_400;
export const YEAR = 365 * DAY;
/** When the usual counter looks. */
export const NOW = T0 + 100 * DAY;

export const IDENTITY: LedgerIdentity = {
  chainId: 31337,
  directory: `0x${"d1".repeat(20)}`,
  anchor: `0x${"a1".repeat(20)}`,
  predecessors: [],
};

/** The deployment that goes on from the usual one. */
export const NEXT_IDENTITY: LedgerIdentity = {
  chainId: 31337,
  directory: `0x${"d2".repeat(20)}`,
  anchor: `0x${"a2".repeat(20)}`,
  predecessors: [{ directory: IDENTITY.directory, anchor: IDENTITY.anchor }],
};

/** Two agencies in two regions, each with an account that anchors for it. */
export const SANYA = {
  code: "11460200MB12345627",
  region: "460200",
  name: "三亚市民政局",
  operator: `0x${"51".repeat(20)}`,
};
export const HANGZHOU = {
  code: "11330100MB7654322E",
  region: "330100",
  name: "杭州市民政局",
  operator: `0x${"52".repeat(20)}`,
};
/** A certificate type (证照类型) that every region has, and one that nobody may issue. */
export const MARRIAGE = "111000000000199087001";
export const UNENTITLED_TYPE = "111000000000199087002";
export const AUTHORITY = `0x${"f0".repeat(20)}`;

/** The key with which Sanya signs bindings, and its name on the chain. */
export const sanyaDocumentKey = seededKey("document key of Sanya");
export const SANYA_KEY_ID = `0x${"4b".repeat(32)}`;

export const USUAL_RULE: RecognitionRule = {
  recognising: "330000",
  recognised: "460000",
  group: null,
  type: MARRIAGE,
  serviceItems: [],
  leastAssurance: 3,
  maxStatusAge: 0,
  validFrom: T0,
  validUntil: null,
  effect: "accept",
  condition: "",
  basis: "浙政办〔2025〕1号",
};

type WithoutNumbers<E> = E extends unknown ? Omit<E, "sequence" | "head" | "by" | "basis"> : never;
/** An event as a test tells it: numbers, head, authority and legal basis come by themselves. */
export type ToldEvent = WithoutNumbers<LedgerEventContent> & { readonly by?: string };

const CONTRACTS: readonly [RegExp, GovernanceContract][] = [
  [/^Type/, "CertificateCatalog"],
  [/^(?:Rule|Group)/, "RecognitionPolicy"],
  [/^(?:Authority|Ledger)/, "AuthorityRegistry"],
  [/^(?:Agency|Entitlement|Operator|DocumentKey)/, "AgencyRegistry"],
];

export class LedgerStory {
  readonly state: LedgerState;
  readonly events: LedgerEvent[] = [];
  readonly #primitives: Primitives;
  /** The time of the next block. */
  #time: number;

  constructor(primitives: Primitives, time = T0 - YEAR, identity = IDENTITY) {
    this.state = emptyLedger(identity);
    this.#primitives = primitives;
    this.#time = time;
  }

  /** What is told next happens at that time. */
  at(time: number): this {
    this.#time = time;
    return this;
  }

  tell(told: ToldEvent): this {
    const event = this.#numbered(told);
    this.events.push(event);
    applyEvent(this.state, event);
    return this;
  }

  /** The batch's operator anchors it now, with a record that differs in `changes`. */
  anchor(batch: IssuedBatch, changes: Partial<BatchAnchored> = {}): this {
    const { agency, type, schemaVersion, size, suite } = batch.plan;
    const operator = agency.code === HANGZHOU.code ? HANGZHOU.operator : SANYA.operator;
    return this.tell({
      kind: "BatchAnchored",
      agency: agency.code,
      root: batch.root,
      type,
      schemaVersion,
      size,
      suite,
      operator,
      time: this.#time,
      manifestHash: ZERO_HASH,
      ...changes,
    });
  }

  /** @param index null for the whole batch */
  setStatus(
    { plan, root }: IssuedBatch,
    index: number | null,
    status: number,
    effectiveFrom = this.#time,
  ): this {
    const change = { agency: plan.agency.code, root, status, effectiveFrom, reason: 7 };
    if (index === null) return this.tell({ kind: "BatchStatusChanged", ...change });
    return this.tell({ kind: "CertificateStatusChanged", ...change, index });
  }

  setStatuses({ plan, root }: IssuedBatch, indices: readonly number[], status: number): this {
    const change = { agency: plan.agency.code, root, status, effectiveFrom: this.#time, reason: 7 };
    return this.tell({ kind: "CertificatesStatusChanged", ...change, indices });
  }

  /** The deployment ends, and another one goes on. */
  freeze(successor = NEXT_IDENTITY.directory): this {
    return this.tell({ kind: "LedgerFrozen", successor });
  }

  addRule(changes: Partial<RecognitionRule>): this {
    const generation = this.state.freezes.length;
    const rules = [...this.state.rules.values()].filter((one) => one.generation === generation);
    const ruleId = rules.length + 1;
    return this.tell({ kind: "RuleAdded", ruleId, rule: { ...USUAL_RULE, ...changes } });
  }

  /** As if no rule had ever been made. */
  forgetRules(): void {
    this.state.rules.clear();
    this.state.rulesOf.clear();
  }

  /** As a counter's verifier sees it, confirmed at `asOf`. */
  view(asOf = NOW, pending: readonly string[] = []): LedgerView {
    const block = { number: this.events.length, hash: ZERO_HASH, time: this.#time };
    return { state: this.state, block, asOf, pending: new Set(pending) };
  }

  #numbered(told: ToldEvent): LedgerEvent {
    const block = this.events.length + 1;
    const transaction = `0x${toHex(seededBytes(`transaction ${String(block)}`, 32))}`;
    const position = { block, logIndex: 0, time: this.#time, transaction };
    if (told.kind === "BatchAnchored") {
      const anchored = { ...told, sequence: this.state.sequence + 1, head: ZERO_HASH };
      const { keccak256 } = this.#primitives;
      const head = nextHead(keccak256, this.state, anchored);
      return { ...anchored, head, position };
    }
    const contract = CONTRACTS.find(([kinds]) => kinds.test(told.kind))?.[1];
    const sequence = contract === undefined ? {} : { sequence: this.state.sequences[contract] + 1 };
    return { by: AUTHORITY, basis: "依据", ...told, ...sequence, position } as LedgerEvent;
  }
}

/**
 * Where most tests begin: both agencies are entitled to the type at assurance 4, Sanya has a document
 * key, and Zhejiang recognises Hainan's.
 */
export function tellUsualStory(primitives: Primitives, identity = IDENTITY): LedgerStory {
  const story = new LedgerStory(primitives, T0 - YEAR, identity);
  appointNational(story);
  publishType(story, MARRIAGE);
  publishType(story, UNENTITLED_TYPE);
  for (const agency of [SANYA, HANGZHOU]) establish(story, agency);
  story.tell(keyAdded(sanyaDocumentKey.publicKey));
  return story.addRule({}).at(T0);
}

/** The administrator, whom the ledger does not know, appoints the national authority. */
export function appointNational(story: LedgerStory): void {
  const effectiveFrom = T0 - YEAR;
  const by = `0x${"ad".repeat(20)}`;
  story.tell({ kind: "AuthorityAppointed", region: "0", account: AUTHORITY, effectiveFrom, by });
}

/** Sanya's document key, from a year before the usual certificates on. */
export function keyAdded(
  { x, y }: { readonly x: Uint8Array; readonly y: Uint8Array },
  changes: Partial<DocumentKeyAdded> = {},
): ToldEvent {
  return {
    kind: "DocumentKeyAdded",
    agency: SANYA.code,
    keyId: SANYA_KEY_ID,
    algorithm: "P-256",
    x: `0x${toHex(x)}`,
    y: `0x${toHex(y)}`,
    validFrom: T0 - YEAR,
    validUntil: null,
    ...changes,
  };
}

export function publishType(
  story: LedgerStory,
  type: string,
  changes: Partial<TypePublished> = {},
): void {
  story.tell({
    kind: "TypePublished",
    type,
    region: "0",
    version: 1,
    number: 1,
    schemaHash: ZERO_HASH,
    name: "结婚证",
    nameEn: "Marriage certificate",
    alwaysDisclosed: ["holderName"],
    validity: "from=registrationDate",
    effectiveFrom: T0 - YEAR,
    uri: "",
    ...changes,
  });
}

export function establish(story: LedgerStory, agency: typeof SANYA): void {
  const { code, region, name, operator } = agency;
  const window = { validFrom: T0 - YEAR, validUntil: null };
  story.tell({ kind: "AgencyRegistered", agency: code, region, name, effectiveFrom: T0 - YEAR });
  story.tell({ kind: "OperatorAdded", agency: code, account: operator, ...window });
  const granted = { agency: code, type: MARRIAGE, assurance: 4, ...window };
  story.tell({ kind: "EntitlementGranted", ...granted });
}
