/** How codes are written: what requests are checked against and answers promise. */
import { PROVINCES } from "../../core/identifiers/provinces.ts";
import type { Schema } from "./schema.ts";
import { hex, text } from "./schema.ts";

const PREFIXES = PROVINCES.map(({ code }) => code.slice(0, 2)).join("|");

/** `0` or six digits that begin with a province's. */
export const REGION: Schema = text(
  "GB/T 2260 region code of a known province: six digits, or 0 for the whole country (行政区划代码)",
  { pattern: `^(?:0|(?:${PREFIXES})[0-9]{4})$`, examples: ["460000", "460200", "0"] },
);

export const AGENCY_CODE: Schema = text(
  "unified social credit code of the agency, 18 characters (统一社会信用代码)",
  { pattern: "^[0-9A-Z]{18}$", examples: ["11460200MB1234567A"] },
);

export const TYPE_CODE: Schema = text("certificate type code, 21 characters (证照类型代码)", {
  pattern: "^[0-9A-Z]{18}[0-9]{3}$",
  examples: ["11100000000019907J001"],
});

export const ROOT: Schema = hex(
  "Merkle root of the batch, 0x and 64 lower-case hex digits (批次根)",
  32,
);

export const ACCOUNT: Schema = hex("account on the chain, 0x and 40 lower-case hex digits", 20);
