/** What is told of a certificate's claims: each in full, or masked as the catalogue says. */
import type {
  CertificateType,
  ClaimDefinition,
  Sensitivity,
} from "../catalogue/certificate-type.ts";
import { HIDDEN } from "../catalogue/mask.ts";
import { maskClaim } from "../catalogue/mask-claim.ts";
import type { ClaimValue } from "../encoding/cbor.ts";

/**
 * Which claims someone may be told in full: all of them, those named, or all but what needs a separate consent.
 * What is public is told to whoever is told anything.
 */
export type ClaimRight =
  | { readonly kind: "all" }
  | { readonly kind: "notSensitive" }
  | { readonly kind: "named"; readonly names: readonly string[] };

export interface ToldClaims {
  readonly claims: Readonly<Record<string, ClaimValue>>;
  /** Names of those that are not told in full. */
  readonly masked: readonly string[];
}

/** The catalogue as it is asked for one claim of one type's version. */
export class ClaimDefinitions {
  readonly #types = new Map<string, ReadonlyMap<string, ClaimDefinition>>();
  readonly #latest = new Map<string, ReadonlyMap<string, ClaimDefinition>>();

  constructor(types: readonly Pick<CertificateType, "code" | "version" | "claims">[]) {
    for (const { code, version, claims } of types) {
      const byName = new Map(claims.map((claim) => [claim.name, claim]));
      this.#types.set(keyOf(code, version), byName);
      this.#latest.set(code, byName);
    }
  }

  /** @returns the claims by name; none of a type that the catalogue does not have. */
  of(type: string, version: number): ReadonlyMap<string, ClaimDefinition> {
    return this.#types.get(keyOf(type, version)) ?? NONE;
  }

  /** Of the last version that the catalogue lists. */
  latest(type: string): ReadonlyMap<string, ClaimDefinition> {
    return this.#latest.get(type) ?? NONE;
  }
}

const NONE: ReadonlyMap<string, ClaimDefinition> = new Map();

function keyOf(type: string, version: number): string {
  return `${type} ${String(version)}`;
}

/** Names of the claims that are about a person. What the catalogue does not describe may be. */
export function personalClaims(
  definitions: ReadonlyMap<string, ClaimDefinition>,
  names: Iterable<string>,
): string[] {
  return [...names].filter((name) => sensitivityOf(definitions, name) !== "public");
}

export function tellClaims(
  definitions: ReadonlyMap<string, ClaimDefinition>,
  disclosed: ReadonlyMap<string, ClaimValue>,
  right: ClaimRight,
): ToldClaims {
  const masked: string[] = [];
  const told = [...disclosed].map(([name, value]): [string, ClaimValue] => {
    if (isToldInFull(right, name, sensitivityOf(definitions, name))) return [name, value];
    const definition = definitions.get(name);
    if (isShownWhole(definition)) return [name, value];
    masked.push(name);
    return [name, definition === undefined ? HIDDEN : maskClaim(definition, value)];
  });
  return { claims: Object.fromEntries(told), masked };
}

function sensitivityOf(
  definitions: ReadonlyMap<string, ClaimDefinition>,
  name: string,
): Sensitivity {
  return definitions.get(name)?.sensitivity ?? "personal";
}

/** Whether the catalogue has nothing to hide of it, not even from those without a right to it. */
function isShownWhole(definition: ClaimDefinition | undefined): boolean {
  return definition?.mask === "none" && definition.parts === undefined;
}

function isToldInFull(right: ClaimRight, name: string, sensitivity: Sensitivity): boolean {
  if (sensitivity === "public" || right.kind === "all") return true;
  if (right.kind === "notSensitive") return sensitivity === "personal";
  return right.names.includes(name);
}
