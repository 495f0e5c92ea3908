/** How certificates leave the agency's store: as files, archives, codes and pages. */
export { createBeside } from "../adapters/archive/beside-file.ts";
export { createFolder } from "../adapters/archive/whole-folder.ts";
export { createZip } from "../adapters/archive/zip-writer.ts";
export { certificatePdf } from "../adapters/pdf/certificate-pdf.ts";
export { CodeSheets } from "../adapters/pdf/code-sheet.ts";
export { openFonts } from "../adapters/pdf/fonts.ts";
export type { PageFonts } from "../adapters/pdf/fonts.ts";
export { writeQr } from "../adapters/qr/write-qr.ts";
