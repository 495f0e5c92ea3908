/** One run of anchoring a job: what it knows of its transactions and batches, and one look at the chain. */
import { Problem } from "../../core/problem.ts";
import type {
  AccountNonces,
  AnchorPlan,
  AnchorReceipt,
  AnchorRequest,
  FoundAnchor,
  MinedTransaction,
} from "../../ports/anchoring.ts";
import type { IssueJob } from "../../ports/agency-store.ts";
import { firstRun, newestOf, ordinalsOf } from "./anchor-lots.ts";
import type { Lot } from "./anchor-lots.ts";
import type { AnchorTools } from "./anchor-tools.ts";
import { FoundBatches } from "./found-batches.ts";
import type { MinedRun } from "./found-batches.ts";
import { JobTransactions } from "./job-transactions.ts";
import { NonceQueue, contested } from "./nonce-queue.ts";

/**
 * How many transactions of a job are under way at once: the next goes out before the one before is mined, or
 * a job of fifty would take fifty blocks' time and more. No more than a few, since each takes half a block or
 * more, nodes keep only some for an account (Geth 16), and a gap in the numbers holds up all behind it.
 */
const MOST_OPEN = 4;
/** Batches looked at for one transaction: more than fit into any. */
const MOST_BATCHES = 600;
/** One look may have asked a node that lags behind another of the same address. */
const LOOKS_TO_MISS = 2;
/** How often in one run a number may turn out to be used by somebody else. */
const MOST_CONTESTED = 5;

export class AnchorRun {
  readonly #job: IssueJob;
  readonly #tools: AnchorTools;
  readonly #batches: FoundBatches;
  readonly #transactions: JobTransactions;
  readonly #queue: NonceQueue;
  /** As many as fitted into the one before. */
  #most = MOST_BATCHES;
  #contested = 0;
  #height = 0;

  private constructor(
    job: IssueJob,
    batches: FoundBatches,
    transactions: JobTransactions,
    tools: AnchorTools,
  ) {
    this.#job = job;
    this.#tools = tools;
    this.#batches = batches;
    this.#transactions = transactions;
    this.#queue = new NonceQueue(transactions, tools);
  }

  static async open(job: IssueJob, tools: AnchorTools): Promise<AnchorRun> {
    const batches = new FoundBatches(await tools.store.batches(job.id));
    return new AnchorRun(job, batches, await JobTransactions.open(job, tools), tools);
  }

  isConfirmed(): boolean {
    return this.#batches.confirmed === this.#batches.total;
  }

