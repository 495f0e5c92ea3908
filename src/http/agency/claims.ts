/** POST /v1/claims: a certificate for a claim code. */
import { claimCertificate } from "../../app/holding/claim-certificate.ts";
import { FormatError } from "../../core/encoding/format-error.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { keyFromJwk } from "../../core/holding/jwk.ts";
import { Problem } from "../../core/problem.ts";
import { defineRoute } from "../route.ts";
import type { AgencyService } from "./agency-service.ts";
import { requestOf } from "./bodies.ts";
import type { SignedBody } from "./bodies.ts";

interface ClaimBody extends SignedBody {
  readonly code: string;
  readonly deliveryKey: unknown;
}

const EXAMPLE_KEY = { kty: "EC", crv: "P-256", x: "3q2-7w".padEnd(43, "A"), y: "A".repeat(43) };

export const claimWithCode = defineRoute<unknown, ClaimBody, AgencyService>(
  {
    method: "post",
    path: "/v1/claims",
    operationId: "claim",
    tag: "holding",
    summary: "凭领证码领取证照",
    description:
      "The code works once. The same key may ask again with it for ten minutes, where the answer was lost. " +
      "Everything is checked before the code is used up. Ten attempts in a quarter of an hour.",
    parameters: [],
    body: {
      schema: "Claim",
      examples: {
        claim: { code: "7F3K-2Q9X-M4TB-W8D1", deliveryKey: EXAMPLE_KEY, request: "0oRDoQEm" },
      },
    },
    answer: {
      schema: "SealedDelivery",
      description: "The certificate, encrypted.",
      examples: { delivery: { delivery: "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSJ9.…" } },
    },
    roles: ["anyone"],
    limit: "strict",
    problems: [
      ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "CLAIM_CODE_MALFORMED"] as const),
      ...(["CLAIM_CODE_UNKNOWN", "CLAIM_CODE_ENDED", "CLAIM_ATTEMPTS_EXCEEDED"] as const),
      ...(["HOLDER_REQUEST_INVALID", "HOLDER_REQUEST_STALE", "HOLDER_KEY_OTHER"] as const),
      ...(["CERTIFICATE_NOT_CURRENT", "CERTIFICATE_ERASED", "NOT_CONFIRMED"] as const),
      ...(["DELEGATION_ENDED", "DOCUMENT_KEY_UNFIT", "NOT_READY"] as const),
    ],
  },
  async ({ service, caller, body }) => {
    const { code } = body;
    const deliveryKey = deliveryKeyOf(body);
    const order = { code, deliveryKey, request: requestOf(body), client: caller.address };
    return { delivery: await claimCertificate(service.desk, order) };
  },
);

/** @throws Problem BODY_MALFORMED */
function deliveryKeyOf({ deliveryKey }: ClaimBody): P256PublicKey {
  try {
    return keyFromJwk(deliveryKey, "body.deliveryKey");
  } catch (error) {
    if (error instanceof FormatError) throw new Problem("BODY_MALFORMED", error.message);
    throw error;
  }
}
