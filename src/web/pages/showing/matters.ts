/** The matters (事项) that may ask for a type of certificate, as the service told them last: kept, for when there is no network. */
import type { ServiceItem } from "../../../../clients/javascript/src/index.ts";
import { callJson } from "../../service/json-call.ts";

const KEY = "liangzheng.matters";
/** Types whose matters are kept: more than a person has certificates of. */
const MOST_TYPES = 50;

type Kept = Readonly<Record<string, readonly ServiceItem[]>>;

/** @returns none where they were never told. Never throws. */
export async function mattersFor(type: string): Promise<readonly ServiceItem[]> {
  try {
    const query = encodeURIComponent(type);
    const told = await callJson<{ items: ServiceItem[] }>(`/v1/service-items?type=${query}`);
    keep(type, told.items);
    return told.items;
  } catch {
    return kept()[type] ?? [];
  }
}

function kept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

function keep(type: string, items: readonly ServiceItem[]): void {
  const others = Object.entries(kept()).filter(([name]) => name !== type);
  const all = [[type, items], ...others].slice(0, MOST_TYPES) as [string, ServiceItem[]][];
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(all)));
  } catch {
    // No room: they are asked for again next time.
  }
}

/** The matter that a request or a grant names, by code or either name. */
export function matterNamed(items: readonly ServiceItem[], word: string): ServiceItem | null {
  const found = items.find(({ code, names }) => [code, names.zh, names.en].includes(word));
  return found ?? null;
}
