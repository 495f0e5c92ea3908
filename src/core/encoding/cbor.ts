/**
 * CBOR in its core deterministic encoding (RFC 8949, 4.2.1), the part of it that the protocol uses:
 * no floats, no undefined, no indefinite lengths, and one way only to write each value.
 */
export { decodeCbor } from "./cbor-decoder.ts";
export { encodeCbor, withCbor } from "./cbor-encoder.ts";
export { Tagged, U64_MAX, isUint } from "./cbor-value.ts";
export type { CborValue, ClaimValue } from "./cbor-value.ts";