  /** Changes whenever something has moved on. Blocks count once there is nothing to wait for but them. */
  get standing(): string {
    const { onChain, confirmed, total } = this.#batches;
    const signed = this.#transactions.lots.map(({ transactions }) => transactions.length);
    return [onChain, confirmed, signed, onChain === total ? this.#height : 0].join("/");
  }

  /** What to say when nothing moves on. */
  problem(): Problem {
    const { gap } = this.#queue;
    if (gap !== null) return contested(this.#tools.anchoring.account, gap);
    const [first] = this.#transactions.lots;
    return new Problem("NOT_CONFIRMED", first === undefined ? this.#job.id : newestOf(first).hash);
  }

  /** Finds out how things are, and does what is to be done next. @throws Problem as anchorJob() does */
  async look(): Promise<void> {
    const nonces = await this.#tools.anchoring.nonces();
    for (const lot of [...this.#transactions.lots]) {
      if (lot.nonce < nonces.used && !this.#isFound(lot)) await this.#settle(lot);
    }
    await this.#confirmFinal();
    await this.#queue.nudge(nonces);
    await this.#signMore(nonces);
    this.#show();
  }

  #isFound(lot: Lot): boolean {
    return ordinalsOf(lot).every((i) => this.#batches.isOnChain(i)) && lot.batches > 0;
  }

  /** A lot whose number is used: one of its transactions is mined, or somebody else's. */
  async #settle(lot: Lot): Promise<void> {
    const mined = await this.#minedOf(lot);
    if (lot.batches === 0) {
      await this.#transactions.end(lot, mined === null ? "replaced" : "confirmed");
      return;
    }
    if (mined?.isReverted === false) {
      this.#batches.take(mined.anchors);
      return;
    }
    const missing = ordinalsOf(lot).filter((i) => !this.#batches.isOnChain(i));
    this.#batches.take(await this.#findAnchors(missing));
    if (this.#isFound(lot) || ++lot.missed < LOOKS_TO_MISS) return;
    await this.#giveUp(lot, mined);
  }

  async #minedOf({ transactions }: Lot): Promise<MinedTransaction | null> {
    for (const transaction of transactions.toReversed()) {
      const mined = await this.#tools.anchoring.mined(transaction);
      if (mined !== null) return mined;
    }
    return null;
  }

  #findAnchors(ordinals: readonly number[]): Promise<readonly FoundAnchor[]> {
    const roots = this.#batches.requests(ordinals).map(({ root }) => root);
    return this.#tools.anchoring.findAnchors(roots);
  }

  /** None of its transactions will ever be mined: what they were to anchor is signed anew, or can't be. */
  async #giveUp(lot: Lot, mined: MinedTransaction | null): Promise<void> {
    await this.#transactions.end(lot, "replaced");
    if (mined !== null && !ordinalsOf(lot).some((i) => this.#batches.isOnChain(i))) {
      throw new Problem("CONTRACT_REFUSED", `reverted: ${newestOf(lot).hash}`);
    }
    if (mined === null && ++this.#contested > MOST_CONTESTED) {
      throw contested(this.#tools.anchoring.account, lot.nonce);
    }
  }

  /** Batches of one transaction that follow one another are confirmed together. */
  async #confirmFinal(): Promise<void> {
    const { reader, confirmations } = this.#tools;
    if (this.#batches.onChain === this.#batches.confirmed) return;
    const canonical = await this.#batches.forgetReorganised(reader);
    const { number } = await reader.latestBlock();
    this.#height = number;
    const isFinal = ({ block, blockHash }: AnchorReceipt): boolean =>
      canonical.has(blockHash) && number - block >= confirmations;
    for (;;) {
      const run = this.#batches.nextFinal(isFinal);
      if (run === null) break;
      await this.#confirm(run);
    }
    await this.#endConfirmed();
  }

  async #confirm(run: MinedRun): Promise<void> {
    const { firstBatch, receipts } = run;
    const hash = (receipts[0] as AnchorReceipt).transaction;
    await this.#tools.store.outbox.confirm({ job: this.#job.id, hash, firstBatch }, receipts);
    this.#batches.confirm(run);
    await this.#transactions.endOthersOf(hash);
  }

  /** Those whose batches somebody else has anchored. */
  async #endConfirmed(): Promise<void> {
    for (const lot of this.#transactions.lots) {
      const isDone = lot.batches > 0 && ordinalsOf(lot).every((i) => this.#batches.isConfirmed(i));
      if (isDone) await this.#transactions.end(lot, "replaced");
    }
  }

  /** Signs and sends for the batches that no transaction under way anchors. */
  async #signMore(nonces: AccountNonces): Promise<void> {
    while (this.#transactions.lots.filter((lot) => !this.#isFound(lot)).length < MOST_OPEN) {
      const underWay = new Set(this.#transactions.lots.flatMap(ordinalsOf));
      const isWanted = (i: number): boolean => !this.#batches.isOnChain(i) && !underWay.has(i);
      const run = firstRun(this.#batches.total, isWanted, this.#most);
      if (run === null) return;
      const requests = this.#batches.requests(ordinalsOf(run));
      const plan = await this.#plan(requests, ordinalsOf(run));
      if (plan === null) return;
      if (plan.count < run.batches) this.#most = plan.count;
      await this.#sign(requests.slice(0, plan.count), run.firstBatch, plan, nonces);
    }
  }

  /** @returns null where some of them are on the chain already, as the next look will know */
  async #plan(
    requests: readonly AnchorRequest[],
    ordinals: readonly number[],
  ): Promise<AnchorPlan | null> {
    try {
      return await this.#tools.anchoring.plan(requests);
    } catch (error) {
      if (!(error instanceof Problem) || !error.detail.startsWith(ALREADY)) throw error;
      this.#batches.take(await this.#findAnchors(ordinals));
      return null;
    }
  }

  async #sign(
    requests: readonly AnchorRequest[],
    firstBatch: number,
    { gas }: AnchorPlan,
    nonces: AccountNonces,
  ): Promise<void> {
    const nonce = this.#transactions.nextNonce(nonces);
    const signed = await this.#tools.anchoring.sign(requests, { nonce, gas });
    await this.#transactions.send(signed, { firstBatch, batches: requests.length });
  }

  #show(): void {
    const { progress } = this.#tools;
    const { onChain, confirmed, total } = this.#batches;
    if (onChain < total) progress?.("anchoring", onChain, total);
    else progress?.("confirmation", confirmed, total);
  }
}

const ALREADY = "BatchAnchorAlreadyAnchored(";
