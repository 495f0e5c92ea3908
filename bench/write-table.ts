/**
 * Writes a large table of synthetic records. In a process of its own, so that what it needs of memory is not
 * taken for what issuing needs.
 *
 *     node bench/write-table.ts TYPE-FILE COUNT FILE
 */
import { open } from "node:fs/promises";
import { readCatalogueFiles } from "../src/adapters/catalogue/read-catalogue.ts";
import { generateRecords } from "../src/app/sample/generate-records.ts";
import { toCsv } from "../src/app/sample/to-csv.ts";

const BUFFER_CHARACTERS = 1 << 20;

const [typeFile = "", records = "", file = ""] = process.argv.slice(2);
const [type] = (await readCatalogueFiles([typeFile])).types;
if (type === undefined) throw new Error(`${typeFile} is no certificate type`);
const sample = generateRecords(type, {
  ...{ count: Number(records), seed: "bench", today: "2026-01-15" },
});
const handle = await open(file, "w");
let pending = "";
for (const line of toCsv(Object.keys(type.schema.properties), sample)) {
  pending += line;
  if (pending.length < BUFFER_CHARACTERS) continue;
  await handle.writeFile(pending);
  pending = "";
}
await handle.writeFile(pending);
await handle.close();
