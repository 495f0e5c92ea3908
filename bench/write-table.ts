/**
 * Writes a large table of synthetic records, and prints how many of them are bad. In a process of its own, so
 * that what it needs of memory is not taken for what issuing needs.
 *
 *     node bench/write-table.ts TYPE-FILE RECORDS FILE [--agency CODE] [--bad] [--encoding gb18030]
 */
import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import { readCatalogueFiles } from "../src/adapters/catalogue/read-catalogue.ts";
import { DEMO_AGENCIES } from "../src/app/sample/demo-agencies.ts";
import { generateRecords } from "../src/app/sample/generate-records.ts";
import { toCsv } from "../src/app/sample/to-csv.ts";
import { encodeGb18030 } from "../test/support/gb18030.ts";
import { BadRows } from "./bad-rows.ts";

const BUFFER_CHARACTERS = 1 << 20;
const SEED = "bench";
const TODAY = "2026-01-15";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    agency: { type: "string" },
    bad: { type: "boolean", default: false },
    encoding: { type: "string", default: "utf8" },
  },
});
const [typeFile = "", records = "", file = ""] = positionals;
const [type] = (await readCatalogueFiles([typeFile])).types;
if (type === undefined) throw new Error(`${typeFile} is no certificate type`);
const agency = DEMO_AGENCIES.find(({ code }) => code === values.agency);
const sample = generateRecords(type, {
  ...{ count: Number(records), seed: SEED, today: TODAY, ...(agency && { agency }) },
});
const bad = new BadRows(type, SEED);
const rows = values.bad ? bad.among(sample) : sample;
const encode = values.encoding === "gb18030" ? encodeGb18030 : (text: string): string => text;

const handle = await open(file, "w");
let pending = "";
for (const line of toCsv(Object.keys(type.schema.properties), rows)) {
  pending += line;
  if (pending.length < BUFFER_CHARACTERS) continue;
  await handle.writeFile(encode(pending));
  pending = "";
}
await handle.writeFile(encode(pending));
await handle.close();
process.stdout.write(`${JSON.stringify({ records: Number(records), bad: bad.count })}\n`);
