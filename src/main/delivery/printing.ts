/** Certificates and codes on paper. */
export { certificatePdf } from "../../adapters/pdf/certificate-pdf.ts";
export { CodeSheets } from "../../adapters/pdf/code-sheet.ts";
export { openFonts } from "../../adapters/pdf/fonts.ts";
export type { PageFonts } from "../../adapters/pdf/fonts.ts";
