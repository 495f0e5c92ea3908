/** An agency's desk for wallets over a real store and a ledger that tests tell, with holders who have keys. */
import type { AgencyDesk } from "../../src/app/holding/agency-desk.ts";
import { claimCertificate } from "../../src/app/holding/claim-certificate.ts";
import { USUAL_ATTEMPTS, createClaimCodes } from "../../src/app/claim-codes.ts";
import type { CertificateType } from "../../src/core/catalogue/certificate-type.ts";
import { claimCodeDigest } from "../../src/core/holding/claim-code-digest.ts";
import { readDelivery } from "../../src/core/holding/delivery.ts";
import type { Delivery } from "../../src/core/holding/delivery.ts";
import { signHolderRequest } from "../../src/core/holding/holder-request.ts";
import type { HolderRequest, HolderWish } from "../../src/core/holding/holder-request.ts";
import type { DelegationOrder } from "../../src/core/holding/delegation-order.ts";
import { fromHex } from "../../src/core/encoding/bytes.ts";
import { parseClaimCode, writeClaimCode } from "../../src/core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../src/core/identifiers/claim-code.ts";
import { keyThumbprint } from "../../src/core/presentation/cose.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import { primitives, systemRandomness } from "../../src/main/system.ts";
import { openStoreAt } from "./agency-stores.ts";
import type { OpenedStore } from "./agency-stores.ts";
import { issueBatch } from "./certificate-batch.ts";
import { confirmedJob } from "./confirmed-job.ts";
import type { IssuedBatch } from "./issued-batch.ts";
import type { LedgerStory } from "./ledger-story.ts";
import { DAY, MARRIAGE, NOW, SANYA, sanyaDocumentKey, tellUsualStory } from "./ledger-story.ts";
import type { SigningKey } from "./seeded.ts";
import { seededKey } from "./seeded.ts";

export const AUDIENCE = "claim.sanya.example";
/** Whose key is in the leaf of certificate KEYED. */
export const keyedHolder = seededKey("a key that the agency knew");
export const KEYED = 1;
const COUNT = 64;

const DEFINITION = {
  ...{ code: MARRIAGE, version: 1, names: { zh: "结婚证", en: "Marriage certificate" } },
  claims: [{ name: "holderName", zh: "姓名", en: "Name" }],
  alwaysDisclosed: ["holderName"],
} as unknown as CertificateType;

export interface HoldingWorld {
  readonly desk: AgencyDesk;
  readonly opened: OpenedStore;
  readonly story: LedgerStory;
  readonly batch: IssuedBatch;
  /** Seconds since 1970; the ledger is seen as fresh whenever it is. */
  now: number;
  /** What the desk sees of the chain, where a test wants another. */
  view: (() => LedgerView | null) | null;
  /** The same desk over a connection of its own. */
  another(): Promise<{ readonly desk: AgencyDesk; close(): Promise<void> }>;
  place(index: number): { readonly root: Uint8Array; readonly index: number };
  /** @returns the code as it is printed */
  codeFor(index: number, seconds?: number): Promise<string>;
  sign(holder: SigningKey, wish: HolderWish, changes?: Partial<HolderRequest>): Promise<Uint8Array>;
  claim(holder: SigningKey, code: string, more?: ClaimChanges): Promise<Delivery>;
  order(index: number, changes?: Partial<DelegationOrder>): DelegationOrder;
}

export interface ClaimChanges {
  readonly client?: string;
  readonly desk?: AgencyDesk;
  readonly request?: Uint8Array;
}

let clients = 0;

/** @param place an empty store's */
export async function openHoldingWorld(place: string): Promise<HoldingWorld> {
  const opened = await openStoreAt(place);
  const { job, batches } = await confirmedJob(opened.store, records(), {
    ...{ agency: SANYA.code, region: SANYA.region, type: MARRIAGE },
  });
  const root = batches[0]?.root ?? "";
  const story = tellUsualStory(primitives, job.identity);
  const batch = { ...issueBatch(primitives, { size: COUNT }), root };
  story.anchor(batch);
  const world: HoldingWorld = {
    ...{ opened, story, batch, now: NOW, view: null },
    desk: deskOver(opened, () => world),
    another: async () => {
      const other = await openStoreAt(place);
      return { desk: deskOver(other, () => world), close: () => other.store.close() };
    },
    place: (index) => ({ root: fromHex(root.slice(2)) as Uint8Array, index }),
    codeFor: async (index, seconds = 30 * DAY) => {
      const tools = { store: opened.store, clock: world.desk.clock };
      const [made] = await createClaimCodes(tools, systemRandomness, [{ root, index }], seconds);
      return writeClaimCode(made?.code as ClaimCodeText);
    },
    sign: (holder, wish, changes = {}) => {
      const usual = { audience: AUDIENCE, issuedAt: world.now, key: holder.publicKey, wish };
      return signHolderRequest({ ...usual, ...changes }, (message) => holder.sign(message));
    },
    claim: (holder, code, more = {}) => claim(world, holder, code, more),
    order: (index, changes = {}) => ({
      ...{
        ...world.place(index),
        delegate: "李兰",
        reason: "relative",
        matters: ["460200-MZ-0101"],
      },
      ...{ claims: ["holderName"], until: world.now + 30 * DAY },
      ...changes,
    }),
  };
  return world;
}

function records() {
  return Array.from({ length: COUNT }, (_, i) => ({
    number: `N${String(i)}`,
    claims: { holderName: `王小明${String(i)}`, birthDate: "1990-05-17" },
    ...(i === KEYED && { holder: keyThumbprint(primitives, keyedHolder.publicKey) }),
  }));
}

function deskOver({ store }: OpenedStore, world: () => HoldingWorld): AgencyDesk {
  return {
    agency: SANYA.code,
    audiences: [AUDIENCE],
    store,
    documentKey: sanyaDocumentKey,
    primitives,
    clock: { now: () => world().now },
    random: systemRandomness,
    bindingSeconds: 7 * DAY,
    delegatedBindingSeconds: DAY,
    attempts: USUAL_ATTEMPTS,
    maxLedgerAge: 60,
    view: () => {
      const { view, story, now } = world();
      return view === null ? story.view(now) : view();
    },
    typeOf: () => ({ definition: DEFINITION, template: null }),
    // What is encrypted is told elsewhere; here it is read.
    encrypt: (_key, plain) => Promise.resolve(new TextDecoder().decode(plain)),
  };
}

async function claim(
  world: HoldingWorld,
  holder: SigningKey,
  text: string,
  { client = `192.0.2.${String(++clients)}`, desk = world.desk, request }: ClaimChanges,
): Promise<Delivery> {
  const delivery = seededKey("made for this delivery");
  const parsed = parseClaimCode(text) ?? ("" as ClaimCodeText);
  const wish = {
    kind: "claim",
    code: claimCodeDigest(primitives, parsed),
    deliveryKey: keyThumbprint(primitives, delivery.publicKey),
  } as const;
  const signed = request ?? (await world.sign(holder, wish));
  const order = { code: text, deliveryKey: delivery.publicKey, request: signed, client };
  return readDelivery(primitives, JSON.parse(await claimCertificate(desk, order)));
}
