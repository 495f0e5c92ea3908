/** Which of a job's batches are on the chain, as their own events say, and which of those for good. */
import { Problem } from "../../core/problem.ts";
import type { AnchorReceipt, AnchorRequest, FoundAnchor } from "../../ports/anchoring.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { IssuedBatch } from "../../ports/agency-store.ts";
import { firstRun, ordinalsOf } from "./anchor-lots.ts";

/** Batches of one transaction that follow one another. */
export interface MinedRun {
  readonly firstBatch: number;
  readonly receipts: readonly AnchorReceipt[];
}

export class FoundBatches {
  readonly #requests: readonly AnchorRequest[];
  readonly #ordinals: ReadonlyMap<string, number>;
  readonly #confirmed: Set<number>;
  /** On the chain, but not confirmed yet. */
  readonly #found = new Map<number, AnchorReceipt>();

  constructor(batches: readonly IssuedBatch[]) {
    this.#requests = batches.map(requestOf);
    this.#ordinals = new Map(batches.map(({ root }, i) => [root, i]));
    this.#confirmed = new Set(batches.flatMap(({ receipt }, i) => (receipt === null ? [] : [i])));
  }

  get total(): number {
    return this.#requests.length;
  }

  get confirmed(): number {
    return this.#confirmed.size;
  }

  get onChain(): number {
    return this.#found.size + this.#confirmed.size;
  }

  requests(ordinals: readonly number[]): AnchorRequest[] {
    return ordinals.map((i) => this.#requests[i] as AnchorRequest);
  }

  isOnChain(ordinal: number): boolean {
    return this.#found.has(ordinal) || this.#confirmed.has(ordinal);
  }

  isConfirmed(ordinal: number): boolean {
    return this.#confirmed.has(ordinal);
  }

  /** @throws Problem CONTRACT_REFUSED where a root of ours was anchored as something else */
  take(anchors: readonly FoundAnchor[]): void {
    for (const { request, receipt } of anchors) {
      const ordinal = this.#ordinals.get(request.root);
      if (ordinal === undefined || this.#confirmed.has(ordinal)) continue;
      requireSame(this.#requests[ordinal] as AnchorRequest, request, receipt);
      this.#found.set(ordinal, receipt);
    }
  }

  /**
   * What was found in a block that a reorganisation took away is not found any more.
   * @returns the hashes of the blocks that are there
   */
  async forgetReorganised(reader: Pick<ChainReader, "block">): Promise<ReadonlySet<string>> {
    const canonical = new Set<string>();
    for (const number of new Set([...this.#found.values()].map(({ block }) => block))) {
      const block = await reader.block(number);
      // A node that does not have it yet, or went backwards, says nothing about it.
      if (block === null) continue;
      canonical.add(block.hash);
      this.#forgetOthers(number, block.hash);
    }
    return canonical;
  }

  #forgetOthers(number: number, hash: string): void {
    for (const [ordinal, { block, blockHash }] of this.#found) {
      if (block === number && blockHash !== hash) this.#found.delete(ordinal);
    }
  }

  /** The first run of batches that are final and not confirmed. */
  nextFinal(isFinal: (receipt: AnchorReceipt) => boolean): MinedRun | null {
    const isWanted = (i: number): boolean => {
      const receipt = this.#found.get(i);
      return receipt !== undefined && isFinal(receipt);
    };
    const run = firstRun(this.total, isWanted, Infinity);
    if (run === null) return null;
    const receipts = ordinalsOf(run).map((i) => this.#found.get(i) as AnchorReceipt);
    const { transaction } = receipts[0] as AnchorReceipt;
    const end = receipts.findIndex((receipt) => receipt.transaction !== transaction);
    return { ...run, receipts: end < 0 ? receipts : receipts.slice(0, end) };
  }

  confirm({ firstBatch, receipts }: MinedRun): void {
    for (const ordinal of ordinalsOf({ firstBatch, batches: receipts.length })) {
      this.#found.delete(ordinal);
      this.#confirmed.add(ordinal);
    }
  }
}

export function requestOf(batch: Pick<IssuedBatch, keyof AnchorRequest>): AnchorRequest {
  const { type, schemaVersion, suite, root, size, manifestHash } = batch;
  return { type, schemaVersion, suite, root, size, manifestHash };
}

function requireSame(
  ours: AnchorRequest,
  theirs: AnchorRequest,
  { transaction }: AnchorReceipt,
): void {
  const names = Object.keys(ours) as (keyof AnchorRequest)[];
  if (names.every((name) => ours[name] === theirs[name])) return;
  throw new Problem("CONTRACT_REFUSED", `${ours.root} was anchored otherwise by ${transaction}`);
}
