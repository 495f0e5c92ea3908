/** Which claims are shown: those that always are, and those that the holder adds. */
import type { ServiceItem } from "../../../../clients/javascript/src/index.ts";
import type { ClaimDefinition } from "../../../core/catalogue/certificate-type.ts";
import type { ClaimValue } from "../../../core/encoding/cbor.ts";
import type { Words } from "../../../core/words.ts";
import type { Held } from "../../vault/held.ts";
import { claimsOf, isSensitive } from "../../vault/holding.ts";

export interface Choice {
  readonly name: string;
  readonly words: Words;
  readonly definition: ClaimDefinition | null;
  readonly value: ClaimValue;
  /** No presentation may withhold it. */
  readonly isAlways: boolean;
  readonly isSensitive: boolean;
}

/** In the order in which the type shows them; what is always shown comes first. */
export function choicesOf(held: Held): Choice[] {
  const { definition } = held;
  const order = (definition?.claims ?? []).map(({ name }) => name);
  const always = new Set(definition?.alwaysDisclosed ?? []);
  const choices = claimsOf(held).map(({ name, value }): Choice => {
    const known = definition?.claims.find((claim) => claim.name === name) ?? null;
    const words = known ?? { zh: name, en: name };
    const marks = { isAlways: always.has(name), isSensitive: isSensitive(held, name) };
    return { name, words, definition: known, value, ...marks };
  });
  const place = ({ name, isAlways }: Choice): number =>
    (isAlways ? 0 : order.length + 1) + order.indexOf(name);
  return choices.sort((a, b) => place(a) - place(b));
}

/** What a code holds where nobody has chosen: what it must, or all that is nobody's secret. */
export function defaultNames(choices: readonly Choice[]): string[] {
  const always = choices.filter(({ isAlways }) => isAlways);
  return namesOf(always.length > 0 ? always : choices.filter((choice) => !choice.isSensitive));
}

/** A choice for a purpose, by one touch. */
export interface Preset {
  readonly kind: "least" | "notSensitive" | "matter";
  /** Of a matter, its names. */
  readonly words: Words | null;
  /** All that are shown, what always is among them. */
  readonly names: readonly string[];
}

/** Its certificate type's code; null where that is not known here. */
export function typeOf(held: Held | null | undefined): string | null {
  if (held?.holding.kind === "own") return held.holding.certificate.type;
  return held?.definition?.code ?? null;
}

/** @param items the matters that may ask for this type */
export function presetsOf(
  choices: readonly Choice[],
  items: readonly ServiceItem[],
  type: string | null,
): Preset[] {
  const least: Preset = { kind: "least", words: null, names: defaultNames(choices) };
  const notSensitive = choices.filter(({ isAlways, isSensitive }) => isAlways || !isSensitive);
  const all: Preset = { kind: "notSensitive", words: null, names: namesOf(notSensitive) };
  const matters = items.flatMap((item) => matterPresets(choices, item, type));
  return [least, all, ...matters].filter(({ names }, i, presets) => {
    return i === 0 || presets.slice(0, i).every((other) => !isSame(other.names, names));
  });
}

function matterPresets(
  choices: readonly Choice[],
  { names, types }: ServiceItem,
  type: string | null,
): Preset[] {
  const known = new Set(namesOf(choices));
  const asked = types.find((one) => one.type === type);
  const required = (asked?.required ?? []).filter((name) => known.has(name));
  if (required.length === 0) return [];
  const always = namesOf(choices.filter(({ isAlways }) => isAlways));
  return [{ kind: "matter", words: names, names: [...new Set([...always, ...required])] }];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function namesOf(choices: readonly Choice[]): string[] {
  return choices.map(({ name }) => name);
}
