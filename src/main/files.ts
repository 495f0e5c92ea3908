/** What commands read from and leave on the disk. */
export { openSource } from "../adapters/sources/open-source.ts";
export { readCertificateText, readInput } from "../adapters/sources/certificate-input.ts";
export {
  createDurably as createFile,
  makeFolder,
  writeDurably,
} from "../adapters/store/durable-file.ts";
export { faultFile } from "../adapters/store/fault-file.ts";
