/** Puts certificates into flat buffers, claim by claim. The buffers are used again and again. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { SALT_BYTES, checkClaimOrder } from "../../core/certificate/claim.ts";
import type { Validity } from "../../core/certificate/leaf.ts";
import { concatBytes } from "../../core/encoding/bytes.ts";
import { encodeCbor } from "../../core/encoding/cbor.ts";
import type { ClaimValue } from "../../core/encoding/cbor.ts";
import { claimValueToCbor } from "../../core/encoding/claim-value.ts";
import type { Randomness } from "../../ports/clock.ts";
import { MOST_HEAD_BYTES, mostBytes, writeQuickly, writeUtf8 } from "./quick-cbor.ts";
import type { FlatCertificates, FlatItems, FlatRecords } from "./flat-certificates.ts";

const FIRST_CERTIFICATES = 64;
const FIRST_CLAIMS = 16 * FIRST_CERTIFICATES;
const FIRST_BYTES = 32 * FIRST_CLAIMS;

export class FlatWriter {
  readonly #names: readonly string[];
  readonly #flatNames: FlatItems;
  #bytes = new Uint8Array(FIRST_BYTES);
  #ends = new Uint32Array(FIRST_CLAIMS);
  #nameNumbers = new Uint16Array(FIRST_CLAIMS);
  #claimStarts = new Uint32Array(FIRST_CERTIFICATES);
  #validities = new Float64Array(2 * FIRST_CERTIFICATES);
  #holders = new Uint8Array(HASH_BYTES * FIRST_CERTIFICATES);
  #count = 0;
  #claims = 0;
  #length = 0;
  /** The number of the last name of the certificate being written. */
  #lastName = -1;

  /** @param names all that a claim may have, in the order of claims. @throws FormatError MALFORMED */
  constructor(names: readonly string[]) {
    checkClaimOrder(names, "names");
    this.#names = names;
    this.#flatNames = flatNames(names);
  }

  /** How many certificates have been ended. */
  get count(): number {
    return this.#count;
  }

  /** Of all values so far, in CBOR. */
  get valueBytes(): number {
    return this.#length;
  }

  /**
   * The next claim of the certificate. The names of a certificate's claims come in order.
   * @param name its place among the names
   * @throws FormatError MALFORMED for a value that no claim may hold.
   */
  claim(name: number, value: ClaimValue): void {
    this.#reserveBytes(mostBytes(value));
    const quick = writeQuickly(value, this.#bytes, this.#length);
    this.#add(name, quick < 0 ? this.#writeSlowly(name, value) : quick);
  }

  /** The same, of a text in UTF-8 that is known to be valid, in NFC and clean: bytes `from` to `to` of some. */
  text(name: number, bytes: Uint8Array, from: number, to: number): void {
    this.#reserveBytes(MOST_HEAD_BYTES + to - from);
    this.#add(name, writeUtf8(bytes, from, to, this.#bytes, this.#length));
  }

  #add(name: number, end: number): void {
    if (name <= this.#lastName || name >= this.#names.length) {
      throw new RangeError(`name ${String(name)} after name ${String(this.#lastName)}`);
    }
    this.#reserveClaim();
    this.#nameNumbers[this.#claims] = name;
    this.#claims++;
    this.#ends[this.#claims] = end;
    this.#length = end;
    this.#lastName = name;
  }

  #writeSlowly(name: number, value: ClaimValue): number {
    const cbor = encodeCbor(claimValueToCbor(value, this.#names[name] as string));
    this.#reserveBytes(cbor.length);
    this.#bytes.set(cbor, this.#length);
    return this.#length + cbor.length;
  }

  /** Ends the certificate. @param holder 32 bytes. @throws RangeError where it has no claim */
  end({ notBefore, notAfter }: Validity, holder: Uint8Array): void {
    if (this.#lastName < 0) throw new RangeError("a certificate without claims");
    this.#reserveCertificate();
    const place = this.#count++;
    this.#claimStarts[this.#count] = this.#claims;
    this.#validities[2 * place] = notBefore;
    this.#validities[2 * place + 1] = notAfter ?? Infinity;
    this.#holders.set(holder, HASH_BYTES * place);
    this.#lastName = -1;
  }

  /**
   * All certificates ended so far, with fresh salts, in buffers of their own, so that they can be handed to
   * another thread. What is written next begins anew.
   * @param random asked once, for all salts
   */
  take(firstIndex: number, random: Randomness): FlatCertificates {
    const records = this.takeRecords();
    const salts = new Uint8Array(random(records.nameNumbers.length * SALT_BYTES));
    return { ...records, firstIndex, names: this.#flatNames, salts };
  }

  /** The same, without what only certificates have. */
  takeRecords(): FlatRecords {
    const claims = this.#claimStarts[this.#count] as number;
    const records: FlatRecords = {
      count: this.#count,
      claimStarts: this.#claimStarts.slice(0, this.#count + 1),
      nameNumbers: this.#nameNumbers.slice(0, claims),
      values: {
        bytes: this.#bytes.slice(0, this.#ends[claims]),
        ends: this.#ends.slice(0, claims + 1),
      },
      validities: this.#validities.slice(0, 2 * this.#count),
      holders: this.#holders.slice(0, HASH_BYTES * this.#count),
    };
    this.#begin();
    return records;
  }

  /** Leaves out the certificate being written, and its claims. */
  drop(): void {
    this.#claims = this.#claimStarts[this.#count] as number;
    this.#length = this.#ends[this.#claims] as number;
    this.#lastName = -1;
  }

  #begin(): void {
    this.#count = 0;
    this.drop();
  }

  #reserveBytes(more: number): void {
    const least = this.#length + more;
    if (least > this.#bytes.length) this.#bytes = copyTo(this.#bytes, new Uint8Array(2 * least));
  }

  #reserveClaim(): void {
    const size = 2 * this.#ends.length;
    if (this.#claims + 2 <= this.#ends.length) return;
    this.#ends = copyTo(this.#ends, new Uint32Array(size));
    this.#nameNumbers = copyTo(this.#nameNumbers, new Uint16Array(size));
  }

  #reserveCertificate(): void {
    const size = 2 * this.#claimStarts.length;
    if (this.#count + 2 <= this.#claimStarts.length) return;
    this.#claimStarts = copyTo(this.#claimStarts, new Uint32Array(size));
    this.#validities = copyTo(this.#validities, new Float64Array(2 * size));
    this.#holders = copyTo(this.#holders, new Uint8Array(HASH_BYTES * size));
  }
}

interface Numbers<T> {
  set(values: T): void;
}

function copyTo<T extends Numbers<T>>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Names in CBOR, as FlatCertificates has them. */
export function flatNames(names: readonly string[]): FlatItems {
  return flatItems(names.map((name) => encodeCbor(claimValueToCbor(name, name))));
}

export function flatItems(items: readonly Uint8Array[]): FlatItems {
  const ends = new Uint32Array(items.length + 1);
  items.forEach(({ length }, i) => (ends[i + 1] = (ends[i] as number) + length));
  return { bytes: concatBytes(...items), ends };
}
