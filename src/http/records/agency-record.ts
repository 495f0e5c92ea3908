/** An agency as the chain has it, with what it may issue. */
import type { Words } from "../../core/words.ts";
import { regionWords } from "../../app/answer.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { AgencyStatus, KeyAlgorithm } from "../../core/ledger/events.ts";
import type { Agency, DocumentKey, Window } from "../../core/ledger/state.ts";
import { distrustedSince } from "../../core/ledger/trust.ts";

export interface AgencyRecord {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly regionName: Words;
  readonly status: AgencyStatus;
  readonly statusSince: string;
  /** Its code, where another agency goes on with the work of this one. */
  readonly successor: string | null;
  readonly entitlements: readonly EntitlementRecord[];
  readonly documentKeys: readonly DocumentKeyRecord[];
}

interface WindowRecord {
  readonly validFrom: string;
  readonly validUntil: string | null;
}

interface EntitlementRecord extends WindowRecord {
  readonly type: string;
  readonly assurance: number;
}

interface DocumentKeyRecord extends WindowRecord {
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  readonly x: string;
  readonly y: string;
  readonly isDistrusted: boolean;
}

export function agencyRecord(agency: Agency): AgencyRecord {
  const { code, name, region, status, successor } = agency;
  return {
    code,
    name,
    region,
    regionName: regionWords(region),
    status,
    statusSince: formatInstant(agency.statusSince),
    successor: successor?.agency ?? null,
    entitlements: [...agency.entitlements].map(([type, entitlement]) => {
      return { type, ...windowRecord(entitlement), assurance: entitlement.assurance };
    }),
    documentKeys: [...agency.documentKeys.values()].map(documentKeyRecord),
  };
}

function documentKeyRecord(key: DocumentKey): DocumentKeyRecord {
  const { keyId, algorithm, x, y, trust } = key;
  const isDistrusted = distrustedSince(trust) !== null;
  return { keyId, algorithm, x, y, ...windowRecord(key), isDistrusted };
}

function windowRecord({ validFrom, validUntil }: Window): WindowRecord {
  return {
    validFrom: formatInstant(validFrom),
    validUntil: validUntil === null ? null : formatInstant(validUntil),
  };
}
