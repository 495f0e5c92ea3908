/** What an agency's endpoint for wallets works with. */
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { PageTemplate } from "../../core/catalogue/page-template.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import type {
  HolderWish,
  SignedHolderRequest,
  WishKind,
} from "../../core/holding/holder-request.ts";
import { openHolderRequest } from "../../core/holding/holder-request.ts";
import { FormatError } from "../../core/encoding/format-error.ts";
import { Problem } from "../../core/problem.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { Primitives } from "../../core/hashing.ts";
import type { Clock, Randomness } from "../../ports/clock.ts";
import type { AgencyStore } from "../../ports/agency-store.ts";

/** Signs ES256 with a document key (签章密钥) of the agency; the private part stays where it is. */
export interface DocumentSigner {
  readonly publicKey: P256PublicKey;
  sign(message: Uint8Array): Uint8Array;
}

/** How certificates of a type are called and drawn. */
export interface TypeWords {
  readonly definition: CertificateType;
  /** The one that the definition pins; null where it pins none. */
  readonly template: PageTemplate | null;
}

export interface AgencyDesk {
  /** Its credit code. */
  readonly agency: string;
  /** The names under which wallets reach it, the usual one first. */
  readonly audiences: readonly [string, ...string[]];
  readonly store: Pick<AgencyStore, "certificate" | "claimCodes" | "holdings" | "delegations">;
  readonly documentKey: DocumentSigner;
  readonly primitives: Primitives;
  readonly clock: Clock;
  readonly random: Randomness;
  /** How long bindings live, in seconds. */
  readonly bindingSeconds: number;
  readonly delegatedBindingSeconds: number;
  /** How often one address may try claim codes in a quarter of an hour, whether it succeeds or not. */
  readonly attempts: number;
  /** The greatest age of the view of the chain, in seconds. */
  readonly maxLedgerAge: number;
  view(): LedgerView | null;
  /** @throws Problem TYPE_UNKNOWN */
  typeOf(code: string, version: number): TypeWords;
  /**
   * Encrypts to a key that a wallet made for this alone.
   * @returns a JWE in its compact form (RFC 7516), ECDH-ES with A256GCM
   * @throws Problem HOLDER_REQUEST_INVALID for a point that is not on the curve
   */
  encrypt(key: P256PublicKey, plain: Uint8Array): Promise<string>;
}

/** What of a kind a holder asks, signed. @throws Problem HOLDER_REQUEST_INVALID, HOLDER_REQUEST_STALE */
export function openRequest<K extends WishKind>(
  { primitives, audiences, clock }: AgencyDesk,
  kind: K,
  bytes: Uint8Array,
): SignedHolderRequest<Extract<HolderWish, { readonly kind: K }>> {
  try {
    return openHolderRequest(primitives, bytes, { kind, audiences, now: clock.now() });
  } catch (error) {
    if (error instanceof FormatError) throw new Problem("HOLDER_REQUEST_INVALID", error.message);
    throw error;
  }
}
