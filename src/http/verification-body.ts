/** The body of a verification, as the application takes it. */
import type { VerificationOrder } from "../app/counter/verification-order.ts";
import { fromHex } from "../core/encoding/bytes.ts";
import { Problem } from "../core/problem.ts";

export interface VerificationBody {
  readonly presentation?: string;
  readonly presentationRequest?: string;
  readonly certificate?: object;
  readonly region?: string;
  readonly purpose?: string;
  readonly useCause?: string;
  readonly audience?: string;
  readonly nonce?: string;
  readonly requiresHolder?: boolean;
  readonly requiredClaims?: readonly string[];
  readonly receipt?: "signed";
}

/** @throws Problem BODY_MALFORMED where more is asked than was said with a presentation request */
export function orderOf(body: VerificationBody): VerificationOrder {
  const { presentationRequest: request } = body;
  return request === undefined ? orderOfShown(body) : orderOfRequest(request, body);
}

function orderOfRequest(request: string, body: VerificationBody): VerificationOrder {
  const { presentationRequest: _request, receipt, ...others } = body;
  const [other] = Object.keys(others);
  if (other === undefined) return { request, isReceiptSigned: receipt !== undefined };
  throw new Problem("BODY_MALFORMED", `body.${other}: said with the request already`);
}

function orderOfShown(body: VerificationBody): VerificationOrder {
  const { presentation, certificate, nonce, receipt, ...question } = body;
  return {
    given: presentation === undefined ? { certificate } : { qr: presentation },
    question: {
      ...question,
      ...(nonce !== undefined && { nonce: fromHex(nonce.toLowerCase()) as Uint8Array }),
      ...(receipt !== undefined && { isReceiptSigned: true }),
    },
  };
}
