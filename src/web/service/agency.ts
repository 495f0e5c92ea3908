/** An agency's endpoint, from which certificates are claimed and their bindings renewed. */
import { toBase64Url } from "../../core/encoding/bytes.ts";
import type { PublicJwk } from "../../core/holding/jwk.ts";
import { callJson } from "./json-call.ts";

export interface ClaimOrder {
  /** As it is written, with or without hyphens. */
  readonly code: string;
  readonly deliveryKey: PublicJwk;
  /** See signHolderRequest. */
  readonly request: Uint8Array;
}

export interface RenewedBinding {
  /** Base64url. */
  readonly binding: string;
  readonly expiresAt: string;
}

export interface MadeDelegation {
  readonly id: string;
  /** What the delegate types. */
  readonly claimCode: string;
  readonly codeExpiresAt: string;
  readonly until: string;
}

export interface ListedDelegation {
  readonly id: string;
  readonly root: string;
  readonly index: number;
  readonly delegate: string;
  readonly reason: "guardian" | "relative" | "agent";
  readonly matters: readonly string[];
  readonly claims: readonly string[];
  readonly until: string;
  readonly createdAt: string;
  readonly claimedAt: string | null;
  readonly withdrawnAt: string | null;
  readonly state: "open" | "claimed" | "withdrawn" | "ended";
}

export interface Withdrawal {
  readonly id: string;
  readonly withdrawnAt: string;
  /** Until when the last binding that was signed still holds; null where there is none. */
  readonly bindingsEndBy: string | null;
}

/** Every call throws ServiceProblem or ServiceUnreachable; requests are what signHolderRequest gives. */
export interface AgencyEndpoint {
  readonly url: string;
  /** What requests must name. */
  readonly audience: string;
  /** @returns a compact JWE for the delivery key */
  claim(order: ClaimOrder): Promise<{ readonly delivery: string }>;
  renewBinding(request: Uint8Array): Promise<RenewedBinding>;
  delegate(request: Uint8Array): Promise<MadeDelegation>;
  delegations(request: Uint8Array): Promise<{ readonly delegations: readonly ListedDelegation[] }>;
  withdraw(request: Uint8Array): Promise<Withdrawal>;
}

/** @param url its origin */
export function agencyAt(url: string): AgencyEndpoint {
  const base = url.replace(/\/+$/, "");
  const post = <T>(path: string, request: Uint8Array, rest: object = {}): Promise<T> => {
    return callJson<T>(`${base}${path}`, { ...rest, request: toBase64Url(request) });
  };
  return {
    url: base,
    audience: new URL(url).host,
    claim: ({ request, ...rest }) => post("/v1/claims", request, rest),
    renewBinding: (request) => post("/v1/bindings", request),
    delegate: (request) => post("/v1/delegations", request),
    delegations: (request) => post("/v1/delegations/list", request),
    withdraw: (request) => post("/v1/delegations/withdrawal", request),
  };
}
