/** POST /v1/delegations, /v1/delegations/list and /v1/delegations/withdrawal: showing for another (亲友代亮). */
import type { Delegation } from "../../app/holding/delegations.ts";
import {
  delegate,
  delegationState,
  listDelegations,
  withdrawDelegation,
} from "../../app/holding/delegations.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { writeClaimCode } from "../../core/identifiers/claim-code.ts";
import { defineRoute } from "../route.ts";
import type { AgencyService } from "./agency-service.ts";
import { requestOf } from "./bodies.ts";
import type { SignedBody } from "./bodies.ts";

const body = { schema: "HolderRequest", examples: { request: { request: "0oRDoQEm" } } } as const;
const REFUSALS = [
  ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE"] as const),
  ...(["HOLDER_REQUEST_INVALID", "HOLDER_REQUEST_STALE"] as const),
];
const id = "5f".repeat(16);
const until = "2026-10-11T00:00:00Z";

export const makeDelegation = defineRoute<unknown, SignedBody, AgencyService>(
  {
    method: "post",
    path: "/v1/delegations",
    operationId: "delegate",
    tag: "holding",
    summary: "授权他人代为亮证",
    description:
      "The delegate fetches with the code the claims named, and nothing of the others. The same request again " +
      "gives another code, as long as nobody has fetched it.",
    parameters: [],
    body,
    answer: {
      schema: "MadeDelegation",
      description: "Made.",
      examples: {
        made: {
          id,
          claimCode: "7F3K-2Q9X-M4TB-W8D1",
          codeExpiresAt: "2026-04-18T00:00:00Z",
          until,
        },
      },
    },
    roles: ["anyone"],
    problems: [
      ...REFUSALS,
      ...(["HOLDER_KEY_OTHER", "DELEGATION_INVALID", "DELEGATION_ENDED"] as const),
      ...(["CERTIFICATE_NOT_CURRENT", "CERTIFICATE_NOT_FOUND", "CERTIFICATE_ERASED"] as const),
      "NOT_READY",
    ],
  },
  async ({ service, body }) => {
    const made = await delegate(service.desk, requestOf(body));
    return {
      id: made.id,
      claimCode: writeClaimCode(made.code),
      codeExpiresAt: formatInstant(made.codeExpiresAt),
      until: formatInstant(made.until),
    };
  },
);

export const listOwnDelegations = defineRoute<unknown, SignedBody, AgencyService>(
  {
    method: "post",
    path: "/v1/delegations/list",
    operationId: "listDelegations",
    tag: "holding",
    summary: "查询本人的代亮授权",
    description: "Those that the key which asks has made.",
    parameters: [],
    body,
    answer: {
      schema: "DelegationList",
      description: "The newest first.",
      examples: {
        list: {
          delegations: [
            {
              ...{
                id,
                root: `0x${"5e".repeat(32)}`,
                index: 41,
                delegate: "李兰",
                reason: "relative",
              },
              ...{ matters: ["460200-MZ-0101"], claims: ["holderName"], until },
              ...{ createdAt: "2026-04-11T00:00:00Z", claimedAt: null, withdrawnAt: null },
              state: "open",
            },
          ],
        },
      },
    },
    roles: ["anyone"],
    problems: REFUSALS,
  },
  async ({ service, body }) => {
    const delegations = await listDelegations(service.desk, requestOf(body));
    return { delegations: delegations.map((one) => listed(one, service.now())) };
  },
);

function listed(delegation: Delegation, now: number): Record<string, unknown> {
  const { id, root, index, delegate, reason, matters, claims } = delegation;
  return {
    ...{ id, root, index, delegate, reason, matters, claims },
    until: formatInstant(delegation.until),
    createdAt: formatInstant(delegation.createdAt),
    claimedAt: timeOf(delegation.claimedAt),
    withdrawnAt: timeOf(delegation.withdrawnAt),
    state: delegationState(delegation, now),
  };
}

export const withdraw = defineRoute<unknown, SignedBody, AgencyService>(
  {
    method: "post",
    path: "/v1/delegations/withdrawal",
    operationId: "withdrawDelegation",
    tag: "holding",
    summary: "收回代亮授权",
    description:
      "From now on no binding is signed for it. What was signed before lives a day at most; who can't wait for " +
      "that has the certificate suspended.",
    parameters: [],
    body,
    answer: {
      schema: "WithdrawnDelegation",
      description: "Taken back.",
      examples: { withdrawn: { id, withdrawnAt: "2026-04-12T00:00:00Z", bindingsEndBy: null } },
    },
    roles: ["anyone"],
    problems: [...REFUSALS, "DELEGATION_UNKNOWN"],
  },
  async ({ service, body }) => {
    const { id, withdrawnAt, bindingsEndBy } = await withdrawDelegation(
      service.desk,
      requestOf(body),
    );
    const endsBy = timeOf(bindingsEndBy);
    return { id, withdrawnAt: formatInstant(withdrawnAt), bindingsEndBy: endsBy };
  },
);

function timeOf(seconds: number | null): string | null {
  return seconds === null ? null : formatInstant(seconds);
}
