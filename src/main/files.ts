/** What commands read from and leave on the disk. */
export { openCsv } from "../adapters/sources/csv-source.ts";
export { readCertificateText, readInput } from "../adapters/sources/certificate-input.ts";
export { batchFolder } from "../adapters/store/batch-folder.ts";
export { makeFolder, writeDurably } from "../adapters/store/durable-file.ts";
export { faultFile } from "../adapters/store/fault-file.ts";
export { writeQr } from "../adapters/qr/write-qr.ts";
