/** Walks a record along its schema and checks every text in it: characters first, then the format. */
import type { CheckMode } from "../identifiers/faults.ts";
import type { FormatFault } from "./check-format.ts";
import { checkFormat } from "./check-format.ts";
import { checkText } from "./check-text.ts";
import type { FieldSchema } from "./record-schema.ts";

export interface ValueContext {
  readonly today: string;
  readonly mode: CheckMode;
  readonly typeCode: string;
  /** Takes each fault with its place, such as `owners[1].holderCode`, and the text. */
  readonly report: (place: string, fault: FormatFault, text: string) => void;
}

type Members = Readonly<Record<string, unknown>>;

/** The value with its texts as they go into the certificate; faults go to `context.report`. */
export function checkValue(
  schema: FieldSchema,
  value: unknown,
  place: string,
  siblings: Members,
  context: ValueContext,
): unknown {
  if (typeof value === "string") return checkString(schema, value, place, siblings, context);
  if (Array.isArray(value)) {
    const items = schema.items ?? NO_SCHEMA;
    return value.map((item, i) => checkValue(items, item, `${place}[${String(i)}]`, {}, context));
  }
  if (typeof value !== "object" || value === null) return value;
  return checkMembers(schema.properties ?? {}, value as Members, `${place}.`, context);
}

/** Stands in where the record has something that the schema doesn't describe. */
const NO_SCHEMA: FieldSchema = { type: "string" };

/** @param prefix what goes before a member's name in its place: empty for the record itself. */
export function checkMembers(
  properties: Readonly<Record<string, FieldSchema>>,
  members: Members,
  prefix: string,
  context: ValueContext,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, checkValue(schema ?? NO_SCHEMA, value, prefix + name, members, context)];
    }),
  );
}

function checkString(
  schema: FieldSchema,
  text: string,
  place: string,
  siblings: Members,
  context: ValueContext,
): string {
  const code = checkText(text);
  if (code !== null) context.report(place, { code, severity: "error" }, text);
  if (code !== null || schema.format === undefined) return text;
  const holderCodeType = siblings[`${place.slice(place.lastIndexOf(".") + 1)}Type`];
  const answer = checkFormat(schema.format, text, { ...context, holderCodeType });
  for (const fault of answer.faults) context.report(place, fault, text);
  return answer.text;
}
