/** Where a pack stands: what its holder says to get only what came after it. */
import { fromBase64Url, toBase64Url } from "../encoding/bytes.ts";
import { decodeCbor, encodeCbor } from "../encoding/cbor.ts";
import { hex, integer, nullable, record, text } from "./codec.ts";
import type { Selection } from "./selection.ts";

export const selection = record<Selection>({
  region: nullable(text),
  type: nullable(text),
  batch: nullable(record({ agency: text, root: hex(32) })),
});

export interface PackPlace {
  readonly chainId: number;
  readonly directory: string;
  readonly block: number;
  /** The block's, in seconds since 1970. */
  readonly time: number;
  /** The version of agencies, types and rules. */
  readonly governance: string;
  /** How many batches the pack holds. */
  readonly batches: number;
  readonly selection: Selection;
}

const place = record<PackPlace>({
  chainId: integer,
  directory: hex(20),
  block: integer,
  time: integer,
  governance: text,
  batches: integer,
  selection,
});

export function formatPlace(value: PackPlace): string {
  return toBase64Url(encodeCbor(place.encode(value)));
}

/** @returns null for what no pack says */
export function parsePlace(value: string): PackPlace | null {
  try {
    return place.decode(decodeCbor(fromBase64Url(value) ?? new Uint8Array()), "place");
  } catch {
    // Decoders throw FormatError and nothing else.
    return null;
  }
}
