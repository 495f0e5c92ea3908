/**
 * Sets many certificates to one status (批量变更状态): batch by batch, in as few transactions as the limit of
 * gas for each allows. What an earlier run has done is left out, so that one that broke off can be run again.
 */
import { findAnchor } from "../core/ledger/anchors.ts";
import type { LedgerState } from "../core/ledger/state.ts";
import { batchKey } from "../core/ledger/state.ts";
import { isLegalTransition, recordedStatus } from "../core/ledger/statuses.ts";
import { Problem } from "../core/problem.ts";
import type { Governance, StatusesOrder } from "../ports/governance.ts";
import type { Progress } from "../ports/progress.ts";
import { packCalls } from "./pack-calls.ts";

/** One certificate, as its file and the chain name it. */
export interface CertificatePlace {
  readonly agency: string;
  readonly root: string;
  readonly index: number;
}

/** What all of them are to be. */
export type StatusChangeOrder = Pick<StatusesOrder, "status" | "effectiveFrom" | "reason">;

export interface StatusesPlan {
  /** One for each batch, its indices rising. */
  readonly batches: readonly StatusesOrder[];
  /** How many certificates are to change. */
  readonly count: number;
  /** How many have that status already. */
  readonly done: number;
}

/**
 * @param certificates in any order; one that is named twice is changed once
 * @throws Problem CERTIFICATE_NOT_FOUND, STATUS_FINAL: then none is to be changed
 */
export function planStatuses(
  state: LedgerState,
  certificates: readonly CertificatePlace[],
  order: StatusChangeOrder,
): StatusesPlan {
  requireAnchored(state, certificates);
  const isDone = (place: CertificatePlace): boolean => statusOf(state, place) === order.status;
  const unique = withoutRepetition(certificates);
  const changing = unique.filter((place) => !isDone(place));
  requireChangeable(state, changing, order.status);
  const batches = Map.groupBy(changing, ({ agency, root }) => batchKey(agency, root));
  return {
    batches: [...batches.values()].map((places) => batchOrder(places, order)),
    count: changing.length,
    done: unique.length - changing.length,
  };
}

function statusOf({ statuses }: LedgerState, { agency, root, index }: CertificatePlace): number {
  return recordedStatus(statuses.get(batchKey(agency, root))?.certificates.of(index));
}

function withoutRepetition(certificates: readonly CertificatePlace[]): CertificatePlace[] {
  return [...new Map(certificates.map((place) => [nameOf(place), place])).values()];
}

function nameOf({ agency, root, index }: CertificatePlace): string {
  return `${batchKey(agency, root)}/${String(index)}`;
}

function requireAnchored(state: LedgerState, certificates: readonly CertificatePlace[]): void {
  const unknown = certificates.find(({ agency, root, index }) => {
    const anchor = findAnchor(state, agency, root);
    return anchor === undefined || index >= anchor.size;
  });
  if (unknown !== undefined) throw new Problem("CERTIFICATE_NOT_FOUND", nameOf(unknown));
}

function requireChangeable(
  state: LedgerState,
  changing: readonly CertificatePlace[],
  status: number,
): void {
  const fixed = changing.filter((place) => !isLegalTransition(statusOf(state, place), status));
  const [first] = fixed;
  if (first === undefined) return;
  throw new Problem("STATUS_FINAL", `${String(fixed.length)}; the first: ${nameOf(first)}`);
}

function batchOrder(
  places: readonly CertificatePlace[],
  { status, effectiveFrom, reason }: StatusChangeOrder,
): StatusesOrder {
  const { agency, root } = places[0] as CertificatePlace;
  const indices = places.map(({ index }) => index).sort((a, b) => a - b);
  return { agency, root, indices, status, effectiveFrom, reason };
}

export interface StatusTools<Done> {
  readonly governance: Pick<Governance<Done>, "setStatuses">;
  /** Of the same account: what a call would take. */
  readonly estimates: Pick<Governance<number>, "setStatuses">;
  readonly progress?: Progress;
}

/** @throws Problem CONTRACT_REFUSED, RPC_…: what was changed before it stands; plan and run again. */
export async function setStatuses<Done>(
  { governance, estimates, progress }: StatusTools<Done>,
  { batches, count }: StatusesPlan,
): Promise<Done[]> {
  const done: Done[] = [];
  let changed = 0;
  for (const batch of batches) {
    const estimate = (indices: readonly number[]): Promise<number> =>
      estimates.setStatuses({ ...batch, indices });
    for await (const indices of packCalls(batch.indices, estimate)) {
      done.push(await governance.setStatuses({ ...batch, indices }));
      progress?.("statuses", (changed += indices.length), count);
    }
  }
  return done;
}
