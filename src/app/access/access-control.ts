/** Identifies whoever calls, by what the store says of clients, and counts their calls. */
import { toHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import type { Primitives } from "../../core/hashing.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TokenVerifier } from "../../ports/access-tokens.ts";
import type {
  CallCounts,
  Caller,
  Client,
  ClientStore,
  CredentialKind,
} from "../../ports/clients.ts";
import type { Access, Allowance, Credentials } from "./access.ts";
import type { ApiKey } from "./api-key.ts";
import { isSameHash, looksLikeApiKey, parseApiKey, secretHashOf } from "./api-key.ts";
import { DailyQuotas } from "./daily-quotas.ts";
import { KnownClients } from "./known-clients.ts";
import type { Known } from "./known-clients.ts";
import { Lockouts } from "./lockouts.ts";
import type { LockoutRule, Place } from "./lockouts.ts";
import { MinuteLimits } from "./minute-limits.ts";
import { networkOf } from "./network.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

/** Longer than the store may be away for a moment: past it nobody knows which keys have been ended. */
const MOST_SECONDS_UNCONFIRMED = 30;

const MOST_RECENT_KEYS = 10_000;
const BEARER = /^Bearer ([A-Za-z0-9._-]{1,8192})$/i;
const OTHER_SCHEME = "Authorization: Bearer with an API key or an access token";
const SIGNED_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export interface AccessRules {
  readonly anonymousPerMinute: number;
  readonly guessesPerMinute: number;
  readonly lockout: LockoutRule;
  /** Null where no tokens are taken. */
  readonly tokens: TokenVerifier | null;
}

export interface AccessTools {
  readonly clients: ClientStore;
  readonly counts: CallCounts;
  readonly clock: Clock;
  readonly primitives: Primitives;
  readonly trustedProxies: readonly string[];
  /** Names an address to the store, such that nobody can find the address from it. */
  readonly pseudonym: (address: string) => string;
}

export class AccessControl implements Access {
  readonly trustedProxies: readonly string[];
  readonly #tools: AccessTools;
  #rules: AccessRules;
  #tokens: VerifiedTokens | null;
  readonly #known: KnownClients;
  readonly #lockouts: Lockouts;
  readonly #quotas: DailyQuotas;
  readonly #limits = new MinuteLimits();
  /** By the text of the key: in memory alone, and for a while. */
  readonly #recent = new Map<string, ApiKey & { readonly known: Known }>();

  constructor(tools: AccessTools, rules: AccessRules) {
    this.trustedProxies = tools.trustedProxies;
    this.#tools = tools;
    this.#rules = rules;
    this.#tokens = this.#verifiedBy(rules.tokens);
    this.#known = new KnownClients(tools.clients);
    this.#lockouts = new Lockouts(tools.counts, tools.pseudonym);
    this.#quotas = new DailyQuotas(tools.counts);
  }

  /** Whether it is known well enough who may call. */
  get isConfirmed(): boolean {
    return this.#now() - this.#known.confirmedAt <= MOST_SECONDS_UNCONFIRMED;
  }

  /** Rules that have changed hold from the next call on. */
  follow(rules: AccessRules): void {
    this.#tokens = this.#verifiedBy(rules.tokens);
    this.#rules = rules;
  }

  /** To be called every second. @throws Problem of the store; it goes on with what it knows until then */
  async refresh(): Promise<void> {
    const now = this.#now();
    this.#recent.clear();
    await Promise.all([
      this.#known.refresh(now),
      this.#lockouts.refresh(now),
      this.#quotas.flush(),
    ]);
  }

  identify({ authorization, certificate, address }: Credentials): Caller | Promise<Caller> {
    if (authorization !== null) return this.#identifyBearer(authorization, address);
    if (certificate !== null) return this.#identifyCertificate(certificate, address);
    return { client: null, address };
  }

  admit({ client, address }: Caller, isStrict: boolean): Allowance {
    const now = this.#now();
    const { guessesPerMinute, anonymousPerMinute } = this.#rules;
    const subject = client?.id ?? networkOf(address);
    if (isStrict) return this.#limits.take(subject, "guesses", guessesPerMinute, now);
    if (client === null) return this.#limits.take(subject, "address", anonymousPerMinute, now);
    return this.#limits.take(subject, "client", client.perMinute, now);
  }

  charge({ client }: Caller, certificates: number): void {
    if (client !== null && certificates > 0) this.#quotas.take(client, certificates, this.#now());
  }

  #identifyBearer(authorization: string, address: string): Caller | Promise<Caller> {
    const [, token = ""] = BEARER.exec(authorization) ?? [];
    if (looksLikeApiKey(token)) return this.#identifyKey(token, address);
    if (SIGNED_TOKEN.test(token)) return this.#identifyToken(token, address);
    const isBearer = /^Bearer /i.test(authorization);
    return this.#refuse(address, null, isBearer ? undefined : OTHER_SCHEME);
  }

  /** At once where the key is known, which is nearly always. */
  #identifyKey(text: string, address: string): Caller | Promise<Caller> {
    const key = this.#recent.get(text) ?? parseApiKey(text);
    if (key === null) return this.#refuse(address, null);
    this.#requireOpen("key", key.id, address);
    const look = (): Client | null => this.#clientOfKey(text, key);
    const client = look();
    if (client !== null) return this.#accept(client, "key", key.id, address);
    return this.#lookAgain("key", key.id, address, look);
  }

  /** What was found right a moment ago is not hashed again, as long as the store says nothing new of it. */
  #clientOfKey(text: string, key: ApiKey): Client | null {
    const known = this.#find("key", key.id);
    if (known === null) return null;
    const recent = this.#recent.get(text);
    if (recent?.known === known) return known.client;
    const hash = secretHashOf(this.#tools.primitives, key);
    if (!isSameHash(known.credential.secretHash ?? "", hash)) return null;
    if (this.#recent.size >= MOST_RECENT_KEYS) this.#recent.clear();
    this.#recent.set(text, { ...key, known });
    return known.client;
  }

  async #identifyToken(token: string, address: string): Promise<Caller> {
    if (this.#tokens === null) return this.#refuse(address, null);
    const subject = this.#tokens.recall(token) ?? (await this.#verify(token, address));
    const client = this.#find("token", subject)?.client ?? null;
    if (client !== null) return this.#accept(client, "token", subject, address);
    return this.#lookAgain("token", subject, address, () => {
      return this.#find("token", subject)?.client ?? null;
    });
  }

  /** Whoever is locked out can't make us verify anything. */
  async #verify(token: string, address: string): Promise<string> {
    this.#requireOpen("token", "", address);
    try {
      return await (this.#tokens as VerifiedTokens).verify(token);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "UNAUTHENTICATED") throw error;
      return this.#refuse(address, null, error.detail);
    }
  }

  #identifyCertificate(fingerprint: string, address: string): Caller | Promise<Caller> {
    const client = this.#find("certificate", fingerprint)?.client ?? null;
    if (client !== null) return { client, address };
    return this.#lookAgain("certificate", fingerprint, address, () => {
      return this.#find("certificate", fingerprint)?.client ?? null;
    });
  }

  /** One that was added a moment ago is known at once; one that is nowhere is refused. */
  async #lookAgain(
    kind: CredentialKind,
    id: string,
    address: string,
    look: () => Client | null,
  ): Promise<Caller> {
    await this.#confirm();
    const client = look();
    if (client !== null) return this.#accept(client, kind, id, address);
    // A certificate is proven by its key: nobody guesses at one.
    if (kind === "certificate") throw new Problem("UNAUTHENTICATED", "no client's certificate");
    const isKnown = this.#find(kind, id) !== null;
    return this.#refuse(address, kind === "key" && isKnown ? id : null);
  }

  async #confirm(): Promise<void> {
    try {
      await this.#known.refresh(this.#now());
    } catch (error) {
      throw new Problem("IDENTITY_UNREACHABLE", "clients", error);
    }
  }

  #find(kind: CredentialKind, id: string): ReturnType<KnownClients["find"]> {
    if (!this.isConfirmed) throw new Problem("IDENTITY_UNREACHABLE", "clients");
    return this.#known.find(kind, id, this.#now());
  }

  #accept(client: Client, kind: CredentialKind, id: string, address: string): Caller {
    this.#lockouts.remember(placeOf(kind, id, address), this.#now());
    return { client, address };
  }

  /** @throws Refusal LOCKED_OUT */
  #requireOpen(kind: CredentialKind, id: string, address: string): void {
    if (!this.#lockouts.isAny) return;
    if (this.#lockouts.wasRight(placeOf(kind, id, address), this.#now())) return;
    this.#lockouts.requireOpen(this.#subjectsOf(address, kind === "key" ? id : null), this.#now());
  }

  /** @param key the id of a key that there is, whose secret was wrong */
  async #refuse(
    address: string,
    key: string | null,
    detail = "the credential is not in force",
  ): Promise<never> {
    const subjects = this.#subjectsOf(address, key);
    this.#lockouts.requireOpen(subjects, this.#now());
    await this.#lockouts.fail(subjects, this.#rules.lockout, this.#now());
    throw new Problem("UNAUTHENTICATED", detail);
  }

  #subjectsOf(address: string, key: string | null): string[] {
    const subjects = [`address/${this.#tools.pseudonym(networkOf(address))}`];
    return key === null ? subjects : [...subjects, `key/${key}`];
  }

  #verifiedBy(tokens: TokenVerifier | null): VerifiedTokens | null {
    const { primitives, clock } = this.#tools;
    const nameOf = (token: string): string => toHex(primitives.sha256(utf8.encode(token)));
    return tokens && new VerifiedTokens(tokens, nameOf, clock);
  }

  #now(): number {
    return this.#tools.clock.now();
  }
}

const utf8 = new TextEncoder();

function placeOf(kind: CredentialKind, id: string, address: string): Place {
  return { credential: `${kind}/${id}`, network: networkOf(address) };
}
