/** The calls of the adapter: what is given is verified by the same desk as everything else. */
import type { Caller } from "../../app/access/access.ts";
import type { CounterAnswer } from "../../app/counter/counter-answer.ts";
import { carryOut } from "../../app/counter/verification-order.ts";
import type { Given } from "../../core/verify/case.ts";
import type { HttpService } from "../http-service.ts";
import type { Envelope } from "./envelope.ts";
import { elementsOf } from "./elements.ts";
import { FieldMissing, envelope } from "./envelope.ts";
import type { VerifyResult } from "./verify-result.ts";
import { RESULTS, isNotRecognised, verifyResultOf } from "./verify-result.ts";

const MAX_CAUSE = 200;

/** The members of an envelope's `data` that this service reads. */
export interface CallData {
  readonly useCause?: unknown;
  /** A certificate file, as it is or as text. */
  readonly certData?: unknown;
  readonly qrcode?: unknown;
  /** A certificate file in base64. */
  readonly file?: unknown;
  /** The service item's code or name. */
  readonly purpose?: unknown;
}

export type CallName = "verifyCertInfo" | "verifyFile" | "getDateByQRcode";

/** @returns what is to be verified, or null where nothing was given */
const GIVEN_IN: Readonly<Record<CallName, (data: CallData) => Given | null>> = {
  verifyCertInfo: ({ certData }) => {
    if (typeof certData === "string" && certData !== "") return { file: certData };
    return typeof certData === "object" && certData !== null ? { certificate: certData } : null;
  },
  verifyFile: ({ file }) => {
    if (typeof file !== "string" || file === "") return null;
    return { file: Buffer.from(file, "base64").toString("utf8") };
  },
  getDateByQRcode: ({ qrcode }) => {
    return typeof qrcode === "string" && qrcode !== "" ? { qr: qrcode } : null;
  },
};

export function isOffered(call: string): call is CallName {
  return Object.hasOwn(GIVEN_IN, call);
}

/** @throws Problem those of carryOut, and FieldMissing */
export async function answerCallOf(
  service: HttpService,
  caller: Caller,
  call: CallName,
  data: CallData,
): Promise<Envelope> {
  const useCause = textIn(data, "useCause");
  if (useCause === null) throw new FieldMissing("data.useCause");
  if (useCause.length > MAX_CAUSE) {
    throw new FieldMissing(`data.useCause（1 至 ${String(MAX_CAUSE)} 字）`);
  }
  const given = GIVEN_IN[call](data);
  if (given === null) return envelope(0, resultData(6));
  const purpose = textIn(data, "purpose");
  const question = { useCause, ...(purpose !== null && { purpose }) };
  service.access.charge(caller, 1);
  const answer = await carryOut(service.desk, caller, { given, question });
  if (isNotRecognised(answer)) return envelope(100, null, reasonOf(answer));
  return envelope(0, {
    ...resultData(verifyResultOf(answer)),
    ...certificateData(service.desk, answer),
  });
}

function textIn(data: CallData, name: keyof CallData): string | null {
  const value = data[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function resultData(result: VerifyResult): {
  readonly result: VerifyResult;
  readonly message: string;
} {
  return { result, message: RESULTS[result].zh };
}

function reasonOf({ checks }: CounterAnswer): string {
  return checks.find(({ result }) => result === "fail")?.words.zh ?? "";
}

function certificateData(
  { definitions }: HttpService["desk"],
  answer: CounterAnswer,
): Readonly<Record<string, unknown>> {
  const { claims, receipt, checks } = answer;
  return {
    ...elementsOf(answer, definitions),
    claims,
    reasons: checks.filter(({ result }) => result === "fail").map(({ words }) => words.zh),
    receipt: receipt?.id ?? null,
  };
}
