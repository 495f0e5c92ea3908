/** What a holder should stop at before answering a counter: whom it pretends to be, and what it asks too much of. */
import type { PresentationRequest } from "../../../../clients/javascript/src/index.ts";
import { isOdd } from "../../parts/shown-text.ts";
import type { Choice } from "./claim-choice.ts";

export type Doubt =
  /** Its name holds what can't be seen, or letters of two scripts that look alike. */
  | "NAME_DECEIVES"
  | "REGION_UNKNOWN"
  | "MATTER_UNKNOWN"
  /** It asks for more than what is always shown. */
  | "ASKS_MORE"
  /** Some of what it asks for needs a separate consent. */
  | "ASKS_SENSITIVE";

type Asked = Pick<PresentationRequest, "audience" | "useCause" | "region" | "purposeName">;

/** @param asked the choices that the request's claims are */
export function doubtsOf(request: Asked, asked: readonly Choice[]): Doubt[] {
  const { audience, useCause, region, purposeName } = request;
  return [
    ...([audience, useCause].some(deceives) ? (["NAME_DECEIVES"] as const) : []),
    ...(region === null ? (["REGION_UNKNOWN"] as const) : []),
    ...(purposeName === null ? (["MATTER_UNKNOWN"] as const) : []),
    ...(asked.some(({ isAlways }) => !isAlways) ? (["ASKS_MORE"] as const) : []),
    ...(asked.some(({ isSensitive }) => isSensitive) ? (["ASKS_SENSITIVE"] as const) : []),
  ];
}

/** Scripts whose letters are taken for one another's. */
const ALIKE = ["Latin", "Cyrillic", "Greek"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);

function deceives(text: string): boolean {
  return isOdd(text) || ALIKE.filter((script) => script.test(text)).length > 1;
}

/** How a host that a code or a link names stands to the service that this page is from. */
export type HostKind = "own" | "alike" | "other";

/** @param own the names under which the service of this page is known */
export function hostKind(host: string, own: readonly string[]): HostKind {
  const named = host.toLowerCase();
  if (own.some((name) => name.toLowerCase() === named)) return "own";
  return own.some((name) => isAlike(named, name.toLowerCase())) ? "alike" : "other";
}

/** verify.example.gov.cn.evil.net, verlfy.example.gov.cn, verify-example.gov.cn … and whatever is no plain ASCII. */
function isAlike(host: string, own: string): boolean {
  if (/[^\x20-\x7e]|(^|\.)xn--/.test(host)) return true;
  const [folded, real] = [fold(host), fold(own)];
  return folded.includes(real) || distance(folded, real) <= Math.min(2, real.length / 5);
}

/** Letters and digits that are drawn alike become one; dots and hyphens go. */
function fold(host: string): string {
  return host
    .replace(/:\d+$/, "")
    .replace(/[.-]/g, "")
    .replace(/rn/g, "m")
    .replace(/vv/g, "w")
    .replace(/[1i|]/g, "l")
    .replace(/0/g, "o");
}

/** Levenshtein's: how many letters have to be put in, left out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
