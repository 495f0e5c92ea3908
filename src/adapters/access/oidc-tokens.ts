/** Access tokens of an OpenID Connect provider (RFC 9068), by `jose`. */
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from "jose";
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from "jose";
import { Problem } from "../../core/problem.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TokenVerifier, VerifiedToken } from "../../ports/access-tokens.ts";
import { readBounded } from "../exchange/read-bounded.ts";

export interface OidcIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's keys are: the only address that is ever asked. */
  readonly jwks: string;
  readonly clientClaim: string;
  readonly algorithms: readonly string[];
  /** Null: any. */
  readonly tokenType: string | null;
}

/** The issuer's clock and this one's may differ by so much. */
const SKEW_SECONDS = 30;
const FETCH_MS = 5_000;
/** How often an unknown key id may lead to a question at the issuer. */
const COOLDOWN_MS = 30_000;
const KEYS_LIVE_MS = 600_000;
/** Hundreds of keys. */
const MOST_KEY_BYTES = 262_144;
/** While the issuer is away, callers are told so at once. */
const PAUSE_SECONDS = 5;

export function oidcTokens(issuer: OidcIssuer, clock: Clock): TokenVerifier {
  const keys = issuerKeys(issuer.jwks, clock);
  return {
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keys, demandsOf(issuer, clock));
        return verifiedOf(payload, issuer.clientClaim);
      } catch (error) {
        throw tokenProblem(error);
      }
    },
  };
}

function demandsOf(issuer: OidcIssuer, clock: Clock): JWTVerifyOptions {
  const { audience, algorithms, tokenType, clientClaim } = issuer;
  return {
    issuer: issuer.issuer,
    audience,
    algorithms: [...algorithms],
    requiredClaims: ["exp", clientClaim],
    clockTolerance: SKEW_SECONDS,
    currentDate: new Date(clock.now() * 1000),
    ...(tokenType !== null && { typ: tokenType }),
  };
}

function verifiedOf(payload: JWTPayload, clientClaim: string): VerifiedToken {
  const subject = payload[clientClaim];
  if (typeof subject !== "string" || subject === "") {
    throw new Problem("UNAUTHENTICATED", `token: "${clientClaim}" is no text`);
  }
  return { subject, expiresAt: Number(payload.exp) };
}

function issuerKeys(address: string, clock: Clock): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(address), {
    timeoutDuration: FETCH_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEYS_LIVE_MS,
    [customFetch]: fetchBounded,
  });
  let awayUntil = -Infinity;
  return async (header, token) => {
    if (clock.now() < awayUntil) throw new Problem("IDENTITY_UNREACHABLE", "the issuer's keys");
    try {
      return await keys(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      awayUntil = clock.now() + PAUSE_SECONDS;
      throw new Problem("IDENTITY_UNREACHABLE", "the issuer's keys", error);
    }
  };
}

/** The keys were there, and none of them is the token's. */
function isOfToken(error: unknown): boolean {
  const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors;
  return [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported].some((kind) => {
    return error instanceof kind;
  });
}

/** No redirects, and no more bytes than keys need. */
async function fetchBounded(url: string, options: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...options, redirect: "error" });
  const { status, body } = response;
  return new Response(new Uint8Array(await readBounded(body, MOST_KEY_BYTES)), { status });
}

/** What the library says is of the token's form and claims' names, never of their values. */
function tokenProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const why = error instanceof errors.JOSEError ? error.message : "not readable";
  return new Problem("UNAUTHENTICATED", `token: ${why}`, error);
}
