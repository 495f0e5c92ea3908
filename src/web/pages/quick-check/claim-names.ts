/** What the claims of a type are called, as far as the service's matters name them. */
import type { components } from "../../../../clients/javascript/src/api.ts";
import type { Words } from "../../../core/words.ts";
import { callJson } from "../../service/json-call.ts";

type Items = components["schemas"]["ServiceItemList"];

/**
 * All matters are asked for, whatever was shown: the question says nothing of the code.
 * @returns nothing where the service can't be reached: claims then keep their short names
 */
export async function claimNames(type: string | null): Promise<ReadonlyMap<string, Words>> {
  const list = await callJson<Items>("/v1/service-items").catch(() => ({ items: [] }));
  const types = list.items.flatMap((item) => item.types.filter((one) => one.type === type));
  const named = types.flatMap(({ claims }) => claims);
  return new Map(named.map(({ name, words }) => [name, words]));
}
