/** An order to let somebody else show a certificate, as it is filled in; and what is wrong with it before it is sent. */
import type { DelegationOrder } from "../../../core/holding/delegation-order.ts";
import { MAX_DELEGATION_SECONDS } from "../../../core/holding/delegation-order.ts";
import type { DelegationReason } from "../../../core/presentation/grant.ts";
import { MAX_MATTERS, personName } from "../../../core/presentation/grant.ts";
import type { Held } from "../../vault/held.ts";
import { certificateRefOf } from "../../vault/holding.ts";

export interface Draft {
  readonly delegate: string;
  readonly reason: DelegationReason;
  /** Codes of service items. */
  readonly matters: readonly string[];
  /** Names of claims. */
  readonly claims: readonly string[];
  /** The last day, as an input of type date has it: 2026-12-31. */
  readonly lastDay: string;
}

export type DraftFault =
  | "NAME_MISSING"
  | "NAME_UNFIT"
  | "MATTERS_MISSING"
  | "MATTERS_TOO_MANY"
  | "CLAIMS_MISSING"
  | "UNTIL_PAST"
  | "UNTIL_FAR";

const BEIJING_OFFSET_SECONDS = 8 * 3600;
const DAY_SECONDS = 86_400;

/** @param now seconds since 1970 */
export function draftFaults(draft: Draft, now: number): DraftFault[] {
  const { matters, claims } = draft;
  const until = endOfDay(draft.lastDay);
  const isFar = until > now + MAX_DELEGATION_SECONDS;
  return [
    ...nameFaults(draft.delegate),
    ...(matters.length === 0 ? (["MATTERS_MISSING"] as const) : []),
    ...(matters.length > MAX_MATTERS ? (["MATTERS_TOO_MANY"] as const) : []),
    ...(claims.length === 0 ? (["CLAIMS_MISSING"] as const) : []),
    ...(until > now ? [] : (["UNTIL_PAST"] as const)),
    ...(isFar ? (["UNTIL_FAR"] as const) : []),
  ];
}

function nameFaults(delegate: string): DraftFault[] {
  const name = delegate.trim();
  if (name === "") return ["NAME_MISSING"];
  try {
    personName(name, "delegate");
    return [];
  } catch {
    return ["NAME_UNFIT"];
  }
}

/** @returns what the holder signs; the draft has no faults */
export function orderOf(held: Held, draft: Draft): DelegationOrder {
  const { root, index } = certificateRefOf(held);
  const { reason, matters, claims } = draft;
  const delegate = draft.delegate.trim();
  return { root, index, delegate, reason, matters, claims, until: endOfDay(draft.lastDay) };
}

/** The last second of a day in Beijing; 0 for what is no day. */
function endOfDay(day: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  return Number.isNaN(midnight) ? 0 : midnight + DAY_SECONDS - BEIJING_OFFSET_SECONDS - 1;
}

/** A day in Beijing, so many days from now: 2026-12-31. */
export function dayFrom(now: number, days: number): string {
  const seconds = now + BEIJING_OFFSET_SECONDS + days * DAY_SECONDS;
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
