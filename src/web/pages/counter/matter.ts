/** What the counter verifies for: the service item (事项), the cause (事由), where it is, and how old data may be. */
import { reactive, shallowReactive, toRaw, watch } from "vue";
import type { ToldItem } from "../../../app/counter/told-items.ts";
import type { Words } from "../../../core/words.ts";
import { MAX_PACK_AGE_SECONDS } from "../../judging/packs.ts";
import type { CounterMatter } from "../../judging/offline-desk.ts";
import type { CounterService } from "../../service/verifier.ts";
import { session } from "./session.ts";

const KEY = "liangzheng.counter.matter";
const ITEMS_KEY = "liangzheng.counter.items";
const HOUR = 3_600;

export const PACK_AGES: readonly number[] = [HOUR, 8 * HOUR, 24 * HOUR, 72 * HOUR];

interface Chosen {
  /** The code of the service item; empty where none is chosen. */
  item: string;
  useCause: string;
  /** Empty for the region that the counter is registered in. */
  region: string;
  /** Seconds. */
  maxPackAge: number;
}

const USUAL: Chosen = { item: "", useCause: "", region: "", maxPackAge: MAX_PACK_AGE_SECONDS };

export const chosen: Chosen = reactive({ ...USUAL, ...(kept(KEY) as Partial<Chosen> | null) });
export const items: { all: readonly ToldItem[] } = shallowReactive({
  all: (kept(ITEMS_KEY) as ToldItem[] | null) ?? [],
});

watch(chosen, () => {
  localStorage.setItem(KEY, JSON.stringify(chosen));
});

/** Asks for the service's items; those of last time stay where it can't be asked. */
export async function loadItems({ patient }: CounterService): Promise<void> {
  const all = (await patient.serviceItems()) as readonly ToldItem[];
  const handled = session.current?.client.serviceItems ?? null;
  items.all = all.filter(({ code }) => handled === null || handled.includes(code));
  localStorage.setItem(ITEMS_KEY, JSON.stringify(items.all));
  if (chosenItem() === null) choose(items.all[0] ?? null);
}

export function chosenItem(): ToldItem | null {
  return items.all.find(({ code }) => code === chosen.item) ?? null;
}

/** Its first usual cause comes with it. */
export function choose(item: ToldItem | null): void {
  chosen.item = item?.code ?? "";
  chosen.useCause = item?.causes[0] ?? "";
}

export function regionHere(): string | null {
  return chosen.region === "" ? (session.current?.client.region ?? null) : chosen.region;
}

export function matterNow(): CounterMatter {
  return {
    audience: session.current?.client.name ?? "",
    region: regionHere(),
    item: toRaw(chosenItem()),
    hasItems: items.all.length > 0,
    useCause: chosen.useCause === "" ? null : chosen.useCause,
    maxPackAge: chosen.maxPackAge,
  };
}

/** What the service items are called, by their codes. */
export function itemNames(): ReadonlyMap<string, Words> {
  return new Map(items.all.map(({ code, names }) => [code, names]));
}

/** What the definitions of the types that are asked for call their claims. */
export function claimWords(type: string | null): ReadonlyMap<string, Words> {
  const of = items.all.flatMap(({ types }) => types.filter((asked) => asked.type === type));
  return new Map(of.flatMap(({ claims }) => claims.map(({ name, words }) => [name, words])));
}

function kept(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
