/** 1. Does it decode, within limits? */
import { certificateFromJson } from "../../certificate/certificate-file.ts";
import { FormatError } from "../../encoding/format-error.ts";
import type { Primitives } from "../../hashing.ts";
import { suiteHash } from "../../hashing.ts";
import { proveDisclosure } from "../../presentation/disclose.ts";
import { decodePresentation } from "../../presentation/presentation.ts";
import { fromQrText } from "../../presentation/qr-text.ts";
import type { Given, Shown } from "../case.ts";
import type { CheckOutcome } from "../check.ts";
import { fail } from "../check.ts";

/** @returns what is shown, or the failed check that says why it can't be read. */
export function readGiven(primitives: Primitives, given: Given): Shown | CheckOutcome {
  try {
    return "qr" in given ? readQr(given.qr) : readFile(primitives, given.certificate);
  } catch (error) {
    if (error instanceof FormatError) return fail(error.code, error.message);
    throw error;
  }
}

function readQr(text: string): Shown {
  const presentation = decodePresentation(fromQrText(text));
  return { proof: presentation.proof, presentation, file: null };
}

function readFile(primitives: Primitives, json: unknown): Shown {
  const file = certificateFromJson(json);
  const everything = new Set(file.claims.map(({ name }) => name));
  const proof = proveDisclosure(suiteHash(primitives, file.suite), file, everything);
  return { proof, presentation: null, file };
}
