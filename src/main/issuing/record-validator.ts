/** Checking a record the long way, loaded when the first record needs it: Ajv takes longer than all else here. */
import { createRequire } from "node:module";
import { extname } from "node:path";
import type { CompileValidator } from "../../app/issue/record-reader.ts";
import type { compileRecordValidator } from "../../core/catalogue/validate-record.ts";

interface Validating {
  readonly compileRecordValidator: typeof compileRecordValidator;
}

const load = createRequire(import.meta.url);
const VALIDATING = `../../core/catalogue/validate-record${extname(import.meta.filename)}`;

export const compileWhenNeeded: CompileValidator = (type) => {
  return (load(VALIDATING) as Validating).compileRecordValidator(type);
};
