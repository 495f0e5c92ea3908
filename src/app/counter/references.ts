/**
 * A code that only refers to a presentation: the wallet leaves it here, sealed, and whoever scans the code
 * takes it, once, before its time is over. Other services are asked only where they are configured.
 */
import { toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { toReferenceText } from "../../core/presentation/qr-text.ts";
import type { Reference } from "../../core/presentation/qr-text.ts";
import { Problem } from "../../core/problem.ts";
import { readGiven } from "../../core/verify/checks/format.ts";
import type { CounterDesk } from "./counter-desk.ts";

/** No reference lives longer, in seconds. */
export const MAX_REFERENCE_SECONDS = 120;
const TOKEN_BYTES = 16;

type ReferenceDesk = Pick<
  CounterDesk,
  "primitives" | "clock" | "randomness" | "keys" | "held" | "peers" | "publicHost"
>;

export interface MadeReference {
  /** For a QR code: `LZR:HOST/TOKEN`. */
  readonly text: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** @throws Problem PRESENTATION_UNFIT for what can't be read or has run out */
export async function makeReference(
  desk: ReferenceDesk,
  presentation: string,
): Promise<MadeReference> {
  const expiresAt = endOf(presentation, desk.clock.now());
  const token = toBase64Url(desk.randomness(TOKEN_BYTES));
  const key = keyOf(desk, token);
  const sealed = desk.keys.seal(purposeOf(key), new TextEncoder().encode(presentation));
  await desk.held.hold(key, sealed, expiresAt);
  const text = toReferenceText({ host: desk.publicHost, token });
  return { text, expiresAt: formatInstant(expiresAt) };
}

function endOf(presentation: string, now: number): number {
  const reading = readGiven({ qr: presentation });
  if ("result" in reading) {
    const code = "code" in reading ? reading.code : "MALFORMED";
    throw new Problem("PRESENTATION_UNFIT", `body.presentation: ${code}`);
  }
  const end = reading.presentation?.expiresAt ?? Infinity;
  if (end <= now)
    throw new Problem("PRESENTATION_UNFIT", "body.presentation: PRESENTATION_EXPIRED");
  return Math.min(end, now + MAX_REFERENCE_SECONDS);
}

/**
 * @param by names the call that takes it, which may take it again; null for one that may not
 * @returns the text of the presentation
 * @throws Problem REFERENCE_SPENT
 */
export async function takeReference(
  desk: ReferenceDesk,
  token: string,
  by: string | null,
): Promise<string> {
  const key = keyOf(desk, token);
  const sealed = await desk.held.take(key, desk.clock.now(), by);
  const content = sealed && desk.keys.open(purposeOf(key), sealed);
  if (content === null) throw new Problem("REFERENCE_SPENT", "unknown, used or past");
  return new TextDecoder().decode(content);
}

/**
 * @param by as for takeReference
 * @returns the text of the presentation that a code refers to
 * @throws Problem REFERENCE_HOST_UNKNOWN, REFERENCE_UNREACHABLE, REFERENCE_SPENT
 */
export async function followReference(
  desk: ReferenceDesk,
  reference: Reference,
  by: string | null,
): Promise<string> {
  const { host, token } = reference;
  if (host === desk.publicHost.toLowerCase()) return takeReference(desk, token, by);
  if (!desk.peers.knows(host)) throw new Problem("REFERENCE_HOST_UNKNOWN", host);
  const presentation = await desk.peers.take(host, token, by);
  if (presentation === null) throw new Problem("REFERENCE_SPENT", host);
  return presentation;
}

function keyOf({ primitives }: ReferenceDesk, token: string): string {
  return toHex(primitives.sha256(new TextEncoder().encode(token)));
}

function purposeOf(key: string): string {
  return `reference ${key}`;
}
