/** The service items (事项) as anyone may know them: what a matter may ask of whom, in words. */
import type { ClaimDefinition, Sensitivity } from "../../core/catalogue/certificate-type.ts";
import type { ItemType, ServiceItem } from "../../core/service-items/service-item.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { Words } from "../../core/words.ts";
import type { CounterDesk } from "./counter-desk.ts";

export interface ToldItem extends Pick<
  ServiceItem,
  "code" | "names" | "requiresHolder" | "causes"
> {
  readonly types: readonly ToldItemType[];
}

export interface ToldItemType {
  readonly type: string;
  readonly typeName: Words | null;
  /** Every claim of the type's latest version. */
  readonly claims: readonly ToldItemClaim[];
  /** Names of those that may be told in full. */
  readonly allowed: readonly string[];
  readonly required: readonly string[];
}

interface ToldItemClaim {
  readonly name: string;
  readonly words: Words;
  readonly sensitivity: Sensitivity;
}

type Desk = Pick<CounterDesk, "items" | "definitions" | "view">;

/** @param type only items that may ask for this certificate type, where one is given */
export function tellItems(desk: Desk, type?: string): readonly ToldItem[] {
  return desk.items.all
    .filter(({ types }) => type === undefined || types.some((asked) => asked.type === type))
    .map(({ code, names, requiresHolder, causes, types }) => ({
      ...{ code, names, requiresHolder, causes },
      types: types.map((asked) => tellType(desk, asked)),
    }));
}

function tellType(desk: Desk, { type, claims, required }: ItemType): ToldItemType {
  const known = [...desk.definitions.latest(type).values()];
  return {
    type,
    typeName: nameOfType(desk.view(), type),
    claims: known.map(tellClaim),
    ...{ allowed: claims, required },
  };
}

function tellClaim({ name, zh, en, sensitivity }: ClaimDefinition): ToldItemClaim {
  return { name, words: { zh, en }, sensitivity };
}

/** As its last version calls it on the chain; null where the chain, or we, do not know it. */
export function nameOfType(view: LedgerView | null, type: string): Words | null {
  const published = [...(view?.state.types.get(type)?.versions.values() ?? [])].at(-1);
  return published === undefined ? null : { zh: published.name, en: published.nameEn };
}
