/** What a counter is answered: the shape of `Answer`. */
import { DELEGATION_REASONS } from "../../core/presentation/grant.ts";
import type { CheckCode } from "../../core/verify/codes.ts";
import { CHECK_WORDS, CODE_WORDS } from "../../core/verify/code-words.ts";
import { CHECK_NAMES } from "../../core/verify/codes.ts";
import { AGENCY_CODE, ROOT, TYPE_CODE } from "./identifiers.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { a, hex, instant, integer, list, nullable, object, ref, text } from "./schema.ts";

const asks = CHECK_NAMES.map((name) => {
  return `- \`${name}\`: ${CHECK_WORDS[name].asks.en} (${CHECK_WORDS[name].asks.zh})`;
});

const meanings = (Object.keys(CODE_WORDS) as CheckCode[]).map((code) => {
  const { words, remedy } = CODE_WORDS[code];
  return `- \`${code}\`: ${words.en} ${remedy.en} (${words.zh}；${remedy.zh})`;
});

const receipt = object(
  "The record of this verification (用证记录); nothing in it is secret.",
  {
    id: text("By which its receipt is fetched."),
    strand: text("Its part of the log."),
    number: integer("Its number in that part."),
    hash: text("SHA-256 of the record and of all before it, in hex.", {
      pattern: "^[0-9a-f]{64}$",
    }),
    receipt: text(
      "The signed receipt, where it was asked for: a compact JWS (RFC 7515) with ES256.",
    ),
  },
  ["receipt"],
);

const answer = object("A verdict with its reasons.", {
  verdict: text(
    "`accepted`: every check passed or was not asked for. `rejected`: at least one failed. " +
      "`indeterminate`: none failed, but something can't be told now, for instance since the chain can't " +
      "be reached; it says nothing against the certificate. (有效、不予受理、暂时无法判断)",
    { enum: ["accepted", "rejected", "indeterminate"] },
  ),
  words: a("Words", "The verdict, to show to a person."),
  authentic: {
    type: ["boolean", "null"],
    description: "Is it what an agency issued, shown by its holder? Null: can't tell. (真伪)",
  },
  usable: {
    type: ["boolean", "null"],
    description: "May it be used here and now? Null: can't tell. (能否使用)",
  },
  checks: {
    ...list(`All ten checks, always in this order:\n${asks.join("\n")}`, ref("AnswerCheck")),
    minItems: CHECK_NAMES.length,
    maxItems: CHECK_NAMES.length,
  },
  certificate: nullable(
    "What is known of the certificate; null where it could not be read.",
    ref("AnswerCertificate"),
  ),
  claims: {
    type: "object",
    description:
      "The disclosed claims by name (照面信息), only where they are proven to be the certificate's. Empty otherwise.",
    additionalProperties: ref("ClaimValue"),
  },
  masked: list(
    "Names of the claims that are masked here, since the service item has no right to the whole of them (脱敏).",
    text(""),
  ),
  receipt: nullable(
    "The record of this use; null for anyone without a credential.",
    ref("UseReceipt"),
  ),
  recognition: nullable(
    "What decided whether the counter's region accepts it; null where it was not asked or could not be decided.",
    ref("AnswerRecognition"),
  ),
  ledger: nullable(
    "The state of the chain that was judged on; null where the chain was never reached.",
    ref("Ledger"),
  ),
});

const answerCheck = object(
  "How one check ended.",
  {
    check: text("Which check.", { enum: [...CHECK_NAMES] }),
    result: text("`skipped`: not asked for, or what it builds on did not pass.", {
      enum: ["pass", "fail", "skipped", "unknown"],
    }),
    code: ref("CheckCode"),
    detail: text("What a person may want to know beyond the words: names, dates, places."),
    words: a("Words", "What it means, to show to a person."),
    remedy: a("Words", "What the counter should do."),
  },
  ["code", "detail", "remedy"],
);

const answerCertificate = object(
  "Type, agency and region are the chain's records, not the certificate's word. Anyone without a credential is " +
    "not told root, index, anchoring and delegate.",
  {
    type: nullable("Null where the batch is not on the chain.", TYPE_CODE),
    typeName: nullable("证照类型名称", ref("Words")),
    schemaVersion: { type: ["integer", "null"], minimum: 1 },
    agency: AGENCY_CODE,
    agencyName: { type: ["string", "null"], description: "发证机关名称" },
    region: nullable("The agency's region.", ref("Region")),
    regionName: nullable("行政区划名称", ref("Words")),
    successor: nullable(
      "The agency that goes on with the work of one that is closed (承接机关); null where there is none.",
      ref("AnswerSuccessor"),
    ),
    notBefore: instant("From when it is valid (有效期起)."),
    notAfter: nullable("Until when; null says no end (有效期至, 长期).", instant()),
    delegate: nullable(
      "Whom the holder let show it, where it is not the holder who does (代亮人): compare the person with that name.",
      ref("AnswerDelegate"),
    ),
    root: ROOT,
    index: integer("Its number in the batch, from 0 (批次内序号)."),
    anchoredAt: nullable("When its batch was anchored (上链时间).", instant()),
  },
  ["delegate", "root", "index", "anchoredAt"],
);

const answerDelegate = object("Who shows a certificate for its holder (代亮).", {
  name: text("姓名"),
  reason: text("Guardian (监护人), relative or friend (亲友), agent (代理人).", {
    enum: [...DELEGATION_REASONS],
  }),
  matters: list("Codes of the service items that it is for (事项).", text("")),
  grantor: nullable("The holder's name, where the delegate may show that.", text("")),
});

const answerSuccessor = object("An agency that took over the work of another.", {
  code: AGENCY_CODE,
  name: text("机关名称"),
});

const answerRecognition = object("Why the counter's region accepts it or does not.", {
  by: text(
    "`own`: the region's own agency issued it. `rule`: the rule named. `nothing`: no rule is in force; " +
      "`rule` is then one that has run out, if any.",
    { enum: ["own", "rule", "nothing"] },
  ),
  ruleId: { type: ["integer", "null"], minimum: 1 },
  rule: nullable("互认规则", ref("RecognitionRule")),
});

const ledger = object("A place on the chain.", {
  chainId: integer("The chain's number."),
  directory: hex("Address of the deployment's directory contract.", 20),
  block: integer("The last block that was judged on."),
  blockHash: hex("Its hash.", 32),
  blockTime: instant("Its time."),
  ageSeconds: {
    type: "integer",
    description: "How long ago a node last confirmed this state, in seconds (数据时效).",
  },
});

/** Not by its own name within itself: few generators of clients can make a type of that. */
const claimValue: Schema = {
  description:
    "Text, an integer, true, false, null, or lists and maps of these. A decimal is text.",
  type: ["string", "integer", "boolean", "null", "array", "object"],
  items: {},
  additionalProperties: true,
};

export const ANSWER_SCHEMAS = {
  Words: object("The same in Chinese and English.", { zh: text("中文"), en: text("English") }),
  ClaimValue: claimValue,
  Answer: answer,
  UseReceipt: receipt,
  AnswerCheck: answerCheck,
  AnswerCertificate: answerCertificate,
  AnswerDelegate: answerDelegate,
  AnswerSuccessor: answerSuccessor,
  AnswerRecognition: answerRecognition,
  Ledger: ledger,
  CheckCode: text(
    `Why a check did not pass, stable for ever; what to do beside it:\n${meanings.join("\n")}`,
    { enum: Object.keys(CODE_WORDS) },
  ),
} satisfies Partial<Record<SchemaName, Schema>>;
