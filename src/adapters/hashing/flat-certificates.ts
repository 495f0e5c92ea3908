/** Certificates in a few flat buffers instead of many objects, as they are hashed and handed over. */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { MAX_CLAIMS, SALT_BYTES } from "../../core/certificate/claim.ts";
import type { FlatCertificates, FlatItems, FlatRecords } from "../../ports/issuing-workers.ts";

export type { FlatCertificates, FlatItems, FlatRecords };

/**
 * @throws RangeError where the buffers do not fit each other, a certificate has no claim or over 256, names
 * are not in order, or a time is not in whole seconds since 1970.
 */
export function requireConsistent(certificates: FlatCertificates): void {
  const { count, claimStarts, nameNumbers, salts, values } = certificates;
  const claims = nameNumbers.length;
  const isFit =
    claimStarts.length === count + 1 &&
    claimStarts[count] === claims &&
    salts.length === claims * SALT_BYTES &&
    values.ends.length === claims + 1 &&
    certificates.validities.length === 2 * count &&
    certificates.holders.length === count * HASH_BYTES;
  if (!isFit) throw new RangeError("buffers that do not fit each other");
  requireClaims(certificates);
  requireTimes(certificates);
}

/**
 * @returns the length of the longest item, in bytes.
 * @throws RangeError where an item ends before it begins, or the bytes are more or fewer than the items.
 */
export function longestItem({ bytes, ends }: FlatItems): number {
  let longest = 0;
  let last = 0;
  for (let i = 1; i < ends.length; i++) {
    const end = ends[i] as number;
    const length = end - last;
    if (length < 0) throw new RangeError("an item ends before it begins");
    if (length > longest) longest = length;
    last = end;
  }
  if (ends[0] !== 0 || last !== bytes.length) throw new RangeError("items cut short");
  return longest;
}

function requireClaims({ count, names, claimStarts, nameNumbers }: FlatCertificates): void {
  let claim = 0;
  for (let i = 0; i < count; i++) {
    const end = entry(claimStarts, i + 1);
    if (end <= claim || end - claim > MAX_CLAIMS) throw new RangeError("not 1 to 256 claims");
    for (let last = -1; claim < end; claim++) {
      const name = entry(nameNumbers, claim);
      if (name <= last || name >= names.ends.length - 1) throw new RangeError("names out of order");
      last = name;
    }
  }
}

function requireTimes({ count, validities }: FlatCertificates): void {
  for (let i = 0; i < count; i++) {
    const [notBefore, notAfter] = [entry(validities, 2 * i), entry(validities, 2 * i + 1)];
    if (!isTime(notBefore)) throw new RangeError("notBefore is no time");
    if (notAfter !== Infinity && !isTime(notAfter)) throw new RangeError("notAfter is no time");
  }
}

function isTime(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds >= 0;
}

/** A member that is known to be there. */
export function entry(numbers: ArrayLike<number>, position: number): number {
  return numbers[position] as number;
}

/** Certificates `from` to `to` in the same buffers: where their items begin is still counted from the first. */
export function viewOf(all: FlatCertificates, from: number, to: number): FlatCertificates {
  const [claim, claimEnd] = [entry(all.claimStarts, from), entry(all.claimStarts, to)];
  const { bytes, ends } = all.values;
  return {
    count: to - from,
    firstIndex: all.firstIndex + from,
    names: all.names,
    claimStarts: all.claimStarts.subarray(from, to + 1),
    nameNumbers: all.nameNumbers.subarray(claim, claimEnd),
    salts: all.salts.subarray(claim * SALT_BYTES, claimEnd * SALT_BYTES),
    values: {
      bytes: bytes.subarray(entry(ends, claim), entry(ends, claimEnd)),
      ends: ends.subarray(claim, claimEnd + 1),
    },
    validities: all.validities.subarray(2 * from, 2 * to),
    holders: all.holders.subarray(from * HASH_BYTES, to * HASH_BYTES),
  };
}

/** The buffers to hand over with them to another thread; they must be nobody else's. */
export function buffersOf(records: FlatRecords): ArrayBuffer[] {
  return viewsOf(records).map(({ buffer }) => buffer as ArrayBuffer);
}

/** All that records have, each in a buffer of its own. */
export function viewsOf(records: FlatRecords): ArrayBufferView[] {
  const { claimStarts, nameNumbers, values, validities, holders } = records;
  return [claimStarts, nameNumbers, values.bytes, values.ends, validities, holders];
}
