/** Writes the types of the JavaScript client from the OpenAPI document: node test/support/write-client-types.ts */
import { writeFile } from "node:fs/promises";
import { CLIENT_TYPES, clientTypes } from "./client-types.ts";

await writeFile(CLIENT_TYPES, await clientTypes());
