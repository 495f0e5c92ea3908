/** The envelope of the adapter for systems in the manner of GB/T 36906. */
import type { Words } from "../../core/words.ts";
import { STATUSES } from "../gbt36906/envelope.ts";
import { RESULTS } from "../gbt36906/verify-result.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { list, nullable, object, ref, text } from "./schema.ts";

/** A number with a meaning for each of its values. */
function numbered(meanings: Readonly<Record<number, Words>>): Schema {
  const said = Object.entries(meanings).map(([value, { zh, en }]) => `${value} ${zh} ${en}`);
  const values = Object.keys(meanings).map(Number);
  return { type: "integer", enum: values, description: said.join("; ") };
}

const element = (description: string): Schema => ({ type: ["string", "null"], description });

const data: Schema = {
  ...object(
    "What was found. Beside what is listed, each claim that the catalogue gives a short name (such as ZZBH, " +
      "ZZBS, ZZBFRQ, CZZT, CZZTDM), as the caller may see it; several holders with a comma between.",
    {
      result: numbered(RESULTS),
      message: text("The result in words."),
      ZZMC: element("证照名称"),
      ZZLXDM: element("证照类型代码"),
      ZZBFJG: element("证照颁发机构"),
      ZZBFJGDM: element("证照颁发机构代码"),
      ZZYXQQSRQ: element("有效期起始日期, a day in Beijing."),
      ZZYXQJZRQ: element("有效期截止日期; null says no end (长期)."),
      ZZZT: element("证照状态: 有效, 尚未生效, 暂扣, 过期 …; null where it can't be told."),
      claims: {
        type: "object",
        description: "As `POST /v1/verifications` tells them.",
        additionalProperties: ref("ClaimValue"),
      },
      reasons: list("Why it is not result 0.", text("")),
      receipt: element("The number of the receipt (核验回执)."),
    },
    ["ZZMC", "ZZLXDM", "ZZBFJG", "ZZBFJGDM", "ZZYXQQSRQ", "ZZYXQJZRQ", "ZZZT"].concat(
      ...["claims", "reasons", "receipt"],
    ),
  ),
  additionalProperties: true,
};

export const GBT36906_SCHEMAS = {
  Gbt36906Call: {
    type: "object",
    description: "What is missing is told in the answer's head.",
    properties: {
      head: {
        type: "object",
        additionalProperties: true,
        description: "`accessId`, `accessToken`.",
      },
      data: {
        type: "object",
        additionalProperties: true,
        description:
          "`useCause` (事由) of 1 to 200 characters; `certData` (a certificate file), `file` (one in base64) or " +
          "`qrcode`, as the call wants it; `purpose`, the service item, where there is one.",
      },
    },
  },
  Gbt36906Answer: object("The envelope.", {
    head: ref("Gbt36906Head"),
    data: nullable("Null where the status is not 0.", ref("Gbt36906Data")),
  }),
  Gbt36906Head: object("How it ended.", { status: numbered(STATUSES), message: text("说明") }),
  Gbt36906Data: data,
} satisfies Partial<Record<SchemaName, Schema>>;
