/** Who may call the service, as the HTTP application asks it. The comments are the contract. */
import type { Caller } from "../../ports/clients.ts";

export type { Caller, Client, Role } from "../../ports/clients.ts";

/** What a request says of who sends it. Only what the connection itself proves is in it. */
export interface Credentials {
  /** The header Authorization as it came; null where there is none. */
  readonly authorization: string | null;
  /** SHA-256 of the client's certificate (DER), whose key the connection proved: 64 hex digits. */
  readonly certificate: string | null;
  /** The network address of the client, not of a proxy before this service. */
  readonly address: string;
}

/** How many calls there still are. */
export interface Allowance {
  /** What is counted, in one word for the headers of the answer. */
  readonly policy: "client" | "address" | "guesses";
  readonly perMinute: number;
  readonly remaining: number;
  /** Seconds until all of them are there again. */
  readonly resetSeconds: number;
}

export interface Access {
  /** Networks (CIDR) and addresses of proxies, whose word on a client's address and certificate is taken. */
  readonly trustedProxies: readonly string[];
  /**
   * Anyone, where no credential is offered; one that is offered must be right.
   * @throws Problem UNAUTHENTICATED; Refusal LOCKED_OUT after too many wrong ones; IDENTITY_UNREACHABLE
   *   where it can't be told now: nobody is let in for that
   */
  identify(credentials: Credentials): Caller | Promise<Caller>;
  /**
   * Counts one call.
   * @param isStrict for what could be guessed or is dear
   * @throws Refusal TOO_MANY_REQUESTS
   */
  admit(caller: Caller, isStrict: boolean): Allowance;
  /** Counts certificates to be verified; anyone's are bounded by their calls. @throws Refusal QUOTA_EXCEEDED */
  charge(caller: Caller, certificates: number): void;
}
