/**
 * A made-up catalogue of certificate types, as large as a country's, for demonstrations, tests and load. Its
 * authorities are fictitious (see fictitious.ts), and each type is marked `demo`.
 */
import type { CertificateType, ValidityRule } from "../../core/catalogue/certificate-type.ts";
import type { AgencyCode } from "../../core/identifiers/credit-code.ts";
import { creditCodeCheck, orgCodeCheck } from "../../core/identifiers/credit-code.ts";
import { PROVINCES } from "../../core/identifiers/provinces.ts";
import type { Province } from "../../core/identifiers/provinces.ts";
import { NATIONAL } from "../../core/identifiers/region.ts";
import type { RegionCode } from "../../core/identifiers/region.ts";
import type { TypeCode } from "../../core/identifiers/type-code.ts";
import { faceClaims } from "./catalogue-claims.ts";
import type { FaceOrder } from "./catalogue-claims.ts";
import { CATALOGUE_FIELDS } from "./catalogue-fields.ts";
import type { CatalogueField, Pair } from "./catalogue-fields.ts";
import { createPrng } from "./prng.ts";
import type { Prng } from "./prng.ts";

/** As many types as the national catalogue of electronic certificates lists. */
export const CATALOGUE_SIZE = 634;

export interface CatalogueOptions {
  /** `CATALOGUE_SIZE` where it is left out. */
  readonly count?: number;
  readonly seed: string;
  /** How many regional types have the name of a national one; 0 where it is left out. */
  readonly collisions?: number;
}

/** About one type in seven is a region's own. */
const NATIONAL_SHARE = 0.85;
/** The mainland's provinces: the 31 rows before Taiwan, Hong Kong and Macao. */
const REGIONS = PROVINCES.slice(0, 31);
const NATIONAL_PREFIX = "10";
const NOTE = "Invented, as is its authority: for demonstrations and tests only.";

/** A kind of certificate: what is put behind its subject, and how long it holds. */
interface Form {
  readonly zh: string;
  readonly en: string;
  readonly holder: CertificateType["holderType"];
  readonly subjects: "activities" | "occupations" | "things";
  readonly prefix: string;
  readonly validity: ValidityRule;
  readonly scope: FaceOrder["scope"];
}

const PERMANENT: ValidityRule = { kind: "permanent", from: "issueDate" };
const UNTIL: ValidityRule = { kind: "until", from: "validFrom", until: "validUntil" };
const years = (count: number): ValidityRule => ({ kind: "years", from: "issueDate", years: count });

const ACTIVITY = { holder: "organisation", subjects: "activities" } as const;
const OCCUPATION = { holder: "person", subjects: "occupations" } as const;
const THING = { holder: "asset", subjects: "things" } as const;
const GRADES = ["甲级", "乙级", "丙级"];
const LEVELS = ["一级", "二级", "三级"];
const RANGE: FaceOrder["scope"] = ["许可范围", "Scope", ["全部业务", "部分业务", "试点业务"]];
const GRADE: FaceOrder["scope"] = ["资质等级", "Grade", GRADES];
const LEVEL: FaceOrder["scope"] = ["级别", "Level", LEVELS];
const CONDITION: FaceOrder["scope"] = ["登记类型", "Kind of entry", ["首次登记", "变更登记"]];

const FORMS: readonly Form[] = [
  { zh: "许可证", en: "licence", ...ACTIVITY, prefix: "XK", validity: years(5), scope: RANGE },
  {
    zh: "备案证明",
    en: "filing certificate",
    ...ACTIVITY,
    prefix: "BA",
    validity: PERMANENT,
    scope: RANGE,
  },
  {
    zh: "资质证书",
    en: "qualification certificate",
    ...ACTIVITY,
    prefix: "ZZ",
    validity: UNTIL,
    scope: GRADE,
  },
  {
    zh: "职业资格证书",
    en: "professional qualification",
    ...OCCUPATION,
    prefix: "ZG",
    validity: PERMANENT,
    scope: LEVEL,
  },
  {
    zh: "注册证",
    en: "registration certificate",
    ...OCCUPATION,
    prefix: "ZC",
    validity: UNTIL,
    scope: LEVEL,
  },
  {
    zh: "登记证书",
    en: "register entry",
    ...THING,
    prefix: "DJ",
    validity: PERMANENT,
    scope: CONDITION,
  },
  {
    zh: "检验合格证",
    en: "inspection certificate",
    ...THING,
    prefix: "JY",
    validity: years(2),
    scope: CONDITION,
  },
];

/** A type without its place: a form of certificate for one subject of one field. */
interface Idea {
  readonly field: number;
  readonly subject: Pair;
  readonly form: Form;
}

