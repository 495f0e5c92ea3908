/** The one form of all lists that come in pages. */
import type { Schema, SchemaName } from "./schema.ts";
import { integer, list, nullable, object, ref, text } from "./schema.ts";

export function page(description: string, item: SchemaName): Schema {
  return object(description, {
    items: list("In the order in which the chain recorded them.", ref(item)),
    next: nullable("The cursor of the next page (下一页); null where this is the last.", text("")),
    total: nullable("How many there are in all; null where it is not counted.", integer()),
    limit: integer("As asked.", { minimum: 1 }),
    ledger: ref("Ledger"),
  });
}
