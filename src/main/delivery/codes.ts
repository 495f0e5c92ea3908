/** QR codes as pictures and for the terminal. */
export { writeQr } from "../../adapters/qr/write-qr.ts";
