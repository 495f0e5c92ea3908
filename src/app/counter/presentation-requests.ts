/**
 * A counter asks (亮证请求): it says what for and which claims, within what its service item allows; the holder
 * sees who asks and why, and answers that very question, once; the same counter verifies the answer, once.
 */
import { toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { Problem } from "../../core/problem.ts";
import type { ItemType, ServiceItem } from "../../core/service-items/service-item.ts";
import { itemTypeOf } from "../../core/service-items/service-item.ts";
import type { FailedCheck } from "../../core/verify/check.ts";
import { readGiven } from "../../core/verify/checks/format.ts";
import type { CheckName } from "../../core/verify/codes.ts";
import type { Caller, Client } from "../../ports/clients.ts";
import type { KeptRequest, PresentationRequest } from "../../ports/presentation-requests.ts";
import { judgeNow } from "../verify-presentation.ts";
import type { Judged, Question } from "../verify-presentation.ts";
import type { CounterAnswer } from "./counter-answer.ts";
import type { CounterDesk } from "./counter-desk.ts";
import { itemAskedFor } from "./counter-question.ts";
import { callOf, verifyAtCounter } from "./verify-at-counter.ts";

/** The holder has to find the phone: as long as a request lives where nothing else is said, in seconds. */
export const REQUEST_SECONDS = 300;
/** An answer is kept for so long, in seconds: the clerk is looking at the screen. */
export const ANSWER_SECONDS = 120;
const ID_BYTES = 16;
const NONCE_BYTES = 16;
const CODES = 1_000_000;
/** Of a million codes a few thousand are in use at once: two in a row are seldom taken. */
const MOST_TRIES = 50;

export interface RequestOrder {
  readonly purpose: string;
  readonly useCause: string;
  readonly type: string;
  readonly claims: readonly string[];
  readonly ttlSeconds?: number;
}

export interface MadeRequest {
  readonly id: string;
  readonly code: string;
  /** Hex. */
  readonly nonce: string;
  readonly audience: string;
  /** All that are asked for: those named and those that the service item requires. */
  readonly claims: readonly string[];
  /** RFC 3339. */
  readonly expiresAt: string;
  /** For a QR code that any phone's camera can read. */
  readonly text: string;
}

/** @throws Problem PURPOSE_UNKNOWN, PURPOSE_NOT_ALLOWED, CLAIM_NOT_ALLOWED */
export async function requestPresentation(
  desk: CounterDesk,
  client: Client,
  order: RequestOrder,
): Promise<MadeRequest> {
  const item = itemOf(desk, client, order.purpose);
  const claims = claimsAskedFor(item, order);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const request = draw(desk, client, item, { ...order, claims });
    if (await desk.requests.add(request)) return madeOf(desk, request);
  }
  throw new Error("every code that was drawn is in use");
}

function itemOf({ items }: CounterDesk, client: Client, purpose: string): ServiceItem {
  const item = itemAskedFor(items, client, purpose);
  if (item === null) throw new Problem("PURPOSE_UNKNOWN", `body.purpose: ${purpose}`);
  return item;
}

function claimsAskedFor(item: ServiceItem, { type, claims }: RequestOrder): readonly string[] {
  const allowed: ItemType | null = itemTypeOf(item, type);
  if (allowed === null) {
    const types = item.types.map((each) => each.type).join(", ");
    throw new Problem("CLAIM_NOT_ALLOWED", `body.type: ${types} expected`);
  }
  const others = claims.filter((name) => !allowed.claims.includes(name));
  if (others.length === 0) return [...new Set([...claims, ...allowed.required])];
  throw new Problem("CLAIM_NOT_ALLOWED", `body.claims: ${others.join(", ")}`);
}

function draw(
  { clock, randomness }: CounterDesk,
  client: Client,
  { requiresHolder }: ServiceItem,
  { purpose, useCause, type, claims, ttlSeconds = REQUEST_SECONDS }: RequestOrder,
): PresentationRequest {
  const createdAt = clock.now();
  return {
    id: idOf(randomness(ID_BYTES)),
    code: sixDigits(randomness(4)),
    ...{ client: client.id, audience: client.name, region: client.region },
    ...{ purpose, useCause, type, claims, requiresHolder },
    nonce: randomness(NONCE_BYTES),
    createdAt,
    expiresAt: createdAt + ttlSeconds,
  };
}

/** Never with a dash in front, which a command line would take for an option. */
function idOf(bytes: Uint8Array): string {
  return toBase64Url(bytes).replace(/^-/, "_");
}

/** Of 2³² numbers a few codes have one more than others: nothing to guess by. */
function sixDigits(bytes: Uint8Array): string {
  const number = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) % CODES;
  return String(number).padStart(6, "0");
}

function madeOf({ publicHost }: CounterDesk, request: PresentationRequest): MadeRequest {
  const { id, code, nonce, audience, claims, expiresAt } = request;
  return {
    ...{ id, code, audience, claims },
    nonce: toHex(nonce),
    expiresAt: formatInstant(expiresAt),
    text: `https://${publicHost}/r#${id}`,
  };
}

