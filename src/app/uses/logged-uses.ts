/** Keeps uses in a strand of this process. */
import { Problem } from "../../core/problem.ts";
import { toProblem } from "../../core/problem.ts";
import type { Primitives } from "../../core/hashing.ts";
import { Strand } from "../../core/uses/strand.ts";
import type { Line } from "../../core/uses/strand.ts";
import type { Use } from "../../core/uses/use.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { UseLog } from "../../ports/use-log.ts";
import { referenceOf, signReceipt } from "./receipt.ts";
import type { Signatory } from "./receipt.ts";
import { useOf } from "./use-of.ts";
import type {
  DoneUseRecorder,
  ReceiptReference,
  SignedReceipt,
  UseFacts,
  UseRecorder,
} from "./use-recorder.ts";

export interface LoggedUsesOptions extends Signatory {
  readonly log: Pick<UseLog, "append">;
  readonly keys: ServiceKeys;
  readonly primitives: Pick<Primitives, "sha256">;
  readonly clock: Clock;
  /** @returns 6 bytes in lower-case hex, drawn anew each time */
  newStrandId(): string;
}

/** A strand that ended may have left lines on their way: they are tried once more in the next. */
const ATTEMPTS = 2;

interface Kept {
  readonly strand: string;
  readonly line: Line;
}

export class LoggedUses implements UseRecorder, DoneUseRecorder {
  readonly #options: LoggedUsesOptions;
  #strand: Strand | null = null;

  constructor(options: LoggedUsesOptions) {
    this.#options = options;
  }

  /** How many lines the strand of this process has. */
  get length(): number {
    return this.#strand?.length ?? 0;
  }

  record(facts: UseFacts): Promise<ReceiptReference> {
    return this.recordDone(useOf(this.#options, facts));
  }

  async recordDone(use: Use): Promise<ReceiptReference> {
    const { strand, line } = await this.#keep(use);
    return referenceOf(strand, line);
  }

  async recordSigned(facts: UseFacts): Promise<SignedReceipt> {
    const { strand, line } = await this.#keep(useOf(this.#options, facts));
    const receipt = signReceipt(this.#options, { strand }, line);
    return { ...referenceOf(strand, line), receipt };
  }

  /** @throws Problem USE_NOT_KEPT */
  async #keep(use: Use): Promise<Kept> {
    const { at, certificate, client } = use;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const strand = (this.#strand ??= this.#begin());
      const { header } = strand;
      const line = strand.append(use);
      try {
        const { log } = this.#options;
        const isKept = await log.append({ strand: header, ...line, at, certificate, client });
        if (isKept) return { strand: header.id, line };
      } catch (error) {
        this.#end(strand);
        throw new Problem("USE_NOT_KEPT", toProblem(error).code, error);
      }
      this.#end(strand);
    }
    throw new Problem("USE_NOT_KEPT", "the strand ended twice");
  }

  #begin(): Strand {
    const { primitives, ledger, clock } = this.#options;
    const { chainId, directory } = ledger;
    const header = { id: this.#options.newStrandId(), chainId, directory, startedAt: clock.now() };
    return new Strand(primitives.sha256, header);
  }

  /** Whether its last lines are there is not known: what comes next begins a strand of its own. */
  #end(strand: Strand): void {
    if (this.#strand === strand) this.#strand = null;
  }
}
