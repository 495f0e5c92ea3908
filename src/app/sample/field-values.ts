/** One value for one field, found from its format, mask and name, and else from its JSON schema. */
import type { CertificateType, ClaimDefinition } from "../../core/catalogue/certificate-type.ts";
import type { FieldFormat, FieldSchema } from "../../core/catalogue/record-schema.ts";
import { isNullable, mainTypeOf } from "../../core/catalogue/record-schema.ts";
import { addYears, dateOfDay, dayOfDate } from "../../core/identifiers/calendar-date.ts";
import { formatCertificateIdentifier } from "../../core/identifiers/certificate-identifier.ts";
import type { DemoAgency } from "./demo-agencies.ts";
import { fictitiousCreditCode, fictitiousPhone, sexOfCitizenId } from "./fictitious.ts";
import { patternText } from "./pattern-text.ts";
import type { Person } from "./person.ts";
import { makePerson } from "./person.ts";
import { makeAddress, makeBusinessName, pickRegion } from "./place.ts";
import type { Prng } from "./prng.ts";

/** What all rows of a run share. */
export interface Run {
  readonly type: CertificateType;
  readonly count: number;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly agency: DemoAgency;
  readonly prng: Prng;
  /** A word of the seed, which keeps the identifiers of different runs apart. */
  readonly tag: string;
  /** How many people and organisations have been made: each takes the next number. */
  drawn: number;
}

/** What the fields of one record, or of one map in it, share. */
export interface Scope {
  readonly run: Run;
  readonly index: number;
  /** The first day of the certificate's validity, at most a year ago. */
  readonly startDate: string;
  readonly people: Map<string, Person>;
  readonly members: Record<string, unknown>;
}

export interface Field {
  readonly schema: FieldSchema;
  readonly claim: ClaimDefinition;
}

const DAYS_IN_YEAR = 365;
/** For certificate numbers of types that don't say how theirs are made up. */
const NUMBER_PATTERN = "^S\\d{9}$";
const SEX_OF_ROLE: ReadonlyMap<string, "男" | "女"> = new Map([
  ["mother", "女"],
  ["father", "男"],
  ["firstSpouse", "男"],
  ["secondSpouse", "女"],
]);
/** Checked citizen identity numbers and credit codes (GB/T 36903, annex A). */
const CHECKED_CODE_TYPES = ["111", "001"];

export function fieldValue(field: Field, scope: Scope): unknown {
  const { schema, claim } = field;
  if (schema.enum !== undefined) return chosenValue(schema.enum, claim.name, scope);
  if (schema.format !== undefined) return FORMATS[schema.format](field, scope);
  if (mainTypeOf(schema) === "string") return textValue(field, scope);
  return otherValue(field, scope);
}

type FieldGenerator = (field: Field, scope: Scope) => unknown;

const FORMATS: Readonly<Record<FieldFormat, FieldGenerator>> = {
  "citizen-id": ({ claim }, scope) => personFor(claim.name, scope).citizenId,
  "credit-code": creditCode,
  "certificate-identifier": certificateIdentifier,
  date: dateValue,
  "holder-code": holderCode,
  phone: (_, { run }) => fictitiousPhone(run.prng.below(10 ** 8)),
  region: (_, { run }) => pickRegion(run.prng, run.type.region),
};

function chosenValue(choices: readonly string[], name: string, scope: Scope): string {
  if (name.endsWith("Sex")) return personFor(name, scope).sex;
  const codeTypes = CHECKED_CODE_TYPES.filter((code) => choices.includes(code));
  if (name.endsWith("CodeType") && codeTypes[0] !== undefined) return codeTypes[0];
  return scope.run.prng.pick(choices);
}

/** `motherName`, `motherIdNumber` and `motherBirthDate` are of one person in a record. */
function personFor(name: string, { run, people }: Scope): Person {
  const role = name.replace(/(?:Name|Sex|BirthDate|Ethnicity|IdNumber|Code)$/, "");
  const known = people.get(role);
  if (known !== undefined) return known;
  const sex = SEX_OF_ROLE.get(role) ?? sexOfCitizenId(run.drawn);
  while (sexOfCitizenId(run.drawn) !== sex) run.drawn++;
  const made = makePerson(run.prng, run.drawn++, birthDays(role, run.today));
  people.set(role, made);
  return made;
}

/** Adults are 25 to 65; the newborn are one to two, so that their certificates come after them. */
function birthDays(role: string, today: string): { first: number; end: number } {
  const [youngest, oldest] = role === "newborn" ? [1, 2] : [25, 65];
  const now = dayOfDate(today);
  return { first: now - oldest * DAYS_IN_YEAR, end: now - youngest * DAYS_IN_YEAR };
}

