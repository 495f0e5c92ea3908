/**
 * What a counter's own browser does where the service can't be asked: the same judge on the trust pack, a code
 * that was shown here before refused, the claims told as the service would, and the use kept until it can be told.
 */
import type { Answer } from "../../app/answer.ts";
import { answerOf } from "../../app/answer.ts";
import type { ToldItem } from "../../app/counter/told-items.ts";
import { withDemands } from "../../app/counter/counter-question.ts";
import type { OfflineUse } from "../../app/uses/offline-use.ts";
import type { Judged, Question, Reading } from "../../app/verify-presentation.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { batchKey } from "../../core/ledger/state.ts";
import type { ServiceItem } from "../../core/service-items/service-item.ts";
import { itemTypeOf } from "../../core/service-items/service-item.ts";
import type { ClaimRight, ToldClaims } from "../../core/service-items/tell-claims.ts";
import { ClaimDefinitions, tellClaims } from "../../core/service-items/tell-claims.ts";
import { codesOf, hasPassed, resultLetters } from "../../core/uses/check-results.ts";
import { shownDigest } from "../../core/uses/shown-digest.ts";
import type { CounterRequest, Given, LedgerView } from "../../core/verify/case.ts";
import { readGiven, replayKeyOf } from "../../core/verify/checks/format.ts";
import { MAX_PRESENTATION_SECONDS } from "../../core/verify/checks/freshness.ts";
import { judge } from "../../core/verify/verify.ts";
import { withSignatures } from "./judge-in-page.ts";
import type { JudgingStore } from "./judging-store.ts";
import { loadHashes } from "./page-primitives.ts";

/** Who asks, for what, and how old a pack may be. */
export interface CounterMatter {
  /** As the service knows this counter: what presentations must name. */
  readonly audience: string;
  readonly region: string | null;
  /** Null where the service has no service items, or none was chosen. */
  readonly item: ToldItem | null;
  /** Whether the service has service items at all: without any, all but sensitive claims are told. */
  readonly hasItems: boolean;
  /** What for (事由). */
  readonly useCause: string | null;
  /** Seconds. */
  readonly maxPackAge: number;
}

export interface CounterVerdict {
  readonly answer: Answer;
  /** Names of the claims that are not told in full. */
  readonly masked: readonly string[];
}

