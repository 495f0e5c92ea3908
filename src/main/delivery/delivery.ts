/** How certificates leave the agency's store: as files and archives. */
export { createBeside } from "../../adapters/archive/beside-file.ts";
export { createFolder } from "../../adapters/archive/whole-folder.ts";
export { createZip } from "../../adapters/archive/zip-writer.ts";
