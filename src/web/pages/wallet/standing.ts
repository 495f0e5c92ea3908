/** How a certificate stands: by its dates, by what the verifier said last, and by the grant where it is another's. */
import type { Words } from "../../../core/words.ts";
import type { Held } from "../../vault/held.ts";
import { certificateRefOf } from "../../vault/holding.ts";
import { STANDING_WORDS } from "./words.ts";

export interface Standing {
  readonly tone: "good" | "bad" | "unsure";
  readonly words: Words;
  /** The day on which it ends, in seconds since 1970, where that is near. */
  readonly endsSoon: number | null;
  /** When its status was last known, in seconds since 1970. */
  readonly asOf: number | null;
}

const SOON_SECONDS = 30 * 86_400;

/** @param now seconds since 1970 */
export function standingOf(held: Held, now: number): Standing {
  const { notBefore, notAfter } = certificateRefOf(held);
  const until = held.holding.kind === "delegated" ? held.holding.delegated.until : Infinity;
  const asOf = held.status?.asOf ?? null;
  const bad = (words: Words): Standing => ({ tone: "bad", words, endsSoon: null, asOf });
  if (held.status?.holds === false) return bad(held.status.words);
  if (notAfter !== null && notAfter < now) return bad(STANDING_WORDS.expired);
  if (until < now) return bad(STANDING_WORDS.ended);
  if (notBefore > now) return bad(STANDING_WORDS.notYet);
  const end = Math.min(notAfter ?? Infinity, until);
  const endsSoon = end - now < SOON_SECONDS ? end : null;
  return { ...inForce(held), endsSoon, asOf };
}

function inForce({ status }: Held): Pick<Standing, "tone" | "words"> {
  if (status === null) return { tone: "unsure", words: STANDING_WORDS.unknown };
  if (status.holds === null) return { tone: "unsure", words: status.words };
  return { tone: "good", words: STANDING_WORDS.good };
}
