/** What became of an agency and its document keys, as far as the ledger state keeps it. */
import { formatInstant } from "../../core/encoding/instant.ts";
import type { LedgerEvent } from "../../core/ledger/events.ts";
import type { Agency, DocumentKey } from "../../core/ledger/state.ts";
import type { Words } from "../../core/words.ts";

/** What is told; of the chain's events, those of which the state keeps every one. */
export const AGENCY_CHANGES = {
  AgencyRegistered: { zh: "登记", en: "registered" },
  AgencyStatusChanged: { zh: "机关状态变更", en: "changed its status" },
  AgencySucceeded: { zh: "由其他机关承接", en: "was succeeded by another agency" },
  DocumentKeyAdded: { zh: "启用签章密钥", en: "a document key was added" },
  DocumentKeyEnded: { zh: "停用签章密钥", en: "a document key was ended" },
  DocumentKeyDistrusted: { zh: "签章密钥不予信任", en: "a document key was distrusted" },
  DocumentKeyDistrustLifted: { zh: "签章密钥恢复信任", en: "a document key is trusted again" },
} as const satisfies Partial<Record<LedgerEvent["kind"], Words>>;

export interface AgencyChange {
  readonly kind: keyof typeof AGENCY_CHANGES;
  readonly words: Words;
  readonly recordedAt: string;
  readonly effectiveFrom: string;
  /** The status, the succeeding agency's code or the key's name, whatever the kind is about. */
  readonly about: string;
}

interface Change {
  readonly kind: AgencyChange["kind"];
  readonly recordedAt: number;
  readonly effectiveFrom: number;
  readonly about: string;
}

/** In the order in which it was recorded. */
export function agencyHistory(agency: Agency): AgencyChange[] {
  const changes = [
    ...statusChanges(agency),
    ...[...agency.documentKeys.values()].flatMap(keyChanges),
  ];
  changes.sort((a, b) => a.recordedAt - b.recordedAt);
  return changes.map(({ kind, recordedAt, effectiveFrom, about }) => ({
    kind,
    words: AGENCY_CHANGES[kind],
    recordedAt: formatInstant(recordedAt),
    effectiveFrom: formatInstant(effectiveFrom),
    about,
  }));
}

function statusChanges({ statuses, successor }: Agency): Change[] {
  const told = statuses.map(({ status, effectiveFrom, recordedAt }, i): Change => {
    const kind = i === 0 ? "AgencyRegistered" : "AgencyStatusChanged";
    return { kind, recordedAt, effectiveFrom, about: status };
  });
  if (successor === null) return told;
  const { agency, recordedAt, effectiveFrom } = successor;
  return [...told, { kind: "AgencySucceeded", recordedAt, effectiveFrom, about: agency }];
}

function keyChanges({ keyId, windows, trust }: DocumentKey): Change[] {
  const of = (kind: Change["kind"], recordedAt: number, effectiveFrom = recordedAt): Change => {
    return { kind, recordedAt, effectiveFrom, about: keyId };
  };
  return [
    ...windows.map(({ recordedAt, validFrom }) => of("DocumentKeyAdded", recordedAt, validFrom)),
    ...windows.flatMap(({ endedAt }) =>
      endedAt === null ? [] : [of("DocumentKeyEnded", endedAt)],
    ),
    ...trust.map(({ since, recordedAt }) => {
      return of(since === null ? "DocumentKeyDistrustLifted" : "DocumentKeyDistrusted", recordedAt);
    }),
  ];
}
