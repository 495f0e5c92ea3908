/** Keeps uses in a strand of this process. */
import { toHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import { toProblem } from "../../core/problem.ts";
import type { Primitives } from "../../core/hashing.ts";
import { encodeCbor } from "../../core/encoding/cbor.ts";
import { decodeEntry } from "../../core/uses/entry.ts";
import { Strand } from "../../core/uses/strand.ts";
import type { Line } from "../../core/uses/strand.ts";
import type { Use } from "../../core/uses/use.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { MarkedCall, UseLog } from "../../ports/use-log.ts";
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
  readonly log: Pick<UseLog, "append" | "ofCall">;
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

  async record(facts: UseFacts): Promise<ReceiptReference> {
    const { strand, line } = await this.#keepOnce(facts);
    return referenceOf(strand, line);
  }

  async recordDone(use: Use): Promise<ReceiptReference> {
    const { strand, line } = await this.#keep(use, null);
    return referenceOf(strand, line);
  }

  async recordSigned(facts: UseFacts): Promise<SignedReceipt> {
    const { strand, line } = await this.#keepOnce(facts);
    const receipt = signReceipt(this.#options, { strand }, line);
    return { ...referenceOf(strand, line), receipt };
  }

  #keepOnce(facts: UseFacts): Promise<Kept> {
    const { attempt, client } = facts.caller;
    const use = useOf(this.#options, facts);
    if (attempt === undefined || client === null) return this.#keep(use, null);
    const call = markOf(this.#options.primitives, attempt.call);
    if (attempt.number === 1) return this.#keep(use, call);
    return this.#keepAgain({ client: client.id, call, since: attempt.begunAt }, use);
  }

  /**
   * A repeat whose first attempt kept the use, and died before it answered, keeps no second; where it ended
   * otherwise then, both are kept. @throws Problem USE_NOT_KEPT
   */
  async #keepAgain(marked: MarkedCall, use: Use): Promise<Kept> {
    const lines = await this.#options.log.ofCall(marked).catch(notKept);
    const line = lines.find(({ entry }) => isSameUse(decodeEntry(entry).use, use));
    return line === undefined ? this.#keep(use, marked.call) : { strand: line.strand, line };
  }

  /** @throws Problem USE_NOT_KEPT */
  async #keep(use: Use, call: Uint8Array | null): Promise<Kept> {
    const { at, certificate, client } = use;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const strand = this.#current();
      const { header } = strand;
      const line = strand.append(use);
      try {
        const { log } = this.#options;
        const isKept = await log.append({ strand: header, ...line, at, certificate, client, call });
        if (isKept) return { strand: header.id, line };
      } catch (error) {
        this.#end(strand);
        return notKept(error);
      }
      this.#end(strand);
    }
    throw new Problem("USE_NOT_KEPT", "the strand ended twice");
  }

  /** A strand names its ledger for good: one that began before any chain was met ends with the first that is. */
  #current(): Strand {
    const isOfLedger = this.#strand?.header.chainId === this.#options.ledger.chainId;
    if (this.#strand === null || !isOfLedger) this.#strand = this.#begin();
    return this.#strand;
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

function notKept(error: unknown): never {
  throw new Problem("USE_NOT_KEPT", toProblem(error).code, error);
}

/** Enough to tell a client's calls of a minute apart. */
const MARK_BYTES = 8;
const utf8 = new TextEncoder();

function markOf({ sha256 }: Pick<Primitives, "sha256">, call: string): Uint8Array {
  return sha256(utf8.encode(call)).slice(0, MARK_BYTES);
}

/** Whether the same was shown for the same, and it ended alike, whenever that was. */
function isSameUse(one: Use, other: Use): boolean {
  const facts = ({ shown, certificate, cause, claims, verdict, results, codes }: Use): string =>
    toHex(encodeCbor([shown, certificate, cause, claims, verdict, results, codes]));
  return facts(one) === facts(other);
}
