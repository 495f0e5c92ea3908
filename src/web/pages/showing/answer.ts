/** Which of the certificates that are held answers a request, and what it would show. */
import type { PresentationRequest, ServiceItem } from "../../../../clients/javascript/src/index.ts";
import { fromHex } from "../../../core/encoding/bytes.ts";
import { toQrText } from "../../../core/presentation/qr-text.ts";
import { Problem } from "../../../core/problem.ts";
import type { Words } from "../../../core/words.ts";
import type { Hashes } from "../../judging/page-primitives.ts";
import type { Held } from "../../vault/held.ts";
import type { Choice } from "./claim-choice.ts";
import { choicesOf, typeOf } from "./claim-choice.ts";
import { matterNamed } from "./matters.ts";
import { limitOf, presenterOf } from "./present-held.ts";
import type { Signer } from "./present-held.ts";

/** A certificate of the type that is asked for. */
export interface Candidate {
  readonly held: Held;
  /** What the counter would see: what it asks for, and what is always shown. */
  readonly shown: readonly Choice[];
  /** What it asks for that this certificate does not have. */
  readonly lacking: readonly Words[];
  /** Why it can't answer; null where it can. */
  readonly obstacle: "LACKS" | "NOT_GRANTED" | "NEEDS_HOLDER" | null;
}

/** @param now seconds since 1970. @returns those that can answer first, otherwise in the order of use */
export function candidatesFor(
  request: PresentationRequest,
  all: readonly Held[],
  { items, now }: { readonly items: readonly ServiceItem[]; readonly now: number },
): Candidate[] {
  const ofType = all.filter((held) => typeOf(held) === request.type);
  const candidates = ofType.map((held) => candidateOf(request, held, { items, now }));
  return candidates.sort((a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null));
}

function candidateOf(
  request: PresentationRequest,
  held: Held,
  at: { readonly items: readonly ServiceItem[]; readonly now: number },
): Candidate {
  const choices = choicesOf(held);
  const known = new Set(choices.map(({ name }) => name));
  const asked = new Set(request.claims.map(({ name }) => name));
  const shown = choices.filter(({ name, isAlways }) => isAlways || asked.has(name));
  const missing = request.claims.filter(({ name }) => !known.has(name));
  const lacking = missing.map(({ name, words }) => words ?? { zh: name, en: name });
  return { held, shown, lacking, obstacle: obstacleOf(request, held, lacking.length, at) };
}

function obstacleOf(
  request: PresentationRequest,
  held: Held,
  lacking: number,
  { items, now }: { readonly items: readonly ServiceItem[]; readonly now: number },
): Candidate["obstacle"] {
  const limit = limitOf(held, now);
  if (!isGranted(request, held, items) || limit === "DELEGATION_ENDED") return "NOT_GRANTED";
  if (limit === "KEY_ELSEWHERE") return "NEEDS_HOLDER";
  if (request.requiresHolder && limit !== null) return "NEEDS_HOLDER";
  return lacking > 0 ? "LACKS" : null;
}

/** Somebody else's certificate is for the matters that its holder named. */
function isGranted(
  { purpose }: PresentationRequest,
  { holding }: Held,
  items: readonly ServiceItem[],
): boolean {
  if (holding.kind === "own") return true;
  const code = matterNamed(items, purpose)?.code ?? purpose;
  return holding.delegated.matters.includes(code);
}

/** @param now seconds since 1970. @returns what is sent: `LZ1:…` for this audience and nonce alone */
export async function answerText(
  hashes: Hashes,
  request: PresentationRequest,
  { held, shown }: Candidate,
  { signer, now }: { readonly signer: Signer; readonly now: number },
): Promise<string> {
  const nonce = fromHex(request.nonce);
  if (nonce === null) throw new Problem("SERVER_FAULT", "a nonce that is not hex");
  const names = shown.map(({ name }) => name);
  const present = presenterOf(hashes, held, names, signer);
  return toQrText(await present(now, { audience: request.audience, nonce }));
}
