/** The keys of a verification service, the same at all its instances. The comments are the contract. */

/** On P-256; each coordinate 32 bytes in base64url. */
export interface ServicePublicKey {
  /** The RFC 7638 thumbprint, base64url: what receipts and trust packs name. */
  readonly keyId: string;
  readonly x: string;
  readonly y: string;
}

export interface ServiceKeys {
  /** Of the key that signs. */
  readonly keyId: string;
  readonly publicKey: Pick<ServicePublicKey, "x" | "y">;
  /** Of the keys that signed before it, newest first: what they signed stays good. */
  readonly formerKeys: readonly ServicePublicKey[];
  /** ES256 over SHA-256: r ‖ s, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
  /**
   * 32 bytes of HMAC-SHA256: the same for the same bytes and domain, telling nothing without the key. It
   * stays the same when the signing key changes.
   */
  pseudonym(domain: string, bytes: Uint8Array): Uint8Array;
  /** AES-256-GCM under a fresh nonce; `purpose` is authenticated with it. */
  seal(purpose: string, bytes: Uint8Array): Uint8Array;
  /** Null for what was not sealed by these keys for that purpose. */
  open(purpose: string, sealed: Uint8Array): Uint8Array | null;
}
