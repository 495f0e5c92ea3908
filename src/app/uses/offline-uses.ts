/**
 * Takes the uses of a counter that verified without a network into the use log. A counter that does not know
 * whether they arrived tells them again: what is there already is answered with the line it has.
 */
import { fromHex } from "../../core/encoding/bytes.ts";
import { isRegionWithin } from "../../core/identifiers/region.ts";
import { Problem } from "../../core/problem.ts";
import { hasPassed } from "../../core/uses/check-results.ts";
import { decodeEntry, encodeEntry } from "../../core/uses/entry.ts";
import type { Use, UsePosition, UseQuestion } from "../../core/uses/use.ts";
import type { VerdictWord } from "../../core/verify/verdict.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Client } from "../../ports/clients.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { UseLog } from "../../ports/use-log.ts";
import type { OfflineUse } from "./offline-use.ts";
import { referenceOf } from "./receipt.ts";
import { causePseudonym, certificatePseudonym } from "./use-of.ts";
import type { DoneUseRecorder, ReceiptReference } from "./use-recorder.ts";

export interface OfflineUsesOptions {
  readonly log: Pick<UseLog, "list">;
  readonly recorder: DoneUseRecorder;
  readonly keys: Pick<ServiceKeys, "pseudonym">;
  readonly clock: Clock;
}

/** How far a counter's clock may run ahead, in seconds. */
const MAX_AHEAD_SECONDS = 300;
/** How long a counter may have been without a network, in seconds: 90 days. */
const MAX_BEHIND_SECONDS = 90 * 86_400;
/** No counter verifies more in one second. */
const MOST_IN_A_SECOND = 1_000;

export class OfflineUses {
  readonly #options: OfflineUsesOptions;
  /** What two calls tell at once is compared one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: OfflineUsesOptions) {
    this.#options = options;
  }

  /**
   * @returns the receipts, in the order of the uses
   * @throws Problem BODY_MALFORMED for a use that can't be, COUNTER_MISMATCH, USE_NOT_KEPT
   */
  keep(client: Client, told: readonly OfflineUse[]): Promise<readonly ReceiptReference[]> {
    const uses = told.map((use, i) => this.#useOf(client, use, `body.uses[${String(i)}]`));
    const kept = this.#last.then(() => this.#keepAll(client, uses));
    this.#last = kept.catch(() => undefined);
    return kept;
  }

  async #keepAll(client: Client, uses: readonly Use[]): Promise<ReceiptReference[]> {
    const known = await this.#known(client, new Set(uses.map(({ at }) => at)));
    const receipts: ReceiptReference[] = [];
    for (const use of uses) {
      const name = nameOf(use);
      const receipt = known.get(name) ?? (await this.#options.recorder.recordDone(use));
      known.set(name, receipt);
      receipts.push(receipt);
    }
    return receipts;
  }

  /** What the log holds of this client at these seconds. */
  async #known({ id: client }: Client, seconds: Iterable<number>) {
    const known = new Map<string, ReceiptReference>();
    for (const at of seconds) {
      const lines = await this.#options.log.list({
        ...{ client, from: at, to: at, most: MOST_IN_A_SECOND },
      });
      for (const line of lines) {
        known.set(nameOf(decodeEntry(line.entry).use), referenceOf(line.strand, line));
      }
    }
    return known;
  }

  #useOf(client: Client, told: OfflineUse, where: string): Use {
    const { results, codes, claims, useCause } = told;
    const { keys } = this.#options;
    if (codes.length !== results.replaceAll(/[^fu]/g, "").length) {
      throw new Problem("BODY_MALFORMED", `${where}.codes: one for each check that did not pass`);
    }
    const isProven = told.certificate !== null && hasPassed(results, "integrity");
    return {
      at: this.#timeOf(told.at, `${where}.at`),
      mode: "offline",
      certificate: isProven ? pseudonymOf(keys, told.certificate) : null,
      shown: told.shown === null ? null : bytesOf(told.shown),
      client: client.id,
      cause: useCause === null ? null : causePseudonym(keys, useCause),
      isByDelegate: told.isByDelegate,
      claims,
      question: questionOf(client, told, where),
      verdict: verdictOf(results),
      results,
      codes,
      position: positionOf(told),
    };
  }

  #timeOf(text: string, where: string): number {
    const at = secondsOf(text);
    const age = this.#options.clock.now() - at;
    if (age >= -MAX_AHEAD_SECONDS && age <= MAX_BEHIND_SECONDS) return at;
    throw new Problem("BODY_MALFORMED", `${where}: in the future, or more than 90 days ago`);
  }
}

/** Its content alone: the same wherever it stands. */
function nameOf(use: Use): string {
  return encodeEntry({ strand: "", number: 0 }, use).join(" ");
}

type Certificate = NonNullable<OfflineUse["certificate"]>;

function pseudonymOf(keys: OfflineUsesOptions["keys"], certificate: Certificate): Uint8Array {
  const { agency, root, index } = certificate;
  return certificatePseudonym(keys, { agency, root: bytesOf(root.slice(2)), index });
}

/** As the judge concludes. */
function verdictOf(results: string): VerdictWord {
  if (results.includes("f")) return "rejected";
  return results.includes("u") ? "indeterminate" : "accepted";
}

/** A counter asks as itself, where it is or below. */
function questionOf({ name, region: own }: Client, told: OfflineUse, where: string): UseQuestion {
  const { region, ...asked } = told.question;
  if (region !== null && own !== null && !isRegionWithin(region, own)) {
    const at = `${where}.question.region`;
    throw new Problem("COUNTER_MISMATCH", `${at}: ${own} or below it expected`);
  }
  const never = { at: null, shownAt: null, asKnownAt: null, nonce: null };
  return { ...never, ...asked, region, audience: name };
}

function positionOf({ position }: OfflineUse): UsePosition | null {
  if (position === null) return null;
  const { block, blockHash, asOf, isPending } = position;
  return { block, hash: bytesOf(blockHash.slice(2)), asOf: secondsOf(asOf), isPending };
}

/** Of digits that the schema has checked. */
function bytesOf(digits: string): Uint8Array {
  return fromHex(digits) ?? new Uint8Array();
}

function secondsOf(text: string): number {
  return Math.floor(Date.parse(text) / 1_000);
}
