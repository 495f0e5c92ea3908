/** What anyone who was shown a presentation request is told of it: who asks, why, and what for; never the answer. */
import { toHex } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { ClaimDefinition } from "../../core/catalogue/certificate-type.ts";
import type { Words } from "../../core/words.ts";
import type { KeptRequest } from "../../ports/presentation-requests.ts";
import { regionWords } from "../answer.ts";
import type { CounterDesk } from "./counter-desk.ts";
import { nameOfType } from "./told-items.ts";

export interface ToldRequest {
  readonly id: string;
  readonly state: "open" | "answered" | "verified" | "expired";
  /** Who asks: the presentation's audience. */
  readonly audience: string;
  readonly region: string | null;
  readonly regionName: Words | null;
  readonly purpose: string;
  readonly purposeName: Words | null;
  readonly useCause: string;
  readonly type: string;
  readonly typeName: Words | null;
  readonly claims: readonly ToldClaim[];
  readonly requiresHolder: boolean;
  /** Hex: what the presentation must answer. */
  readonly nonce: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

interface ToldClaim {
  readonly name: string;
  /** As the catalogue calls it; null where it does not know it. */
  readonly words: Words | null;
}

export function tellRequest(desk: CounterDesk, request: KeptRequest): ToldRequest {
  const { id, audience, region, purpose, useCause, type, requiresHolder, nonce } = request;
  const definitions = desk.definitions.latest(type);
  return {
    ...{ id, audience, region, purpose, useCause, type, requiresHolder },
    state: stateOf(request, desk.clock.now()),
    regionName: region === null ? null : regionWords(region),
    purposeName: desk.items.find(purpose)?.names ?? null,
    typeName: nameOfType(desk.view(), type),
    claims: request.claims.map((name) => ({ name, words: wordsOf(definitions.get(name)) })),
    nonce: toHex(nonce),
    expiresAt: formatInstant(request.expiresAt),
  };
}

function stateOf(
  { answeredAt, verifiedAt, expiresAt }: KeptRequest,
  now: number,
): ToldRequest["state"] {
  if (verifiedAt !== null) return "verified";
  if (answeredAt !== null) return "answered";
  return expiresAt > now ? "open" : "expired";
}

function wordsOf(claim: ClaimDefinition | undefined): Words | null {
  return claim === undefined ? null : { zh: claim.zh, en: claim.en };
}
