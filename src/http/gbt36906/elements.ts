/** What is known of a certificate under the short names that systems of this kind use for GB/T 36903's elements. */
import type { CounterAnswer } from "../../app/counter/counter-answer.ts";
import type { ClaimDefinition } from "../../core/catalogue/certificate-type.ts";
import type { ClaimValue } from "../../core/encoding/cbor.ts";
import { dateOfDay } from "../../core/identifiers/calendar-date.ts";
import type { ClaimDefinitions } from "../../core/service-items/tell-claims.ts";
import type { CheckCode } from "../../core/verify/codes.ts";

type Certificate = NonNullable<CounterAnswer["certificate"]>;
type Elements = Readonly<Record<string, ClaimValue>>;

const DAY_MS = 86_400_000;
const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** 证照状态, as the standard's metadata name it; what is not listed here says nothing about the state. */
const STATES: Partial<Record<CheckCode, string>> = {
  ...{ NOT_YET_VALID: "尚未生效", EXPIRED: "过期", SUSPENDED: "暂扣", SUPERSEDED: "换发" },
  ...{ CANCELLED: "注销", WITHDRAWN: "撤销", REVOKED: "吊销", TRANSFERRED: "转出" },
  OTHER_STATUS: "其他",
};

/** The chain's word stands over the certificate's own. Claims are told as the caller may see them. */
export function elementsOf(answer: CounterAnswer, definitions: ClaimDefinitions): Elements {
  const { certificate, claims } = answer;
  if (certificate === null) return {};
  const known = definitions.of(certificate.type ?? "", certificate.schemaVersion ?? 0);
  const own = Object.entries(claims).flatMap(([name, value]) => {
    const definition = known.get(name);
    const element = definition?.sourceName;
    return element === undefined ? [] : [[element, plain(value, definition)] as const];
  });
  return { ...Object.fromEntries(own), ...recordsOf(certificate), ZZZT: stateOf(answer) };
}

function recordsOf({ type, typeName, agency, agencyName, notBefore, notAfter }: Certificate) {
  return {
    ZZLXDM: type,
    ZZMC: typeName?.zh ?? null,
    ZZBFJGDM: agency,
    ZZBFJG: agencyName,
    ZZYXQQSRQ: beijingDate(notBefore),
    ZZYXQJZRQ: notAfter === null ? null : beijingDate(notAfter),
  };
}

/** Several holders stand beside each other, as such systems write them: each by the first of its parts. */
function plain(value: ClaimValue, definition: ClaimDefinition | undefined): ClaimValue {
  if (!Array.isArray(value)) return value;
  const part = definition?.parts?.[0]?.name ?? "";
  const holders = value as readonly (string | Readonly<Record<string, string>>)[];
  return holders.map((holder) => (typeof holder === "string" ? holder : holder[part])).join("，");
}

/** Null where it can't be told. */
function stateOf({ checks }: CounterAnswer): string | null {
  const asked = checks.filter(({ check }) => check === "status" || check === "validity");
  if (asked.every(({ result }) => result === "pass")) return "有效";
  const found = asked.flatMap(({ result, code }) => {
    return result === "fail" && code !== undefined ? (STATES[code] ?? []) : [];
  });
  return found[0] ?? null;
}

function beijingDate(instant: string): string {
  return dateOfDay(Math.floor((Date.parse(instant) + BEIJING_OFFSET_MS) / DAY_MS));
}
