/** A service item (事项): what a matter at a counter may ask of whom, and why it usually does. Data, not code. */
import type { Names } from "../catalogue/certificate-type.ts";

export interface ServiceItem {
  /** As clients and records name it, such as `460000-MZ-0012`. */
  readonly code: string;
  /** The Chinese one is what recognition rules name. */
  readonly names: Names;
  readonly types: readonly ItemType[];
  /** Whether the matter demands that the holder shows it in person. */
  readonly requiresHolder: boolean;
  /** The usual reasons (事由), for a clerk to choose from. */
  readonly causes: readonly string[];
}

/** A certificate type that a matter may ask for, with the claims it has a right to. */
export interface ItemType {
  readonly type: string;
  /** Names of claims that may be told in full. */
  readonly claims: readonly string[];
  /** Those of them without which the matter can't be settled. */
  readonly required: readonly string[];
}

/** The service items that a verification service knows; none where none are configured. */
export class ServiceItems {
  readonly all: readonly ServiceItem[];
  readonly #byWord: ReadonlyMap<string, ServiceItem>;

  constructor(all: readonly ServiceItem[]) {
    this.all = all;
    this.#byWord = new Map(all.flatMap((item) => wordsOf(item).map((word) => [word, item])));
  }

  /** @param word its code or either of its names: what a counter says as the purpose */
  find(word: string): ServiceItem | null {
    return this.#byWord.get(word) ?? null;
  }
}

/** Whatever may name it; no two items share any of these. */
export function wordsOf({ code, names }: ServiceItem): string[] {
  return [...new Set([code, names.zh, names.en])];
}

export function itemTypeOf(item: ServiceItem, type: string): ItemType | null {
  return item.types.find((candidate) => candidate.type === type) ?? null;
}
