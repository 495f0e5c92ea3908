/**
 * Anchors a job's batches, each once, as many in one transaction as fit. Every signed transaction is kept
 * before it is sent; a batch counts as confirmed only by its own event, in a block that is final.
 *
 * What became of a transaction is found out by looking at the chain, over and over, until every batch is
 * confirmed; whatever broke off before, here or at the node, the next look begins from what there is.
 */
import { Problem } from "../../core/problem.ts";
import type { IssueJob } from "../../ports/agency-store.ts";
import { AnchorRun } from "./anchor-run.ts";
import type { AnchorTools } from "./anchor-tools.ts";

/**
 * @throws Problem NOT_CONFIRMED or the node's own problem where nothing moved on in time: run again, nothing
 * is anchored twice; NONCE_CONTESTED, CONTRACT_REFUSED, INSUFFICIENT_FUNDS.
 */
export async function anchorJob(job: IssueJob, tools: AnchorTools): Promise<IssueJob> {
  const run = await AnchorRun.open(job, tools);
  const patience = new Patience(tools);
  while (!run.isConfirmed()) {
    const problem = await lookOnce(run);
    if (run.isConfirmed()) break;
    patience.require(run, problem);
    await tools.pacing.pause();
  }
  await tools.store.setJobState(job.id, "confirmed");
  return { ...job, state: "confirmed" };
}

/** A node that can't be asked for a while does not make undone what was sent: it is asked again. */
async function lookOnce(run: AnchorRun): Promise<Problem | null> {
  try {
    await run.look();
    return null;
  } catch (error) {
    if (error instanceof Problem && error.code.startsWith("RPC_")) return error;
    throw error;
  }
}

class Patience {
  readonly #tools: AnchorTools;
  #seen = "";
  #since = 0;

  constructor(tools: AnchorTools) {
    this.#tools = tools;
  }

  /** @throws Problem once nothing has moved on for too long */
  require(run: AnchorRun, problem: Problem | null): void {
    const { clock, pacing } = this.#tools;
    const now = clock.now();
    if (this.#seen !== run.standing) {
      this.#seen = run.standing;
      this.#since = now;
    }
    if (now - this.#since >= pacing.patience) throw problem ?? run.problem();
  }
}