/** @throws Problem PRESENTATION_REQUEST_UNKNOWN */
export async function findRequest(
  { requests }: CounterDesk,
  by: { readonly id: string } | { readonly code: string },
): Promise<KeptRequest> {
  const found = await ("id" in by ? requests.find(by.id) : requests.findByCode(by.code));
  if (found !== null) return found;
  throw new Problem("PRESENTATION_REQUEST_UNKNOWN", "unknown, or deleted since");
}

/** @throws Problem PRESENTATION_REQUEST_…, PRESENTATION_UNFIT: then it may be tried again */
export async function answerRequest(
  desk: CounterDesk,
  id: string,
  presentation: string,
): Promise<void> {
  const request = await findRequest(desk, { id });
  requireOpen(request, desk.clock.now());
  requireFit(request, judgeAnswer(desk, request, presentation));
  const answeredAt = desk.clock.now();
  const answer = {
    sealed: desk.keys.seal(purposeOf(id), new TextEncoder().encode(presentation)),
    ...{ answeredAt, keptUntil: answeredAt + ANSWER_SECONDS },
  };
  if (await desk.requests.answer(id, answer)) return;
  requireOpen(await findRequest(desk, { id }), desk.clock.now());
  throw new Problem("PRESENTATION_REQUEST_ANSWERED", "by another at the same time");
}

function requireOpen({ answeredAt, expiresAt }: KeptRequest, now: number): void {
  if (answeredAt !== null) throw new Problem("PRESENTATION_REQUEST_ANSWERED", "once is enough");
  if (expiresAt > now) return;
  throw new Problem("PRESENTATION_REQUEST_EXPIRED", `on ${formatInstant(expiresAt)}`);
}

function judgeAnswer(desk: CounterDesk, request: KeptRequest, presentation: string): Judged {
  const reading = readGiven({ qr: presentation });
  return judgeNow(desk, desk.view(), reading, questionOf(request));
}

/** Whatever the counter would ask of what is shown to it. */
function questionOf(request: PresentationRequest): Question {
  const { region, purpose, audience, nonce, requiresHolder, claims } = request;
  return {
    ...(region !== null && { region }),
    ...{ purpose, audience, nonce, requiresHolder, requiredClaims: claims },
  };
}

/**
 * What the holder can mend at once is refused: a forgery, somebody else's, an answer to another question. What is
 * revoked, has run out or is not recognised is the counter's to see.
 */
const MUST_PASS: ReadonlySet<CheckName> = new Set<CheckName>([
  ...(["format", "integrity", "anchor", "issuer", "holder", "freshness", "disclosure"] as const),
]);

function requireFit({ type }: KeptRequest, { verdict }: Judged): void {
  const faults = verdict.checks.flatMap((check) => {
    return check.result === "fail" && MUST_PASS.has(check.check) ? [describeFailure(check)] : [];
  });
  const known = verdict.certificate?.anchor?.type;
  if (faults.length === 0 && known === type) return;
  const wanted = `type ${type} expected, ${known ?? "can't tell which it is now"}`;
  throw new Problem("PRESENTATION_UNFIT", faults.length === 0 ? wanted : faults.join("; "));
}

function describeFailure({ code, detail }: Pick<FailedCheck, "code" | "detail">): string {
  return detail === undefined ? code : `${code} (${detail})`;
}

/** @throws Problem PRESENTATION_REQUEST_…, and those of verifyAtCounter */
export async function verifyAnswer(
  desk: CounterDesk,
  caller: Caller,
  id: string,
  isReceiptSigned: boolean,
): Promise<CounterAnswer> {
  const request = await findRequest(desk, { id });
  const { client, answeredAt } = request;
  if (caller.client?.id !== client) throw new Problem("PRESENTATION_REQUEST_UNKNOWN", "no such");
  if (answeredAt === null) throw unanswered(request, desk.clock.now());
  const by = callOf(caller);
  const presentation = await openAnswer(desk, id, by);
  const { useCause } = request;
  const asked = { ...questionOf(request), useCause, isReceiptSigned };
  const claim = (): Promise<void> => spend(desk, id, by);
  const showing = { mode: "request" as const, shownAt: answeredAt, claim };
  return verifyAtCounter(desk, caller, { qr: presentation }, asked, showing);
}

function unanswered({ expiresAt }: KeptRequest, now: number): Problem {
  const until = `until ${formatInstant(expiresAt)}`;
  const code = expiresAt > now ? "UNANSWERED" : "EXPIRED";
  return new Problem(`PRESENTATION_REQUEST_${code}`, until);
}

async function openAnswer(
  { requests, keys, clock }: CounterDesk,
  id: string,
  by: string | null,
): Promise<string> {
  const sealed = await requests.answerTo(id, clock.now(), by);
  const content = sealed && keys.open(purposeOf(id), sealed);
  if (content === null) throw spent();
  return new TextDecoder().decode(content);
}

async function spend(
  { requests, clock }: CounterDesk,
  id: string,
  by: string | null,
): Promise<void> {
  if (!(await requests.spend(id, clock.now(), by))) throw spent();
}

function spent(): Problem {
  return new Problem("PRESENTATION_REQUEST_SPENT", `kept for ${String(ANSWER_SECONDS)} s`);
}

function purposeOf(id: string): string {
  return `presentation request ${id}`;
}
