/**
 * The part of JSON Schema (draft 2020-12) that catalogue entries use. No references, no choices
 * between schemas and no fractions, so that a form, a check and a sample can be made from it.
 */

export type FieldFormat =
  | "citizen-id"
  | "credit-code"
  | "certificate-identifier"
  | "date"
  | "holder-code"
  | "phone"
  | "region";

export type SchemaTypeName = "string" | "integer" | "boolean" | "array" | "object" | "null";

export interface FieldSchema {
  /** A name, or a name and `null` for 'none' (长期). */
  readonly type: SchemaTypeName | readonly SchemaTypeName[];
  readonly format?: FieldFormat;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** Code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly examples?: readonly string[];
}

export interface RecordSchema {
  readonly $schema: "https://json-schema.org/draft/2020-12/schema";
  readonly type: "object";
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** The field's type beside `null`. */
export function mainTypeOf(schema: FieldSchema): SchemaTypeName {
  if (typeof schema.type === "string") return schema.type;
  return schema.type.find((name) => name !== "null") ?? "null";
}

export function isNullable(schema: FieldSchema): boolean {
  return schema.type.includes("null");
}
