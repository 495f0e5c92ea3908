/** The claims (照面信息) of made-up certificate types, named as GB/T 36903 and its kin name them. */
import type { CertificateType, ClaimDefinition } from "../../core/catalogue/certificate-type.ts";
import type { FieldSchema } from "../../core/catalogue/record-schema.ts";

/** A claim with its schema; optional ones may be missing in a record. */
export interface ClaimSketch {
  readonly claim: ClaimDefinition;
  readonly schema: FieldSchema;
  readonly isOptional?: true;
}

type Holder = CertificateType["holderType"];

const LINE: FieldSchema = { type: "string", minLength: 1, maxLength: 60 };
const ADDRESS: FieldSchema = { type: "string", minLength: 1, maxLength: 200 };
const DAY: FieldSchema = { type: "string", format: "date", maxLength: 10 };
const CREDIT_CODE: FieldSchema = { type: "string", format: "credit-code", maxLength: 18 };

type Privacy = Pick<ClaimDefinition, "sensitivity" | "mask">;
const OPEN: Privacy = { sensitivity: "public", mask: "none" };
const NAME: Privacy = { sensitivity: "personal", mask: "name" };
const HIDDEN: Privacy = { sensitivity: "personal", mask: "all" };

function sketch(
  [name, zh, en, sourceName]: readonly [string, string, string, string?],
  privacy: Privacy,
  schema: FieldSchema,
): ClaimSketch {
  const source = sourceName === undefined ? {} : { sourceName };
  return { claim: { name, zh, en, ...source, ...privacy }, schema };
}

/** Who or what the certificate is about. */
const HOLDER_CLAIMS: Readonly<Record<Holder, readonly ClaimSketch[]>> = {
  person: [
    sketch(["holderName", "姓名", "Holder's name", "CZZT"], NAME, { ...LINE, maxLength: 50 }),
    sketch(["holderSex", "性别", "Sex"], HIDDEN, { type: "string", enum: ["男", "女"] }),
    sketch(
      ["holderIdNumber", "身份证件号码", "Holder's citizen identity number", "CZZTDM"],
      { sensitivity: "sensitive", mask: "citizenId" },
      { type: "string", format: "citizen-id", maxLength: 18 },
    ),
  ],
  organisation: [
    sketch(["holderName", "持证主体", "Holder", "CZZT"], OPEN, LINE),
    sketch(["holderCode", "持证主体代码", "Holder's credit code", "CZZTDM"], OPEN, CREDIT_CODE),
    sketch(["legalRepresentativeName", "法定代表人", "Legal representative"], NAME, {
      ...LINE,
      maxLength: 50,
    }),
    sketch(["holderAddress", "地址", "Address"], OPEN, ADDRESS),
  ],
  asset: [
    sketch(["assetNumber", "登记对象编号", "Number of what is registered"], OPEN, {
      type: "string",
      pattern: "^[A-Z]{2}\\d{8}$",
      maxLength: 10,
    }),
    sketch(["holderName", "权利人", "Owner", "CZZT"], OPEN, LINE),
    sketch(["holderCode", "权利人代码", "Owner's credit code", "CZZTDM"], OPEN, CREDIT_CODE),
  ],
};

/** What every certificate says of itself and its issuer. */
const COMMON_CLAIMS: readonly ClaimSketch[] = [
  sketch(["certificateIdentifier", "电子证照标识", "Certificate identifier", "ZZBS"], HIDDEN, {
    type: "string",
    format: "certificate-identifier",
    maxLength: 96,
  }),
  sketch(["issuingAuthority", "颁发机构", "Issuing authority", "ZZBFJG"], OPEN, LINE),
  sketch(
    ["issuingAuthorityCode", "颁发机构代码", "Issuing authority's code", "ZZBFJGDM"],
    OPEN,
    CREDIT_CODE,
  ),
  sketch(["issueDate", "颁发日期", "Date of issue", "ZZBFRQ"], OPEN, DAY),
];

const UNTIL_CLAIMS: readonly ClaimSketch[] = [
  sketch(["validFrom", "有效期起始", "Valid from", "ZZYXQQSRQ"], OPEN, DAY),
  sketch(["validUntil", "有效期截止", "Valid until", "ZZYXQJZRQ"], OPEN, DAY),
];

/** The number on the face: letters of the kind, a year and a serial. */
function numberSketch(prefix: string): ClaimSketch {
  const pattern = `^${prefix}20\\d{2}\\d{8}$`;
  return sketch(["certificateNumber", "证照编号", "Certificate number", "ZZBH"], OPEN, {
    type: "string",
    pattern,
    maxLength: prefix.length + 12,
  });
}

function scopeSketch(zh: string, en: string, choices: readonly string[]): ClaimSketch {
  return sketch(["scope", zh, en], OPEN, { type: "string", enum: choices });
}

const REMARK: ClaimSketch = {
  ...sketch(["remark", "备注", "Remark"], OPEN, {
    type: "string",
    maxLength: 200,
    examples: ["样例数据", "仅供演示"],
  }),
  isOptional: true,
};

export interface FaceOrder {
  readonly holder: Holder;
  readonly prefix: string;
  readonly scope: readonly [zh: string, en: string, choices: readonly string[]];
  readonly hasEnd: boolean;
  readonly hasRemark: boolean;
}

/** All claims on the face of a type, in the order in which they are shown. */
export function faceClaims({ holder, prefix, scope, hasEnd, hasRemark }: FaceOrder): ClaimSketch[] {
  return [
    ...HOLDER_CLAIMS[holder],
    numberSketch(prefix),
    scopeSketch(...scope),
    ...COMMON_CLAIMS,
    ...(hasEnd ? UNTIL_CLAIMS : []),
    ...(hasRemark ? [REMARK] : []),
  ];
}
