/** Whether certificates are found by their numbers, and nothing else is. */
import type { Finding } from "../../core/audit/findings.ts";
import { concatBytes } from "../../core/encoding/bytes.ts";
import type { Hash } from "../../core/hashing.ts";
import type {
  AgencyStore,
  IssuedBatch,
  IssuedNumbers,
  StoredCertificate,
} from "../../ports/agency-store.ts";
import { NUMBER_DIGEST_BYTES } from "../../ports/agency-store.ts";
import type { IssuedPlace } from "../../ports/issued.ts";
import type { JobCheck } from "./job-check.ts";

/** Of the whole store: numbers that belong to no certificate would refuse one that was never issued. */
export async function* checkNumbers(store: AgencyStore): AsyncIterable<Finding> {
  const { numbers, certificates, erased } = await store.counts();
  if (numbers === certificates - erased) return;
  const detail = `${String(numbers)} numbers for ${String(certificates - erased)} certificates`;
  yield { code: "COUNT_MISMATCH", place: `store ${store.name}`, detail };
}

/** Whether each certificate is found by the number on its face. */
export class NumberCheck {
  readonly #numbers: IssuedNumbers;
  readonly #claim: string;
  readonly #keccak256: Hash;
  #pending: { readonly number: string; readonly index: number }[] = [];

  /** Null where nobody knows which claim the number is. */
  static async of(
    { tools, job }: JobCheck,
    { agency, type }: IssuedBatch,
  ): Promise<NumberCheck | null> {
    const claim = tools.numberClaimOf(type);
    if (claim === null) return null;
    const numbers = await tools.store.numbers({ ledger: job.ledger, agency, type });
    return new NumberCheck(numbers, claim, tools.primitives.keccak256);
  }

  constructor(numbers: IssuedNumbers, claim: string, keccak256: Hash) {
    this.#numbers = numbers;
    this.#claim = claim;
    this.#keccak256 = keccak256;
  }

  add({ certificate }: StoredCertificate): void {
    const value = certificate.claims.find(({ name }) => name === this.#claim)?.value;
    const number = typeof value === "string" ? value : "";
    this.#pending.push({ number, index: certificate.index });
  }

  /** Of those added since. A number may have been issued again: then the newest is found first. */
  async *findings(check: JobCheck, batch: IssuedBatch): AsyncIterable<Finding> {
    const pending = this.#pending;
    this.#pending = [];
    const digests = concatBytes(...pending.map(({ number }) => this.#digest(number)));
    const places = await this.#numbers.find(digests, null);
    for (const [i, { number, index }] of pending.entries()) {
      const here = { root: batch.root, index };
      if (isSame(places[i] ?? null, here)) continue;
      const all = await this.#numbers.places(number);
      if (all.some((place) => isSame(place, here))) continue;
      const detail = `certificate ${String(index)} is not found by its number`;
      yield check.finding("NUMBER_NOT_FOUND", batch, detail);
    }
  }

  #digest(number: string): Uint8Array {
    const bytes = concatBytes(this.#numbers.key, new TextEncoder().encode(number));
    return this.#keccak256(bytes).subarray(0, NUMBER_DIGEST_BYTES);
  }
}

function isSame(place: IssuedPlace | null, { root, index }: IssuedPlace): boolean {
  return place !== null && place.root === root && place.index === index;
}