function creditCode({ claim }: Field, { run }: Scope): string {
  if (claim.name === "issuingAuthorityCode") return run.agency.code;
  return fictitiousCreditCode(run.drawn++);
}

function certificateIdentifier(_: Field, { run, index }: Scope): string {
  const serial = `SAMPLE${run.tag}${String(index + 1).padStart(10, "0")}`;
  const { code } = run.type;
  const made = formatCertificateIdentifier({
    typeCode: code,
    issuerCode: run.agency.code,
    serial,
    version: 1,
  });
  if (!made.ok) throw new RangeError(`no identifier can be made of ${code} and ${run.agency.code}`);
  return made.value;
}

function holderCode({ claim }: Field, scope: Scope): string {
  const codeType = scope.members[`${claim.name}Type`];
  if (codeType === "001") return fictitiousCreditCode(scope.run.drawn++);
  return personFor(claim.name, scope).citizenId;
}

function dateValue({ claim, schema }: Field, scope: Scope): string | null {
  const { prng, type } = scope.run;
  const { validity } = type;
  if (claim.name.endsWith("BirthDate")) return personFor(claim.name, scope).birthDate;
  if (claim.name === validity.from || claim.name === "issueDate") return scope.startDate;
  const isEnd = validity.kind === "until" && claim.name === validity.until;
  if (isNullable(schema) && prng.below(4) === 0) return null;
  if (isEnd || isNullable(schema)) return addYears(scope.startDate, prng.pick([3, 5, 6, 10]));
  return dateOfDay(dayOfDate(scope.startDate) - prng.below(5 * DAYS_IN_YEAR));
}

function textValue(field: Field, scope: Scope): string {
  const { claim, schema } = field;
  const { prng, type, count, agency } = scope.run;
  if (claim.name === type.numberClaim) {
    return patternText(schema.pattern ?? NUMBER_PATTERN, prng, scope.index, count);
  }
  if (claim.name === "issuingAuthority") return agency.zh;
  if (claim.name.endsWith("Ethnicity")) return personFor(claim.name, scope).ethnicity;
  if (claim.mask === "name") return personFor(claim.name, scope).name;
  if (claim.name.endsWith("Address")) return makeAddress(prng);
  if (claim.name.endsWith("Name")) return makeBusinessName(prng);
  return textFromSchema(schema, prng);
}

function textFromSchema(schema: FieldSchema, prng: Prng): string {
  if (schema.examples !== undefined) return prng.pick(schema.examples);
  if (schema.pattern !== undefined) return patternText(schema.pattern, prng, 0, 1);
  const length = Math.max(schema.minLength ?? 1, Math.min(schema.maxLength as number, 4));
  return "样例".repeat(length).slice(0, length);
}

function otherValue(field: Field, scope: Scope): unknown {
  const { schema } = field;
  const { prng } = scope.run;
  switch (mainTypeOf(schema)) {
    case "integer":
      return integerValue(schema, prng);
    case "boolean":
      return prng.below(2) === 1;
    case "array":
      return listValue(field, scope);
    default:
      return partsValue(field, scope);
  }
}

/** A map has people of its own, so that the owners of one thing are different ones. */
function partsValue({ schema, claim }: Field, scope: Scope): unknown {
  const own = { ...scope, people: new Map<string, Person>(), members: {} };
  return mapValue(schema as MapSchema, claim.parts as readonly ClaimDefinition[], own);
}

function integerValue(schema: FieldSchema, prng: Prng): number {
  const [least, most] = [schema.minimum as number, schema.maximum as number];
  return least + prng.below(Math.min(most - least + 1, 2 ** 32));
}

/** At least one item, up to three more than the fewest; repetitions are left out where items must differ. */
function listValue({ schema, claim }: Field, scope: Scope): unknown[] {
  const { items, minItems = 0, maxItems, uniqueItems } = schema;
  const fewest = Math.max(minItems, 1);
  const extra = Math.min((maxItems as number) - fewest, 3);
  const length = fewest + scope.run.prng.below(extra + 1);
  const field = { schema: items as FieldSchema, claim };
  const values = Array.from({ length }, () => fieldValue(field, scope));
  return uniqueItems === true ? [...new Set(values)] : values;
}

type MapSchema = Required<Pick<FieldSchema, "properties" | "required">>;

/** The members of a record or map, one after the other, since some look at those before. */
export function mapValue(
  { properties, required }: MapSchema,
  claims: readonly ClaimDefinition[],
  scope: Scope,
): Record<string, unknown> {
  for (const claim of claims) {
    const isThere = required.includes(claim.name) || scope.run.prng.below(4) > 0;
    if (!isThere) continue;
    const schema = properties[claim.name] as FieldSchema;
    scope.members[claim.name] = fieldValue({ schema, claim }, scope);
  }
  return scope.members;
}
