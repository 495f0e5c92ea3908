/** A job's transactions that are under way: each kept before it is sent, and kept as what became of it. */
import type { AccountNonces, SignedTransaction } from "../../ports/anchoring.ts";
import type {
  IssueJob,
  JobState,
  OutboxTransaction,
  TransactionState,
} from "../../ports/agency-store.ts";
import { lotsOf, newLot, newestOf } from "./anchor-lots.ts";
import type { Lot } from "./anchor-lots.ts";
import type { AnchorTools } from "./anchor-tools.ts";

type Place = Pick<OutboxTransaction, "job" | "firstBatch" | "batches">;

export class JobTransactions {
  readonly #job: IssueJob;
  readonly #tools: AnchorTools;
  #lots: readonly Lot[];
  readonly #others: readonly Lot[];
  #state: JobState;

  private constructor(
    job: IssueJob,
    own: readonly OutboxTransaction[],
    others: readonly OutboxTransaction[],
    tools: AnchorTools,
  ) {
    const now = tools.clock.now();
    this.#job = job;
    this.#state = job.state;
    this.#tools = tools;
    this.#lots = lotsOf(own, now);
    this.#others = lotsOf(others, now);
  }

  static async open(job: IssueJob, tools: AnchorTools): Promise<JobTransactions> {
    const { outbox } = tools.store;
    const { account } = tools.anchoring;
    const own = (await outbox.transactions(job.id)).filter((one) => one.account === account);
    const others = (await outbox.open(account)).filter((one) => one.job !== job.id);
    return new JobTransactions(job, own, await onLedger(others, job, tools), tools);
  }

  /** This job's, of this account, by number. */
  get lots(): readonly Lot[] {
    return this.#lots;
  }

  /** Other jobs' of this account: theirs are in front of ours where their numbers are lower. */
  get others(): readonly Lot[] {
    return this.#others;
  }

  /** After all that the node knows of, and all that was signed here, sent or not. */
  nextNonce({ used, next }: AccountNonces): number {
    const open = [...this.#lots, ...this.#others].map(({ nonce }) => nonce + 1);
    return Math.max(used, next, ...open);
  }

  /** Keeps it first, then sends it. @param place the batches it anchors; none where it only fills a gap */
  async send(signed: SignedTransaction, place: Omit<Place, "job">): Promise<void> {
    const transaction = this.#transactionOf(signed, { job: this.#job.id, ...place });
    await this.#save(transaction);
    const lot = newLot(transaction, this.#tools.clock.now());
    this.#lots = [...this.#lots, lot].sort((a, b) => a.nonce - b.nonce);
    await this.sendNewest(lot);
  }

  async sendNewest(lot: Lot): Promise<void> {
    const transaction = newestOf(lot);
    await this.#tools.anchoring.send(transaction);
    if (transaction.state === "sent") return;
    const sent: OutboxTransaction = { ...transaction, state: "sent" };
    await this.#save(sent);
    lot.transactions = [...lot.transactions.slice(0, -1), sent];
  }

  /** Sends another with the same number, for the same batches. */
  async replace(lot: Lot, dearer: SignedTransaction): Promise<void> {
    const { firstBatch, batches, job } = lot;
    const transaction = this.#transactionOf(dearer, { job, firstBatch, batches });
    await this.#save(transaction);
    lot.transactions = [...lot.transactions, transaction];
    await this.sendNewest(lot);
  }

  /** All with its number came to the same. */
  async end(lot: Lot, state: TransactionState): Promise<void> {
    for (const transaction of lot.transactions) await this.#save({ ...transaction, state });
    this.#forget(lot);
  }

  /** One of them was mined, and kept as that: the others with its number never will be. */
  async endOthersOf(hash: string): Promise<void> {
    const lot = this.#lots.find(({ transactions }) =>
      transactions.some((one) => one.hash === hash),
    );
    if (lot === undefined) return;
    for (const transaction of lot.transactions) {
      if (transaction.hash !== hash) await this.#save({ ...transaction, state: "replaced" });
    }
    this.#forget(lot);
  }

  #forget(lot: Lot): void {
    this.#lots = this.#lots.filter((one) => one !== lot);
  }

  #transactionOf(signed: SignedTransaction, place: Place): OutboxTransaction {
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
