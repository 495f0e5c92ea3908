/** What the claims of a type are called: by the service, as far as its matters name them, or by the catalogue. */
import type { components } from "../../../../clients/javascript/src/api.ts";
import type { Words } from "../../../core/words.ts";
import { callJson } from "../../service/json-call.ts";
import { catalogueNames } from "../../words/catalogue-names.ts";

type Items = components["schemas"]["ServiceItemList"];

/**
 * All matters are asked for, whatever was shown: the question says nothing of the code.
 * One that neither knows keeps its short name.
 */
export async function claimNames(type: string | null): Promise<ReadonlyMap<string, Words>> {
  const [known, list] = await Promise.all([
    catalogueNames(type),
    callJson<Items>("/v1/service-items").catch(() => ({ items: [] })),
  ]);
  const types = list.items.flatMap((item) => item.types.filter((one) => one.type === type));
  const named = types.flatMap(({ claims }) => claims);
  return new Map([...known, ...named.map(({ name, words }) => [name, words] as const)]);
}
