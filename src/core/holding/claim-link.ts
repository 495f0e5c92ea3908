/** The link with which a citizen's wallet opens and claims a certificate. */
import type { ClaimCodeText } from "../identifiers/claim-code.ts";
import { writeClaimCode } from "../identifiers/claim-code.ts";

/**
 * What follows `#` reaches no server.
 * @param wallet the address of the pages, such as https://wallet.example.gov.cn
 * @param at the host of the agency's endpoint, with its port where it has one
 */
export function claimLink(wallet: string, at: string, code: ClaimCodeText): string {
  const base = wallet.replace(/\/+$/, "");
  return `${base}/claim#at=${encodeURIComponent(at)}&code=${writeClaimCode(code)}`;
}
