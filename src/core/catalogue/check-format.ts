/** The formats that a schema may name, bound to the checks of identifiers. */
import { isCalendarDate } from "../identifiers/calendar-date.ts";
import { parseCertificateIdentifier } from "../identifiers/certificate-identifier.ts";
import type { Checked } from "../identifiers/checked.ts";
import { parseCitizenId } from "../identifiers/citizen-id.ts";
import { parseCreditCode } from "../identifiers/credit-code.ts";
import type { CheckMode, Severity } from "../identifiers/faults.ts";
import { parseRegion } from "../identifiers/region.ts";
import type { RecordFaultCode } from "./record-faults.ts";
import type { FieldFormat } from "./record-schema.ts";

export interface FormatContext {
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly mode: CheckMode;
  readonly typeCode: string;
  /** For `holder-code`: what the claim `<name>Type` beside it says (GB/T 36903, annex A). */
  readonly holderCodeType: unknown;
}

export interface FormatFault {
  readonly code: RecordFaultCode;
  readonly severity: Severity;
}

export interface FormatAnswer {
  /** The text as it goes into the certificate: on import, codes in capital letters. */
  readonly text: string;
  readonly faults: readonly FormatFault[];
}

type FormatCheck = (text: string, context: FormatContext) => FormatAnswer;

const MOBILE_OR_LANDLINE = /^(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})$/;
const HOLDER_CODE = /^[0-9A-Za-z-]{1,32}$/;

const FORMATS: Readonly<Record<FieldFormat, FormatCheck>> = {
  "citizen-id": checkCitizenId,
  "credit-code": checkCreditCode,
  "certificate-identifier": checkCertificateIdentifier,
  date: (text) => answerIf(isCalendarDate(text), text, "DATE_INVALID"),
  "holder-code": checkHolderCode,
  phone: (text) => answerIf(MOBILE_OR_LANDLINE.test(text), text, "PHONE_SHAPE"),
  region: (text, { mode }) => answerOf(parseRegion(text, mode), text),
};

export const FIELD_FORMATS = Object.keys(FORMATS) as readonly FieldFormat[];

/** The text checked as the format says. */
export function checkFormat(
  format: FieldFormat,
  text: string,
  context: FormatContext,
): FormatAnswer {
  return FORMATS[format](text, context);
}

function answerOf(checked: Checked<string>, given: string): FormatAnswer {
  return { text: checked.ok ? checked.value : given, faults: checked.faults };
}

function answerIf(isRight: boolean, text: string, code: RecordFaultCode): FormatAnswer {
  return { text, faults: isRight ? [] : [{ code, severity: "error" }] };
}

function checkCitizenId(text: string, { today, mode }: FormatContext): FormatAnswer {
  return answerOf(parseCitizenId(text, today, mode), text);
}

function checkCreditCode(text: string, { mode }: FormatContext): FormatAnswer {
  return answerOf(parseCreditCode(text, mode), text);
}

/** 111 is a citizen identity number, 001 a credit code; other documents have no common check. */
function checkHolderCode(text: string, context: FormatContext): FormatAnswer {
  if (context.holderCodeType === "111") return checkCitizenId(text, context);
  if (context.holderCodeType === "001") return checkCreditCode(text, context);
  return answerIf(HOLDER_CODE.test(text), text, "HOLDER_CODE_SHAPE");
}

/** Keeps the given text, and finds an identifier of another type. */
function checkCertificateIdentifier(text: string, context: FormatContext): FormatAnswer {
  const checked = parseCertificateIdentifier(text, context.mode);
  if (!checked.ok || checked.value.typeCode === context.typeCode) {
    return { text, faults: checked.faults };
  }
  const otherType = { code: "CERTIFICATE_IDENTIFIER_TYPE", severity: "error" } as const;
  return { text, faults: [...checked.faults, otherType] };
}
