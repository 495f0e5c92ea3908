/** An agency as the chain has it, with what it may issue. */
import type { Words } from "../../core/words.ts";
import { regionWords } from "../../app/answer.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { AgencyStatus } from "../../core/ledger/events.ts";
import type { Agency, Window } from "../../core/ledger/state.ts";

export interface AgencyRecord {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly regionName: Words;
  readonly status: AgencyStatus;
  readonly statusSince: string;
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
  readonly x: string;
  readonly y: string;
  readonly isDistrusted: boolean;
}

export function agencyRecord(agency: Agency): AgencyRecord {
  const { code, name, region, status } = agency;
  return {
    code,
    name,
    region,
    regionName: regionWords(region),
    status,
    statusSince: formatInstant(agency.statusSince),
    entitlements: [...agency.entitlements].map(([type, entitlement]) => {
      return { type, ...windowRecord(entitlement), assurance: entitlement.assurance };
    }),
    documentKeys: [...agency.documentKeys.values()].map((key) => {
      return { ...key, ...windowRecord(key) };
    }),
  };
}

function windowRecord({ validFrom, validUntil }: Window): WindowRecord {
  return {
    validFrom: formatInstant(validFrom),
    validUntil: validUntil === null ? null : formatInstant(validUntil),
  };
}
