/** Signs that a certificate belongs to a key for some days (protocol, 9). */
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { equalBytes, fromHex } from "../../core/encoding/bytes.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import { findAgency } from "../../core/ledger/agencies.ts";
import { trustedDocumentKeys } from "../../core/ledger/document-keys.ts";
import { encodeBindingContent } from "../../core/presentation/binding.ts";
import type { BindingContent } from "../../core/presentation/binding.ts";
import { encodeSign1, sign1Message } from "../../core/presentation/cose.ts";
import type { Grant } from "../../core/presentation/grant.ts";
import { Problem } from "../../core/problem.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { AgencyDesk, DocumentSigner } from "./agency-desk.ts";

export interface SignedBinding {
  readonly binding: Uint8Array;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface BoundKey {
  readonly key: P256PublicKey;
  /** For a delegate, with the time at which the delegation ends. */
  readonly grant?: Grant & { readonly until: number };
}

/** @throws Problem DOCUMENT_KEY_UNFIT, NOT_READY */
export function bind(
  desk: AgencyDesk,
  { agency, batch }: CertificateFile,
  { key, grant }: BoundKey,
): SignedBinding {
  const now = desk.clock.now();
  requireTrusted(desk.view(), agency, desk.documentKey, now);
  const place = { agency, root: batch.root, index: batch.index, key, issuedAt: now };
  if (grant === undefined) {
    return signBinding(desk.documentKey, { ...place, expiresAt: now + desk.bindingSeconds });
  }
  const { until, ...granted } = grant;
  const expiresAt = Math.min(now + desk.delegatedBindingSeconds, until);
  return signBinding(desk.documentKey, { ...place, expiresAt, grant: granted });
}

export function signBinding(signer: DocumentSigner, content: BindingContent): SignedBinding {
  const payload = encodeBindingContent(content);
  const signature = signer.sign(sign1Message(payload));
  return { binding: encodeSign1({ payload, signature }), expiresAt: content.expiresAt };
}

/**
 * What no counter would believe is not signed.
 * @throws Problem DOCUMENT_KEY_UNFIT; NOT_READY where the chain was never reached
 */
export function requireTrusted(
  view: LedgerView | null,
  agency: string,
  { publicKey: { x, y } }: Pick<DocumentSigner, "publicKey">,
  now: number,
): void {
  if (view === null) throw new Problem("NOT_READY", "the chain has not been reached");
  const keys = trustedDocumentKeys(findAgency(view.state, agency, Infinity), now, Infinity);
  const isTrusted = keys.some((key) => {
    return key.algorithm === "P-256" && isHex(key.x, x) && isHex(key.y, y);
  });
  if (!isTrusted) throw new Problem("DOCUMENT_KEY_UNFIT", agency);
}

function isHex(hex: string, bytes: Uint8Array): boolean {
  return equalBytes(fromHex(hex.slice(2)) ?? new Uint8Array(), bytes);
}
