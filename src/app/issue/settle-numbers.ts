/**
 * After a batch is anchored: the certificates whose numbers it bears anew are marked superseded, and then its
 * numbers are remembered, which ends the matter. A run that was broken off before does it again: what is
 * marked already is left alone.
 */
import { isLegalTransition } from "../../core/ledger/statuses.ts";
import type {
  BatchJob,
  BatchStore,
  ChainReader,
  Clock,
  Governance,
  IssuedCertificate,
  IssuedNumbers,
  IssuedPlace,
} from "../../ports.ts";
import type { GateOrder } from "./quality-gate.ts";

/** Reads and sets statuses as the agency. */
export interface Supersession {
  readonly reader: Pick<ChainReader, "latestBlock" | "statusWord">;
  readonly governance: Pick<Governance, "setStatuses">;
  readonly clock: Clock;
}

export interface NumberTools {
  readonly store: BatchStore;
  readonly issued?: IssuedNumbers;
  readonly supersession?: Supersession;
}

const SUPERSEDED = 2;
/** Numbers looked up at a time. */
const PAGE = 512;
/** Certificates of one batch in one transaction: far below what a block holds, in words of their own too. */
const MAX_INDICES = 400;
const STATUSES_IN_WORD = 64;

/** @returns how many were marked. @throws Problem BATCH_DAMAGED, DISK_FAILED, CONTRACT_REFUSED, RPC_…. */
export async function settleNumbers(
  { type, supersede = false }: Pick<GateOrder, "type" | "supersede">,
  job: BatchJob,
  { store, issued, supersession }: NumberTools,
): Promise<number> {
  if (issued === undefined || (await issued.has(job.root))) return 0;
  const numbers = (): AsyncIterable<string> => numbersOf(store, type.numberClaim);
  let marked = 0;
  if (supersede && supersession !== undefined) {
    const places = await replacedPlaces(numbers(), issued);
    for (const [root, indices] of places) {
      marked += await markSuperseded(job.agency, root, indices, supersession);
    }
  }
  await issued.add(job.root, numbers());
  return marked;
}

async function* numbersOf(store: BatchStore, claim: string): AsyncIterable<string> {
  for await (const certificate of store.certificates()) yield numberIn(certificate, claim);
}

/** Every type requires its number. */
function numberIn({ claims }: IssuedCertificate, claim: string): string {
  return claims.find(({ name }) => name === claim)?.value as string;
}

/** Indices in rising order, by the root of their batch. */
async function replacedPlaces(
  numbers: AsyncIterable<string>,
  issued: IssuedNumbers,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const places: IssuedPlace[] = [];
  for await (const page of inPages(numbers)) {
    for (const place of await issued.find(page)) if (place !== null) places.push(place);
  }
  const rising = places.sort((a, b) => a.index - b.index);
  const byRoot = Map.groupBy(rising, ({ root }) => root);
  return new Map([...byRoot].map(([key, group]) => [key, group.map(({ index }) => index)]));
}

async function* inPages(numbers: AsyncIterable<string>): AsyncIterable<readonly string[]> {
  let page: string[] = [];
  for await (const number of numbers) {
    page.push(number);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function markSuperseded(
  agency: string,
  root: string,
  indices: readonly number[],
  { reader, governance, clock }: Supersession,
): Promise<number> {
  const open = await openIndices(agency, root, indices, reader);
  for (let at = 0; at < open.length; at += MAX_INDICES) {
    const some = open.slice(at, at + MAX_INDICES);
    const order = { agency, root, indices: some, status: SUPERSEDED, reason: 0 };
    await governance.setStatuses({ ...order, effectiveFrom: clock.now() });
  }
  return open.length;
}

/** Those that have not ended already: what was revoked stays revoked. */
async function openIndices(
  agency: string,
  root: string,
  indices: readonly number[],
  reader: Supersession["reader"],
): Promise<number[]> {
  const block = await reader.latestBlock();
  const open: number[] = [];
  const words = Map.groupBy(indices, (index) => Math.floor(index / STATUSES_IN_WORD));
  for (const [number, members] of words) {
    const word = await reader.statusWord(agency, root, number, block);
    open.push(...members.filter((index) => isLegalTransition(statusIn(word, index), SUPERSEDED)));
  }
  return open;
}

/** Four bits each, lowest first. */
function statusIn(word: bigint, index: number): number {
  return Number((word >> BigInt(4 * (index % STATUSES_IN_WORD))) & 15n);
}
