/**
 * How values are written as CBOR and read back: records as arrays in the order of their members, so that no
 * name is written twice. Reading takes nothing that is not of the form (FormatError MALFORMED).
 */
import { fromHex, toHex } from "../encoding/bytes.ts";
import type { CborValue } from "../encoding/cbor.ts";
import { malformed } from "../encoding/format-error.ts";

export interface Codec<T> {
  encode(value: T): CborValue;
  decode(value: CborValue | undefined, where: string): T;
}

/** What a codec of it reads. */
export type Decoded<C> = C extends Codec<infer T> ? T : never;

export const text: Codec<string> = {
  encode: (value) => value,
  decode: (value, where) => {
    if (typeof value !== "string") throw malformed(where, "no text");
    return value;
  },
};

/** An integer within ±(2^53 − 1). */
export const integer: Codec<number> = {
  encode: (value) => value,
  decode: (value, where) => {
    if (typeof value !== "number") throw malformed(where, "no integer");
    return value;
  },
};

export const flag: Codec<boolean> = {
  encode: (value) => value,
  decode: (value, where) => {
    if (typeof value !== "boolean") throw malformed(where, "neither true nor false");
    return value;
  },
};

export const bytes: Codec<Uint8Array> = {
  encode: (value) => value,
  decode: (value, where) => {
    if (!(value instanceof Uint8Array)) throw malformed(where, "no bytes");
    return value;
  },
};

/** 0x and so many bytes in lower-case hex. */
export function hex(length: number): Codec<string> {
  return {
    encode: (value) => fromHex(value.slice(2)),
    decode: (value, where) => {
      const found = bytes.decode(value, where);
      if (found.length !== length) throw malformed(where, `${String(length)} bytes expected`);
      return `0x${toHex(found)}`;
    },
  };
}

export function oneOf<const T extends string | number>(...values: readonly T[]): Codec<T> {
  return {
    encode: (value) => value,
    decode: (value, where) => {
      const found = values.find((one) => one === value);
      if (found === undefined) throw malformed(where, "none of what it can be");
      return found;
    },
  };
}

export function nullable<T>(codec: Codec<T>): Codec<T | null> {
  return {
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (value, where) => (value === null ? null : codec.decode(value, where)),
  };
}

export function list<T>(codec: Codec<T>): Codec<T[]> {
  return {
    encode: (values) => values.map((value) => codec.encode(value)),
    decode: (value, where) => {
      if (!Array.isArray(value)) throw malformed(where, "no list");
      return value.map((one: CborValue, i) => codec.decode(one, `${where}[${String(i)}]`));
    },
  };
}

/** @param keyOf what each value is kept under */
export function mapBy<K, T>(codec: Codec<T>, keyOf: (value: T) => K): Codec<Map<K, T>> {
  const values = list(codec);
  return {
    encode: (map) => values.encode([...map.values()]),
    decode: (value, where) => {
      return new Map(values.decode(value, where).map((one) => [keyOf(one), one]));
    },
  };
}

/** A map whose values don't say their keys. */
export function entries<T>(codec: Codec<T>, key: Codec<string> = text): Codec<Map<string, T>> {
  const pairs = list(record({ key, value: codec }));
  return {
    encode: (map) => pairs.encode([...map].map(([key, value]) => ({ key, value }))),
    decode: (value, where) => {
      return new Map(pairs.decode(value, where).map(({ key, value }) => [key, value]));
    },
  };
}

type Members<T> = { readonly [M in keyof T]: Codec<T[M]> };

export function record<T extends object>(members: Members<T>): Codec<T> {
  const named = Object.entries(members) as [keyof T & string, Codec<unknown>][];
  return {
    encode: (value) => named.map(([name, codec]) => codec.encode(value[name])),
    decode: (value, where) => {
      if (!Array.isArray(value) || value.length !== named.length) {
        throw malformed(where, `a list of ${String(named.length)} expected`);
      }
      const decoded = named.map(([name, codec], i) => {
        return [name, codec.decode(value[i] as CborValue, `${where}.${name}`)];
      });
      return Object.fromEntries(decoded) as T;
    },
  };
}
