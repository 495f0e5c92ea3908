/** One run of anchoring a job: what it knows of its transactions and batches, and one look at the chain. */
import { Problem } from "../../core/problem.ts";
import type {
  AccountNonces,
  AnchorPlan,
  AnchorReceipt,
  AnchorRequest,
  FoundAnchor,
  MinedTransaction,
  SignedTransaction,
} from "../../ports/anchoring.ts";
import type {
  IssueJob,
  IssuedBatch,
  JobState,
  OutboxTransaction,
  TransactionState,
} from "../../ports/agency-store.ts";
import { firstRun, lotsOf, newLot, newestOf, ordinalsOf } from "./anchor-lots.ts";
import type { Lot } from "./anchor-lots.ts";
import type { AnchorTools } from "./anchor-tools.ts";
import { FoundBatches } from "./found-batches.ts";
import type { MinedRun } from "./found-batches.ts";

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
  /** This job's, of this account, by number. */
  #lots: Lot[];
  /** Other jobs' of this account: theirs are in front of ours where their numbers are lower. */
  readonly #others: readonly Lot[];
  #state: JobState;
  /** As many as fitted into the one before. */
  #most = MOST_BATCHES;
  #contested = 0;
  #height = 0;
  /** Since when nobody here has a transaction with the first number that is not used. */
  #gap: { readonly nonce: number; readonly since: number } | null = null;

  private constructor(
    job: IssueJob,
    batches: readonly IssuedBatch[],
    own: readonly OutboxTransaction[],
    others: readonly OutboxTransaction[],
    tools: AnchorTools,
  ) {
    const now = tools.clock.now();
    this.#job = job;
    this.#state = job.state;
    this.#tools = tools;
    this.#batches = new FoundBatches(batches);
    this.#lots = lotsOf(own, now);
    this.#others = lotsOf(others, now);
  }

  static async open(job: IssueJob, tools: AnchorTools): Promise<AnchorRun> {
    const { outbox } = tools.store;
    const { account } = tools.anchoring;
    const batches = await tools.store.batches(job.id);
    const own = (await outbox.transactions(job.id)).filter((one) => one.account === account);
    const others = (await outbox.open(account)).filter((one) => one.job !== job.id);
    return new AnchorRun(job, batches, own, await onLedger(others, job, tools), tools);
  }

  isConfirmed(): boolean {
    return this.#batches.confirmed === this.#batches.total;
  }

  /** Changes whenever something has moved on. Blocks count once there is nothing to wait for but them. */
  get standing(): string {
    const { onChain, confirmed, total } = this.#batches;
    const signed = this.#lots.map(({ transactions }) => transactions.length);
    return [onChain, confirmed, signed, onChain === total ? this.#height : 0].join("/");
  }

  /** What to say when nothing moves on. */
  problem(): Problem {
    if (this.#gap !== null) return contested(this.#tools.anchoring.account, this.#gap.nonce);
    const [first] = this.#lots;
    return new Problem("NOT_CONFIRMED", first === undefined ? this.#job.id : newestOf(first).hash);
  }

  /** Finds out how things are, and does what is to be done next. @throws Problem as anchorJob() does */
  async look(): Promise<void> {
    const nonces = await this.#tools.anchoring.nonces();
    for (const lot of [...this.#lots]) {
      if (lot.nonce < nonces.used && !this.#isFound(lot)) await this.#settle(lot);
    }
    await this.#confirmFinal();
    await this.#nudge(nonces);
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
      await this.#end(lot, mined === null ? "replaced" : "confirmed");
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
    await this.#end(lot, "replaced");
    if (mined !== null && !ordinalsOf(lot).some((i) => this.#batches.isOnChain(i))) {
      throw new Problem("CONTRACT_REFUSED", `reverted: ${newestOf(lot).hash}`);
    }
    if (mined === null && ++this.#contested > MOST_CONTESTED) {
      throw contested(this.#tools.anchoring.account, lot.nonce);
    }
  }

  async #end(lot: Lot, state: TransactionState): Promise<void> {
    for (const transaction of lot.transactions) await this.#save({ ...transaction, state });
    this.#lots = this.#lots.filter((one) => one !== lot);
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
    await this.#endOthersOf(hash);
  }

  /** Of the transactions with one number, those that were not mined. */
  async #endOthersOf(hash: string): Promise<void> {
    const lot = this.#lots.find(({ transactions }) =>
      transactions.some((one) => one.hash === hash),
    );
    if (lot === undefined) return;
    for (const transaction of lot.transactions) {
      if (transaction.hash !== hash) await this.#save({ ...transaction, state: "replaced" });
    }
    this.#lots = this.#lots.filter((one) => one !== lot);
  }

  /** Those whose batches somebody else has anchored. */
  async #endConfirmed(): Promise<void> {
    for (const lot of this.#lots) {
      const isDone = lot.batches > 0 && ordinalsOf(lot).every((i) => this.#batches.isConfirmed(i));
      if (isDone) await this.#end(lot, "replaced");
    }
  }

  /** Sends again what the node has lost, and more dearly what is stuck: the first in line holds up all others. */
  async #nudge({ used, next }: AccountNonces): Promise<void> {
    const queue = [...this.#others, ...this.#lots]
      .filter(({ nonce }) => nonce >= used)
      .sort((a, b) => a.nonce - b.nonce);
    const last = this.#lots.reduce((highest, { nonce }) => Math.max(highest, nonce), -1);
    for (const lot of queue) if (lot.nonce <= last) await this.#sendIfLost(lot);
    const [first] = queue;
    if (first?.nonce === used) await this.#replaceIfStuck(first);
    await this.#fillGap(first === undefined || first.nonce === used ? null : used, next);
  }

  async #sendIfLost(lot: Lot): Promise<void> {
    const transaction = newestOf(lot);
    if (await this.#tools.anchoring.isKnown(transaction)) return;
    await this.#tools.anchoring.send(transaction);
    await this.#markSent(lot);
  }

  async #markSent(lot: Lot): Promise<void> {
    const transaction = newestOf(lot);
    if (transaction.state === "sent") return;
    const sent: OutboxTransaction = { ...transaction, state: "sent" };
    await this.#save(sent);
    lot.transactions = [...lot.transactions.slice(0, -1), sent];
  }

  async #replaceIfStuck(lot: Lot): Promise<void> {
    const now = this.#tools.clock.now();
    if (now - lot.since < this.#tools.pacing.stuckAfter) return;
    lot.since = now;
    const dearer = await this.#tools.anchoring.signDearer(newestOf(lot));
    if (dearer === null) return;
    const { firstBatch, batches, job } = lot;
    const transaction = this.#transactionOf(dearer, { job, firstBatch, batches });
    await this.#save(transaction);
    lot.transactions = [...lot.transactions, transaction];
    await this.#tools.anchoring.send(transaction);
    await this.#markSent(lot);
  }

  /**
   * Somebody else's transaction had the number and is lost: ours behind it can't be mined until another takes
   * its place.
   */
  async #fillGap(nonce: number | null, next: number): Promise<void> {
    const now = this.#tools.clock.now();
    if (nonce !== this.#gap?.nonce) this.#gap = nonce === null ? null : { nonce, since: now };
    if (this.#gap === null || next > this.#gap.nonce) return;
    if (now - this.#gap.since < this.#tools.pacing.stuckAfter) return;
    const signed = await this.#tools.anchoring.signNothing(this.#gap.nonce);
    await this.#dispatch(signed, { job: this.#job.id, firstBatch: 0, batches: 0 });
  }

  /** Signs and sends for the batches that no transaction under way anchors. */
  async #signMore(nonces: AccountNonces): Promise<void> {
    while (this.#lots.filter((lot) => !this.#isFound(lot)).length < MOST_OPEN) {
      const underWay = new Set(this.#lots.flatMap(ordinalsOf));
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
    const nonce = this.#nextNonce(nonces);
    const signed = await this.#tools.anchoring.sign(requests, { nonce, gas });
    await this.#dispatch(signed, { job: this.#job.id, firstBatch, batches: requests.length });
  }

  /** After all that the node knows of, and all that was signed here, sent or not. */
  #nextNonce({ used, next }: AccountNonces): number {
    const open = [...this.#lots, ...this.#others].map(({ nonce }) => nonce + 1);
    return Math.max(used, next, ...open);
  }

  /** Kept first, then sent. */
  async #dispatch(
    signed: SignedTransaction,
    place: Pick<OutboxTransaction, "job" | "firstBatch" | "batches">,
  ): Promise<void> {
    const transaction = this.#transactionOf(signed, place);
    await this.#save(transaction);
    const lot = newLot(transaction, this.#tools.clock.now());
    this.#lots = [...this.#lots, lot].sort((a, b) => a.nonce - b.nonce);
    await this.#tools.anchoring.send(signed);
    await this.#markSent(lot);
  }

  #transactionOf(
    signed: SignedTransaction,
    place: Pick<OutboxTransaction, "job" | "firstBatch" | "batches">,
  ): OutboxTransaction {
    const { account } = this.#tools.anchoring;
    return { ...signed, ...place, account, state: "signed", signedAt: this.#tools.clock.now() };
  }

  /** Of another job too, whose state stays as it is. */
  async #save(transaction: OutboxTransaction): Promise<void> {
    const isOwn = transaction.job === this.#job.id;
    if (isOwn && this.#state !== "sent") {
      this.#state = transaction.state === "signed" ? "signed" : "sent";
    }
    const state = isOwn ? this.#state : (await this.#tools.store.job(transaction.job))?.state;
    await this.#tools.store.outbox.save(transaction, state ?? "sent");
  }

  #show(): void {
    const { progress } = this.#tools;
    const { onChain, confirmed, total } = this.#batches;
    if (onChain < total) progress?.("anchoring", onChain, total);
    else progress?.("confirmation", confirmed, total);
  }
}

/** An account may be known on several chains. */
async function onLedger(
  transactions: readonly OutboxTransaction[],
  { ledger }: IssueJob,
  { store }: AnchorTools,
): Promise<OutboxTransaction[]> {
  const jobs = await Promise.all(
    [...new Set(transactions.map(({ job }) => job))].map((id) => store.job(id)),
  );
  const ids = jobs.flatMap((job) => (job?.ledger === ledger ? [job.id] : []));
  return transactions.filter(({ job }) => ids.includes(job));
}

const ALREADY = "BatchAnchorAlreadyAnchored(";

function contested(account: string, nonce: number): Problem {
  return new Problem("NONCE_CONTESTED", `${account}, transaction number ${String(nonce)}`);
}
