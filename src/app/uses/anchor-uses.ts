/** Puts on the chain how far the strands have come: of all instances, in one transaction. */
import type { Clock } from "../../ports/clock.ts";
import type { StrandHead, UseAnchoring, UseLog } from "../../ports/use-log.ts";

/** Longer than a transaction is waited for: whoever has the duty has ended by then, or was killed. */
const DUTY_SECONDS = 120;
/** In one transaction: well within its gas. */
const MOST_HEADS = 100;

export interface AnchorUsesOptions {
  readonly log: UseLog;
  readonly anchoring: UseAnchoring;
  readonly clock: Clock;
}

export interface AnchoredUses {
  /** How many strands had grown. */
  readonly strands: number;
  readonly transactions: readonly string[];
  /** Strands that are shorter than what was anchored: somebody cut them. */
  readonly shorter: readonly string[];
}

/**
 * Killed anywhere, it is simply done again: the chain says what it has.
 * @returns null where another instance is at it. @throws Problem of UseAnchoring and of the store
 */
export async function anchorUses(options: AnchorUsesOptions): Promise<AnchoredUses | null> {
  const { log, clock } = options;
  const now = clock.now();
  if (!(await log.claimAnchoring(now, now + DUTY_SECONDS))) return null;
  try {
    return await anchorAll(options, await log.unanchored());
  } finally {
    await log.releaseAnchoring();
  }
}

async function anchorAll(
  { log, anchoring }: AnchorUsesOptions,
  heads: readonly StrandHead[],
): Promise<AnchoredUses> {
  const transactions: string[] = [];
  const [shorter, grown]: [string[], StrandHead[]] = [[], []];
  for (const head of heads) {
    const length = await anchoring.lengthOf(head.strand);
    if (length > head.length) shorter.push(head.strand);
    else if (length < head.length) grown.push(head);
    // What a run before this one sent, and was killed before it could mark it.
    else await log.markAnchored([head]);
  }
  for (let at = 0; at < grown.length; at += MOST_HEADS) {
    const some = grown.slice(at, at + MOST_HEADS);
    transactions.push((await anchoring.anchor(some)).transaction);
    await log.markAnchored(some);
  }
  return { strands: grown.length, transactions, shorter };
}
