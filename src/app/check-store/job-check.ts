/** What the checks of one job share: what they read from, what was counted, and what a finding says of its place. */
import type { Finding, FindingCode } from "../../core/audit/findings.ts";
import type { Primitives } from "../../core/hashing.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import type { AgencyStore, IssueJob, IssuedBatch } from "../../ports/agency-store.ts";
import type { Progress } from "../../ports/progress.ts";

export interface CheckTools {
  readonly store: AgencyStore;
  /** What the chain says, for jobs of the ledger that is read; others are not compared with any. */
  readonly state: LedgerState;
  readonly ledger: string;
  readonly primitives: Primitives;
  /** The claim that a type's numbers are in, null for a type that is not known (any more). */
  readonly numberClaimOf: (type: string) => string | null;
  readonly progress?: Progress;
}

/** How much was looked at. */
export interface CheckTally {
  jobs: number;
  batches: number;
  certificates: number;
  erased: number;
  /** Batches of other ledgers than the one read. */
  notCompared: number;
}

export class JobCheck {
  readonly tools: CheckTools;
  readonly job: IssueJob;
  readonly #tally: CheckTally;
  readonly #total: number;

  constructor(tools: CheckTools, job: IssueJob, tally: CheckTally, total: number) {
    this.tools = tools;
    this.job = job;
    this.#tally = tally;
    this.#total = total;
  }

  count(what: "batches" | "certificates" | "erased" | "notCompared", by = 1): void {
    this.#tally[what] += by;
    this.tools.progress?.("check 检查", this.#tally.certificates, this.#total);
  }

  finding(code: FindingCode, batch: IssuedBatch | null, detail: string): Finding {
    const where = batch === null ? "" : `, batch ${batch.root}`;
    return { code, place: `job ${this.job.id}${where}`, detail };
  }
}
