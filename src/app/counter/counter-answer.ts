/** The answer as the caller may have it: anyone, a counter with its service item, an agency about its own. */
import type { ServiceItem, ServiceItems } from "../../core/service-items/service-item.ts";
import { itemTypeOf } from "../../core/service-items/service-item.ts";
import type { ClaimRight, ToldClaims } from "../../core/service-items/tell-claims.ts";
import { personalClaims, tellClaims } from "../../core/service-items/tell-claims.ts";
import type { CheckName } from "../../core/verify/codes.ts";
import type { CertificateFacts } from "../../core/verify/verdict.ts";
import type { Client, Role } from "../../ports/clients.ts";
import type { Answer, AnswerCertificate, AnswerCheck } from "../answer.ts";
import { answerOf } from "../answer.ts";
import type { ReceiptReference, SignedReceipt } from "../uses/use-recorder.ts";
import type { Judged } from "../verify-presentation.ts";
import type { VerifyingDesk } from "./counter-desk.ts";

export interface CounterAnswer extends Answer {
  /** Names of the claims that are not told in full. */
  readonly masked: readonly string[];
  /** Null for anyone. */
  readonly receipt: ReceiptReference | SignedReceipt | null;
}

/** Who is told claims at all; to everyone else a certificate is a type, an agency and its dates. */
const TOLD_CLAIMS: ReadonlySet<Role> = new Set<Role>(["counter", "agency", "authority"]);

export function isToldClaims(client: Client | null): client is Client {
  return client !== null && TOLD_CLAIMS.has(client.role);
}

const NOTHING: ToldClaims = { claims: {}, masked: [] };
const NONE_IN_FULL: ClaimRight = { kind: "named", names: [] };

export interface Telling extends ToldClaims {
  /** Names of those about a person, masked or not. */
  readonly personal: readonly string[];
}

const TELL_NOTHING: Telling = { ...NOTHING, personal: [] };

/** What is given out with an answer: decided before anything is used up. */
export function tellingOf(
  { items, definitions }: Pick<VerifyingDesk, "items" | "definitions">,
  client: Client | null,
  item: ServiceItem | null,
  { verdict: { certificate } }: Judged,
): Telling {
  if (certificate === null || !isToldClaims(client)) return TELL_NOTHING;
  const { anchor, claims } = certificate;
  const known = definitions.of(anchor?.type ?? "", anchor?.schemaVersion ?? 0);
  const personal = personalClaims(known, claims.keys());
  const right = rightOf(items, client, item, certificate);
  return { ...tellClaims(known, claims, right), personal };
}

/**
 * An agency sees its own certificates whole. A counter sees whole what its service item names; where no
 * items are configured, all but sensitive claims.
 */
function rightOf(
  items: ServiceItems,
  client: Client,
  item: ServiceItem | null,
  { proof, anchor }: CertificateFacts,
): ClaimRight {
  if (client.role === "agency") return client.agency === proof.agency ? ALL : NONE_IN_FULL;
  if (client.role !== "counter") return NONE_IN_FULL;
  if (item === null) return items.all.length === 0 ? { kind: "notSensitive" } : NONE_IN_FULL;
  return { kind: "named", names: itemTypeOf(item, anchor?.type ?? "")?.claims ?? [] };
}

const ALL: ClaimRight = { kind: "all" };

export function answerToClient(
  judged: Judged,
  { claims, masked }: ToldClaims,
  receipt: ReceiptReference | SignedReceipt,
): CounterAnswer {
  return { ...answerOf(judged, claims), masked, receipt };
}

/** Verdict, type, agency, validity and what was judged on. */
export function answerToAnyone(judged: Judged): CounterAnswer {
  const answer = answerOf(judged, NOTHING.claims);
  return {
    ...answer,
    masked: [],
    checks: answer.checks.map(withoutWhatIsShown),
    certificate: answer.certificate && withoutPlace(answer.certificate),
    receipt: null,
  };
}

/** Whose details say what the chain says, and nothing of what the presentation says. */
const CHAIN_CHECKS: ReadonlySet<CheckName> = new Set<CheckName>([
  ...(["anchor", "issuer", "status", "validity", "recognition"] as const),
]);

function withoutWhatIsShown(check: AnswerCheck): AnswerCheck {
  if (check.detail === undefined || CHAIN_CHECKS.has(check.check)) return check;
  const { detail: _detail, ...rest } = check;
  return rest;
}

function withoutPlace(certificate: AnswerCertificate): AnswerCertificate {
  const { root: _root, index: _index, anchoredAt: _at, delegate: _who, ...rest } = certificate;
  return rest;
}
