/**
 * A ledger's state as bytes: V8's own form of values, which keeps maps and what is in two places at once, and
 * writes a hundred thousand batches in less than a second. With a number for the form of the state, since a
 * program of another version must not take it, and a hash, since a disk may err.
 */
import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { CertificateStatuses } from "../../core/ledger/certificate-statuses.ts";
import type { BatchStatuses, LedgerState } from "../../core/ledger/state.ts";
import type { LedgerSnapshot } from "../../ports/ledger-store.ts";

/** Goes up with every change of LedgerState. */
const FORM = 2;
const HASH_BYTES = 32;

interface Packed extends Omit<LedgerSnapshot, "state"> {
  readonly form: number;
  readonly state: Omit<LedgerState, "statuses">;
  readonly statuses: ReadonlyMap<string, PackedStatuses>;
}

interface PackedStatuses extends Omit<BatchStatuses, "certificates"> {
  readonly certificates: Uint8Array;
}

export function packSnapshot({ state, cursor }: LedgerSnapshot): Uint8Array {
  const { statuses, ...others } = state;
  const packed = new Map<string, PackedStatuses>();
  for (const [key, { whole, certificates }] of statuses) {
    packed.set(key, { whole, certificates: certificates.toBytes() });
  }
  const content: Packed = { form: FORM, cursor, state: others, statuses: packed };
  const bytes = serialize(content);
  return Buffer.concat([sha256(bytes), bytes]);
}

/** @returns null for what is damaged or of another form. */
export function unpackSnapshot(bytes: Uint8Array): LedgerSnapshot | null {
  const content = bytes.subarray(HASH_BYTES);
  if (!sha256(content).equals(bytes.subarray(0, HASH_BYTES))) return null;
  const packed = deserialized(content);
  if (packed?.form !== FORM) return null;
  const { cursor, state, statuses } = packed;
  return { cursor, state: { ...state, statuses: unpacked(statuses) } };
}

/** @returns null for what a later V8 has written. */
function deserialized(content: Uint8Array): Packed | null {
  try {
    return deserialize(content) as Packed;
  } catch {
    return null;
  }
}

function unpacked(packed: Packed["statuses"]): Map<string, BatchStatuses> {
  const statuses = new Map<string, BatchStatuses>();
  for (const [key, { whole, certificates }] of packed) {
    statuses.set(key, { whole, certificates: CertificateStatuses.fromBytes(certificates) });
  }
  return statuses;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
