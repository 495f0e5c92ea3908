/** The service items (事项) of a verification service, as its configuration names their file. */
import { readFile } from "node:fs/promises";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { Problem } from "../../core/problem.ts";
import { itemFault } from "../../core/service-items/item-faults.ts";
import type { ItemFault } from "../../core/service-items/item-faults.ts";
import type { ParsedItems } from "../../core/service-items/parse-service-items.ts";
import { ServiceItems } from "../../core/service-items/service-item.ts";

/** How many faults are named: a person corrects them one by one. */
const NAMED_FAULTS = 5;

/**
 * @param file null for none
 * @throws Problem FILE_NOT_FOUND, SERVICE_ITEMS_INVALID with every place at fault
 */
export async function loadServiceItems(
  file: string | null,
  types: readonly CertificateType[],
): Promise<ServiceItems> {
  if (file === null) return new ServiceItems([]);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  const parsed = await parse(text, types);
  if (parsed.ok) return new ServiceItems(parsed.items);
  throw new Problem("SERVICE_ITEMS_INVALID", `${file}: ${describe(parsed.faults)}`);
}

async function parse(text: string, types: readonly CertificateType[]): Promise<ParsedItems> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, faults: [itemFault("NOT_JSON", "", (error as Error).message)] };
  }
  const { parseServiceItems } = await import("../../core/service-items/parse-service-items.ts");
  return parseServiceItems(json, types);
}

function describe(faults: readonly ItemFault[]): string {
  const named = faults.slice(0, NAMED_FAULTS).map(({ place, code, en }) => {
    return `${place === "" ? "" : `${place}: `}${code}, ${en}`;
  });
  const more = faults.length - named.length;
  return [...named, ...(more > 0 ? [`and ${String(more)} more`] : [])].join("; ");
}
