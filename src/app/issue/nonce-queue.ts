/** The account's transactions in the order of their numbers: the first that is not mined holds up all behind it. */
import { Problem } from "../../core/problem.ts";
import type { AccountNonces } from "../../ports/anchoring.ts";
import { newestOf } from "./anchor-lots.ts";
import type { Lot } from "./anchor-lots.ts";
import type { AnchorTools } from "./anchor-tools.ts";
import type { JobTransactions } from "./job-transactions.ts";

export class NonceQueue {
  readonly #transactions: JobTransactions;
  readonly #tools: Pick<AnchorTools, "anchoring" | "clock" | "pacing">;
  /** Since when nobody here has a transaction with the first number that is not used. */
  #gap: { readonly nonce: number; readonly since: number } | null = null;

  constructor(
    transactions: JobTransactions,
    tools: Pick<AnchorTools, "anchoring" | "clock" | "pacing">,
  ) {
    this.#transactions = transactions;
    this.#tools = tools;
  }

  /** The number that somebody else's transaction is waited for with; null where it is not for that. */
  get gap(): number | null {
    return this.#gap?.nonce ?? null;
  }

  /** Sends again what the node has lost, and more dearly what is stuck. */
  async nudge({ used, next }: AccountNonces): Promise<void> {
    const { lots, others } = this.#transactions;
    const queue = [...others, ...lots]
      .filter(({ nonce }) => nonce >= used)
      .sort((a, b) => a.nonce - b.nonce);
    const last = lots.reduce((highest, { nonce }) => Math.max(highest, nonce), -1);
    for (const lot of queue) if (lot.nonce <= last) await this.#sendIfLost(lot);
    const [first] = queue;
    if (first?.nonce === used) await this.#replaceIfStuck(first);
    await this.#fillGap(first === undefined || first.nonce === used ? null : used, next);
  }

  async #sendIfLost(lot: Lot): Promise<void> {
    if (await this.#tools.anchoring.isKnown(newestOf(lot))) return;
    await this.#transactions.sendNewest(lot);
  }

  async #replaceIfStuck(lot: Lot): Promise<void> {
    const now = this.#tools.clock.now();
    if (now - lot.since < this.#tools.pacing.stuckAfter) return;
    lot.since = now;
    const dearer = await this.#tools.anchoring.signDearer(newestOf(lot));
    if (dearer !== null) await this.#transactions.replace(lot, dearer);
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
    await this.#transactions.send(signed, { firstBatch: 0, batches: 0 });
  }
}

export function contested(account: string, nonce: number): Problem {
  return new Problem("NONCE_CONTESTED", `${account}, transaction number ${String(nonce)}`);
}
