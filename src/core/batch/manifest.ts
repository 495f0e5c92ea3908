/** A batch's public manifest: what anyone may know of it, without personal data. Its hash is anchored. */
import { toHex } from "../encoding/bytes.ts";
import type { Hash, SuiteName } from "../hashing.ts";

export const MANIFEST_FORMAT = "liangzheng-manifest/1";

export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly agency: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly suite: SuiteName;
  readonly size: number;
  /** 0x and 64 hex digits. */
  readonly root: string;
  readonly chainId: number;
  readonly anchor: string;
}

/** The bytes that are hashed and published: JSON with the members in this order, and a line end. */
export function manifestBytes(manifest: Omit<Manifest, "format">): Uint8Array {
  const { agency, type, schemaVersion, suite, size, root, chainId, anchor } = manifest;
  const ordered: Manifest = {
    format: MANIFEST_FORMAT,
    agency,
    type,
    schemaVersion,
    suite,
    size,
    root,
    chainId,
    anchor,
  };
  return new TextEncoder().encode(`${JSON.stringify(ordered, null, 2)}\n`);
}

/** Keccak-256 whatever the batch's suite, since the chain's head is folded with it. */
export function manifestHash(keccak256: Hash, bytes: Uint8Array): string {
  return `0x${toHex(keccak256(bytes))}`;
}
