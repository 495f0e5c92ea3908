/** Access tokens of an identity provider. The comments are the contract. */

export interface VerifiedToken {
  /** What the configured claim says: which client it is. */
  readonly subject: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface TokenVerifier {
  /**
   * Signed by the configured issuer for this service, and in force. No address in a token is ever asked.
   * @throws Problem UNAUTHENTICATED with what is wrong; IDENTITY_UNREACHABLE where the issuer's keys can't be had
   */
  verify(token: string): Promise<VerifiedToken>;
}