/**
 * The same options give the same types, by code; names and codes are unique but for the collisions asked for.
 * @throws RangeError for more types than there are ideas, or more collisions than regional types
 */
export function generateCatalogue(options: CatalogueOptions): CertificateType[] {
  const { count = CATALOGUE_SIZE, seed, collisions = 0 } = options;
  const prng = createPrng(`catalogue ${seed}`);
  const ideas = shuffled(allIdeas(), prng);
  const nationals = Math.min(ideas.length, Math.ceil(count * NATIONAL_SHARE));
  const regionals = count - nationals;
  if (regionals > ideas.length * REGIONS.length || collisions > Math.min(regionals, nationals)) {
    throw new RangeError(
      `no catalogue of ${String(count)} types with ${String(collisions)} collisions`,
    );
  }
  const maker = new TypeMaker(prng);
  const types = ideas.slice(0, nationals).map((idea) => maker.national(idea));
  for (let i = 0; i < regionals; i++) {
    const idea = ideas[ideas.length - 1 - (i % ideas.length)] as Idea;
    const region = REGIONS[(i + Math.floor(i / ideas.length)) % REGIONS.length] as Province;
    const namesake = i < collisions ? (types[i] as CertificateType).names : null;
    types.push(maker.regional(idea, region, namesake));
  }
  return types.sort((a, b) => (a.code < b.code ? -1 : 1));
}

function allIdeas(): Idea[] {
  return CATALOGUE_FIELDS.flatMap((field, i) =>
    FORMS.flatMap((form) => field[form.subjects].map((subject) => ({ field: i, subject, form }))),
  );
}

/** Fisher and Yates. */
function shuffled<T>(list: readonly T[], prng: Prng): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}

/** Gives each authority's types their numbers, from 001. */
class TypeMaker {
  readonly #prng: Prng;
  readonly #numbers = new Map<string, number>();

  constructor(prng: Prng) {
    this.#prng = prng;
  }

  national(idea: Idea): CertificateType {
    const { subject, form } = idea;
    const names = { zh: subject[0] + form.zh, en: `${subject[1]} ${form.en}` };
    return this.#type(idea, NATIONAL, names, authorityOf(idea.field, null));
  }

  regional(
    idea: Idea,
    region: Province,
    namesake: CertificateType["names"] | null,
  ): CertificateType {
    const { subject, form } = idea;
    const zh = region.zh + subject[0] + form.zh;
    const names = namesake ?? { zh, en: `${region.en} ${subject[1].toLowerCase()} ${form.en}` };
    return this.#type(idea, region.code as RegionCode, names, authorityOf(idea.field, region));
  }

  #type(
    { form }: Idea,
    region: RegionCode,
    names: CertificateType["names"],
    definingAuthority: CertificateType["definingAuthority"],
  ): CertificateType {
    const { holder, prefix, scope, validity } = form;
    const hasRemark = this.#prng.below(3) === 0;
    const claims = faceClaims({
      holder,
      prefix,
      scope,
      hasEnd: validity.kind === "until",
      hasRemark,
    });
    const required = claims.filter(({ isOptional }) => isOptional !== true);
    return {
      code: this.#codeOf(definingAuthority.code),
      version: 1,
      names,
      definingAuthority,
      region,
      holderType: holder,
      schema: {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        properties: Object.fromEntries(claims.map(({ claim, schema }) => [claim.name, schema])),
        required: required.map(({ claim }) => claim.name),
        additionalProperties: false,
      },
      claims: claims.map(({ claim }) => claim),
      alwaysDisclosed: [
        "holderName",
        "scope",
        ...(validity.kind === "until" ? ["validUntil"] : []),
      ],
      numberClaim: "certificateNumber",
      validity,
      provenance: { kind: "demo", note: NOTE },
    };
  }

  #codeOf(authority: AgencyCode): TypeCode {
    const number = (this.#numbers.get(authority) ?? 0) + 1;
    this.#numbers.set(authority, number);
    return `${authority}${String(number).padStart(3, "0")}` as TypeCode;
  }
}

/** A government body (11) whose region part names a city 99, which no place has. */
function authorityOf(field: number, region: Province | null): CertificateType["definingAuthority"] {
  const { name } = CATALOGUE_FIELDS[field] as CatalogueField;
  const number = String(field + 1).padStart(2, "0");
  const org = `MB1A90${number}`;
  const body = `11${region?.code.slice(0, 2) ?? NATIONAL_PREFIX}99${number}${org}${orgCodeCheck(org)}`;
  return {
    code: (body + creditCodeCheck(body)) as AgencyCode,
    zh: `${region?.zh ?? ""}${name[0]}证照示范中心（虚构）`,
    en: `${region === null ? "" : `${region.en} `}${name[1]} Certificate Demonstration Centre (fictitious)`,
  };
}
