/**
 * A grant (授权亮证): in a binding, that its key is not the holder's but that of whom the holder named, for
 * these matters alone (protocol, 9).
 */
import type { CborValue } from "../encoding/cbor.ts";
import { claimValueFromCbor } from "../encoding/claim-value.ts";
import { malformed } from "../encoding/format-error.ts";

export const DELEGATION_REASONS = ["guardian", "relative", "agent"] as const;
/** 监护、亲友、代理 */
export type DelegationReason = (typeof DELEGATION_REASONS)[number];

export const MAX_MATTERS = 16;
const MAX_MATTER_CHARACTERS = 64;
export const MAX_NAME_CHARACTERS = 50;
const Label = { delegate: 1, reason: 2, matters: 3, grantor: 4 };
/** What no name holds, and could make one look like another: control characters and marks of direction. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

export interface Grant {
  /** The name of whoever may show it. */
  readonly delegate: string;
  readonly reason: DelegationReason;
  /** Codes of service items (事项), 1 to 16. */
  readonly matters: readonly string[];
  /** The holder's name, where the delegate may show that; otherwise null. */
  readonly grantor: string | null;
}

export function grantToCbor({ delegate, reason, matters, grantor }: Grant): CborValue {
  const map = new Map<number, CborValue>([
    [Label.delegate, delegate],
    [Label.reason, reason],
    [Label.matters, matters],
  ]);
  if (grantor !== null) map.set(Label.grantor, grantor);
  return map;
}

/** @throws FormatError MALFORMED */
export function grantFromCbor(value: CborValue, where: string): Grant {
  if (!(value instanceof Map)) throw malformed(where, "no grant");
  const map = value as ReadonlyMap<string | number, CborValue>;
  const members = map.has(Label.grantor) ? 4 : 3;
  if (map.size !== members) throw malformed(where, "not the members of a grant");
  const grantor = map.get(Label.grantor);
  return {
    delegate: personName(map.get(Label.delegate), `${where}.delegate`),
    reason: delegationReason(map.get(Label.reason), `${where}.reason`),
    matters: mattersOf(map.get(Label.matters), `${where}.matters`),
    grantor: grantor === undefined ? null : personName(grantor, `${where}.grantor`),
  };
}

/** @throws FormatError MALFORMED unless it can be a person's name and looks like what it is */
export function personName(value: CborValue | undefined, where: string): string {
  return shortText(value, MAX_NAME_CHARACTERS, where);
}

/** @throws FormatError MALFORMED */
export function delegationReason(value: CborValue | undefined, where: string): DelegationReason {
  const reason = DELEGATION_REASONS.find((one) => one === value);
  if (reason === undefined) throw malformed(where, `${DELEGATION_REASONS.join(", ")} expected`);
  return reason;
}

/** @throws FormatError MALFORMED */
export function mattersOf(value: CborValue | undefined, where: string): string[] {
  return distinctTexts(value, { most: MAX_MATTERS, characters: MAX_MATTER_CHARACTERS }, where);
}

/** One to `most` of them, none twice. @throws FormatError MALFORMED */
export function distinctTexts(
  value: CborValue | undefined,
  { most, characters }: { readonly most: number; readonly characters: number },
  where: string,
): string[] {
  const items = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  const texts = items.map((item, i) => shortText(item, characters, `${where}[${String(i)}]`));
  if (texts.length === 0 || texts.length > most || new Set(texts).size < texts.length) {
    throw malformed(where, `1 to ${String(most)} different texts expected`);
  }
  return texts;
}

function shortText(value: CborValue | undefined, characters: number, where: string): string {
  if (typeof value !== "string" || value.trim() === "" || value.length > characters) {
    throw malformed(where, `1 to ${String(characters)} characters expected`);
  }
  if (UNSEEN.test(value)) throw malformed(where, "characters that can't be seen");
  claimValueFromCbor(value, where);
  return value;
}
