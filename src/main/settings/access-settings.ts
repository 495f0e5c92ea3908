/** The section `access` of a service's configuration: how many calls, and who vouches for tokens. */

export interface AccessSettings {
  /** Calls in a minute from one address (IPv6: one /64) without a credential. */
  readonly anonymousPerMinute: number;
  /** Calls in a minute, of one address or client, of what could be guessed or is dear. */
  readonly guessesPerMinute: number;
  /** So many wrong credentials within so many minutes close the door for as long. */
  readonly lockout: { readonly failures: number; readonly minutes: number };
  /** Null: no tokens are taken. */
  readonly oidc: OidcSettings | null;
}

export interface OidcSettings {
  /** As the tokens' `iss` says it. */
  readonly issuer: string;
  /** As the tokens' `aud` must say it: this service. */
  readonly audience: string;
  /** Where the issuer's keys are; nothing a token says is ever fetched. */
  readonly jwks: string;
  /** The claim that says which client it is; its value is registered with `lz client add --token-subject`. */
  readonly clientClaim: string;
  readonly algorithms: readonly string[];
  /** The header `typ` that access tokens have; null where the issuer's have none that tells. */
  readonly tokenType: string | null;
}

const count = (most: number, normal: number): object => {
  return { type: "integer", minimum: 1, maximum: most, default: normal };
};
const text = { type: "string", minLength: 1, maxLength: 500 };
/** Plain HTTP only to this very machine. */
const address = {
  ...text,
  pattern: "^(https://|http://(127\\.0\\.0\\.1|\\[::1\\]|localhost)(:|/|$))\\S*$",
};

/** Signatures by a private key: a token "signed" with a shared or no secret proves nothing here. */
const ALGORITHMS = ["ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "EdDSA"];

const oidc = {
  type: ["object", "null"],
  default: null,
  additionalProperties: false,
  required: ["issuer", "audience", "jwks"],
  properties: {
    issuer: text,
    audience: text,
    jwks: address,
    clientClaim: { ...text, default: "sub" },
    algorithms: {
      type: "array",
      minItems: 1,
      uniqueItems: true,
      items: { enum: ALGORITHMS },
      default: ["ES256", "PS256", "RS256", "EdDSA"],
    },
    tokenType: { ...text, type: ["string", "null"], default: "at+jwt" },
  },
};

export const ACCESS_SCHEMA = {
  type: "object",
  additionalProperties: false,
  default: {},
  properties: {
    anonymousPerMinute: count(1_000_000, 120),
    guessesPerMinute: count(1_000, 10),
    lockout: {
      type: "object",
      additionalProperties: false,
      default: {},
      properties: { failures: count(1_000, 10), minutes: count(1_440, 15) },
    },
    oidc,
  },
};
