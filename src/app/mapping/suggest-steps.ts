/** Which steps the values of a column need to become those of a claim, as far as that is certain. */
import { CODE_NAMES } from "../../core/catalogue/element-names.ts";
import { coerceCell, NO_END } from "../../core/catalogue/coerce-cell.ts";
import { cellMapper } from "../../core/catalogue/map-cell.ts";
import type { ColumnSource, DateFormat } from "../../core/catalogue/mapping.ts";
import { DATE_FORMATS } from "../../core/catalogue/mapping.ts";
import type { FieldSchema } from "../../core/catalogue/record-schema.ts";
import { isNullable, mainTypeOf } from "../../core/catalogue/record-schema.ts";
import { isCalendarDate } from "../../core/identifiers/calendar-date.ts";

type Steps = Omit<ColumnSource, "column">;

const SEPARATORS = ["、", "；", "，", ",", "|", "/", " "];
/** How databases write 'without end'. */
const FAR_DATE = /^9999[-/.]?12[-/.]?31$/;
/** A code table is not made of more values than a person would look through. */
const MAX_CODES = 200;

/** @param values texts that occur in the column, none of them empty */
export function suggestSteps(schema: FieldSchema, values: readonly string[]): Steps {
  const trim = values.some((value) => value.trim() !== value);
  const trimmed = trim ? values.map((value) => value.trim()) : values;
  return { ...(trim && { trim }), ...stepsFor(schema, trimmed) };
}

function stepsFor(schema: FieldSchema, values: readonly string[]): Steps {
  if (schema.format === "date") return dateSteps(schema, values);
  const type = mainTypeOf(schema);
  if (type === "array") return listSteps(schema, values);
  if (type === "boolean") return codeSteps(["true", "false"], values, schema);
  return schema.enum === undefined ? {} : codeSteps(schema.enum, values, schema);
}

function dateSteps(schema: FieldSchema, values: readonly string[]): Steps {
  const endless = isNullable(schema) ? values.filter((value) => FAR_DATE.test(value)) : [];
  const dates = values.filter((value) => !endless.includes(value) && value !== NO_END);
  const date = dates.every(isCalendarDate) ? undefined : formatOf(dates);
  const codes = Object.fromEntries(endless.map((value) => [value, NO_END]));
  // Beside a code table a date needs a format of its own.
  const beside = date ?? (endless.length > 0 && dates.length > 0 ? "YYYY-M-D" : undefined);
  return {
    ...(endless.length > 0 && { codes }),
    ...(beside !== undefined && { date: beside }),
  };
}

/** The first format in which all of them are dates that exist. */
function formatOf(values: readonly string[]): DateFormat | undefined {
  return DATE_FORMATS.find((date) => {
    const mapper = cellMapper({ column: "", date });
    return values.every((value) => {
      const dated = mapper?.(value).value;
      return typeof dated === "string" && isCalendarDate(dated);
    });
  });
}

function listSteps(schema: FieldSchema, values: readonly string[]): Steps {
  const items = schema.items?.enum;
  const split = SEPARATORS.find((separator) => {
    if (!values.some((value) => value.includes(separator))) return false;
    const parts = values.flatMap((value) => value.split(separator)).map((part) => part.trim());
    return items === undefined
      ? separator === SEPARATORS[0]
      : parts.every((part) => items.includes(part));
  });
  if (split === undefined) return {};
  const hasSpace = values.some((value) => value.split(split).some((part) => part !== part.trim()));
  return { split, ...(hasSpace && { trim: true }) };
}

/** A table of all the type's values and of what stands for one of them without doubt; else none. */
function codeSteps(
  choices: readonly string[],
  values: readonly string[],
  schema: FieldSchema,
): Steps {
  const isRight = (value: string): boolean => {
    return schema.enum === undefined
      ? typeof coerceCell(schema, value) === "boolean"
      : choices.includes(value);
  };
  const foreign = values.filter((value) => !isRight(value));
  const known = foreign.flatMap((value) => {
    const choice = choices.find((each) => isAnotherName(each, value));
    return choice === undefined ? [] : [[value, choice] as const];
  });
  if (known.length === 0 || choices.length > MAX_CODES) return {};
  const own = [...new Set([...choices, ...values.filter(isRight)])];
  return {
    codes: Object.fromEntries([...own.map((choice) => [choice, choice] as const), ...known]),
  };
}

function isAnotherName(choice: string, value: string): boolean {
  const names = Object.hasOwn(CODE_NAMES, choice) ? (CODE_NAMES[choice] ?? []) : [];
  return names.some((name) => name.toLowerCase() === value.toLowerCase());
}
