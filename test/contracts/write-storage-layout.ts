/** `node test/contracts/write-storage-layout.ts` keeps the layout as it now is. */
import { writeFileSync } from "node:fs";
import { LAYOUT_FILE, storageLayout } from "./storage-layout.ts";

writeFileSync(LAYOUT_FILE, `${JSON.stringify(storageLayout(), null, 2)}\n`);
