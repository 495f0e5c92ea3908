/** Access tokens that were verified a moment ago are not verified again for each call. */
import type { Clock } from "../../ports/clock.ts";
import type { TokenVerifier } from "../../ports/access-tokens.ts";

/** So long may the issuer's withdrawal of its key go unnoticed. */
const MOST_SECONDS = 60;
const MOST_TOKENS = 10_000;

interface Verified {
  readonly subject: string;
  readonly until: number;
}

export class VerifiedTokens {
  readonly #verifier: TokenVerifier;
  readonly #nameOf: (token: string) => string;
  readonly #clock: Clock;
  readonly #verified = new Map<string, Verified>();

  /** @param nameOf a hash: no token is kept */
  constructor(verifier: TokenVerifier, nameOf: (token: string) => string, clock: Clock) {
    this.#verifier = verifier;
    this.#nameOf = nameOf;
    this.#clock = clock;
  }

  /** Null where it was not verified lately. */
  recall(token: string): string | null {
    const known = this.#verified.get(this.#nameOf(token));
    return known !== undefined && this.#clock.now() < known.until ? known.subject : null;
  }

  /** @returns what it says of its subject. @throws Problem UNAUTHENTICATED, IDENTITY_UNREACHABLE */
  async verify(token: string): Promise<string> {
    const { subject, expiresAt } = await this.#verifier.verify(token);
    const until = Math.min(expiresAt, this.#clock.now() + MOST_SECONDS);
    this.#verified.set(this.#nameOf(token), { subject, until });
    if (this.#verified.size > MOST_TOKENS) this.#verified.clear();
    return subject;
  }
}