export interface OfflineTools {
  readonly store: Pick<JudgingStore, "seen" | "uses">;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Never throws for what is shown. @throws what the store throws: what is not kept is not told */
export async function verifyOffline(
  tools: OfflineTools,
  view: LedgerView | null,
  given: Given,
  matter: CounterMatter,
): Promise<CounterVerdict> {
  const reading = readGiven(given);
  const question = withDemands(itemOf(matter.item), view, reading, questionOf(matter));
  const request = { ...question, now: tools.now(), maxLedgerAge: matter.maxPackAge };
  const judged = await useUpHere(tools, reading, await judgeHere(reading, view, request));
  const told = toldTo(matter, judged);
  await tools.store.uses.add(await offlineUseOf(judged, given, matter, Object.keys(told.claims)));
  return { answer: answerOf(judged, told.claims), masked: told.masked };
}

/** What the service accepted is not accepted here again. */
export async function rememberShown({ store, now }: OfflineTools, given: Given): Promise<void> {
  const key = await replayKeyHere(readGiven(given));
  if (key !== null) await store.seen.isFirst(key, now() + MAX_PRESENTATION_SECONDS);
}

function questionOf({ audience, region, item }: CounterMatter): Question {
  return {
    audience,
    ...(region !== null && { region }),
    ...(item !== null && { purpose: item.names.zh }),
  };
}

function itemOf(item: ToldItem | null): ServiceItem | null {
  if (item === null) return null;
  const types = item.types.map(({ type, allowed, required }) => ({
    type,
    claims: allowed,
    required,
  }));
  return { ...item, types };
}

async function judgeHere(
  reading: Reading,
  view: LedgerView | null,
  request: CounterRequest,
): Promise<Judged> {
  const hashes = await loadHashes();
  const verdict = await withSignatures(hashes, (all) => judge(reading, view, request, all));
  return { verdict, view, request };
}

async function useUpHere(
  { store, now }: OfflineTools,
  reading: Reading,
  judged: Judged,
): Promise<Judged> {
  const key = judged.verdict.verdict === "accepted" ? await replayKeyHere(reading) : null;
  if (key === null) return judged;
  if (await store.seen.isFirst(key, now() + MAX_PRESENTATION_SECONDS)) return judged;
  return judgeHere(reading, judged.view, { ...judged.request, isReplayed: true });
}

async function replayKeyHere(reading: Reading): Promise<string | null> {
  const hashes = await loadHashes();
  const none = { verifyEs256: () => false, verifySm2: () => false };
  return replayKeyOf({ ...hashes, ...none }, reading);
}

/** As the service tells them; what it does not describe is hidden unless the service item names it. */
function toldTo({ item, hasItems }: CounterMatter, { verdict }: Judged): ToldClaims {
  const { certificate } = verdict;
  if (certificate === null) return { claims: {}, masked: [] };
  const type = certificate.anchor?.type ?? "";
  const known = definitionsOf(item).latest(type);
  return tellClaims(known, certificate.claims, rightOf(item, hasItems, type));
}

function rightOf(item: ToldItem | null, hasItems: boolean, type: string): ClaimRight {
  if (item === null) return hasItems ? { kind: "named", names: [] } : { kind: "notSensitive" };
  const names = itemTypeOf(itemOf(item) as ServiceItem, type)?.claims ?? [];
  return { kind: "named", names };
}

/** How a claim is masked is not among what the service says of its items: what is masked is hidden. */
function definitionsOf(item: ToldItem | null): ClaimDefinitions {
  const types = (item?.types ?? []).map(({ type, claims }) => ({
    code: type as never,
    version: 1,
    claims: claims.map(({ name, words, sensitivity }) => {
      return { name, ...words, sensitivity, mask: "all" as const };
    }),
  }));
  return new ClaimDefinitions(types);
}

async function offlineUseOf(
  { verdict, view, request }: Judged,
  given: Given,
  { useCause }: CounterMatter,
  claims: readonly string[],
): Promise<OfflineUse> {
  const { sha256 } = await loadHashes();
  const digest = shownDigest(sha256, given);
  const { certificate, checks } = verdict;
  const results = resultLetters(checks);
  const isProven = certificate !== null && hasPassed(results, "integrity");
  const { requiresHolder = false, requiredClaims = [], isReplayed = false } = request;
  return {
    at: formatInstant(request.now),
    certificate: isProven ? placeOf(certificate.proof) : null,
    shown: digest === null ? null : toHex(digest),
    useCause,
    isByDelegate: (certificate?.delegate ?? null) !== null,
    claims,
    question: {
      ...{ region: request.region ?? null, purpose: request.purpose ?? null },
      ...{ serviceItem: request.serviceItem ?? null, requiresHolder, requiredClaims, isReplayed },
      maxLedgerAge: request.maxLedgerAge,
    },
    results,
    codes: codesOf(checks),
    position: view === null ? null : positionOf(view, certificate?.proof ?? null),
  };
}

type Placed = Pick<
  NonNullable<Judged["verdict"]["certificate"]>["proof"],
  "agency" | "root" | "index"
>;

function placeOf({ agency, root, index }: Placed): NonNullable<OfflineUse["certificate"]> {
  return { agency, root: `0x${toHex(root)}`, index };
}

function positionOf(
  { block, asOf, pending }: LedgerView,
  proof: Placed | null,
): NonNullable<OfflineUse["position"]> {
  const key = proof === null ? "" : batchKey(proof.agency, `0x${toHex(proof.root)}`);
  const isPending = pending.has(key);
  return { block: block.number, blockHash: block.hash, asOf: formatInstant(asOf), isPending };
}
