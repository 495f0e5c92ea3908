/** POST /gbt36906/{call}: for counter systems that speak in the manner of GB/T 36906 and change only an address. */
import type { Caller } from "../../app/access/access.ts";
import { Problem } from "../../core/problem.ts";
import type { HttpService } from "../http-service.ts";
import { EXAMPLE_AGENCY, EXAMPLE_TYPE } from "../openapi/examples.ts";
import { defineRoute } from "../route.ts";
import type { CallData } from "./calls.ts";
import { answerCallOf, isOffered } from "./calls.ts";
import type { Envelope } from "./envelope.ts";
import { FieldMissing, envelope, envelopeOf } from "./envelope.ts";
import { RESULTS } from "./verify-result.ts";

interface Request {
  readonly head?: { readonly accessId?: unknown; readonly accessToken?: unknown };
  readonly data?: CallData;
}

const head = { accessId: "C-7K2M9QXA", accessToken: "lzk_…" };

const valid = envelope(0, {
  ...{ result: 0, message: RESULTS[0].zh, ZZMC: "结婚证", ZZLXDM: EXAMPLE_TYPE, ZZZT: "有效" },
  ...{ ZZBFJG: "三亚市民政局", ZZBFJGDM: EXAMPLE_AGENCY, ZZBH: "J460200-2026-000041" },
  ...{ ZZYXQQSRQ: "2026-01-01", ZZYXQJZRQ: null, CZZT: "王小明" },
  ...{ claims: { holderName: "王小明" }, reasons: [], receipt: "3f6a0c21b9d4-1041" },
});

export const callGbt36906 = defineRoute<{ readonly call: string }, Request>(
  {
    method: "post",
    path: "/gbt36906/{call}",
    operationId: "callGbt36906",
    tag: "verification",
    summary: "GB/T 36906 风格接口",
    description:
      "The calls verifyCertInfo, verifyFile and getDateByQRcode in the envelope that existing counter systems use: " +
      "`accessId` is the client's id, `accessToken` its API key, `useCause` is required. Other calls of that kind are " +
      "answered with status 2. The status is in the head, the HTTP status is 200; an outage is a problem as elsewhere.",
    parameters: [
      {
        name: "call",
        in: "path",
        schema: { type: "string", pattern: "^[A-Za-z0-9]{1,64}$" },
        description: "The call's name (接口名).",
      },
    ],
    body: {
      schema: "Gbt36906Call",
      examples: {
        scanned: { head, data: { qrcode: "LZ1:6BF%…", useCause: "办理婚姻登记信息查询" } },
      },
    },
    answer: {
      schema: "Gbt36906Answer",
      examples: { valid, missing: envelope(12, null, "data.useCause") },
      description: "The envelope.",
    },
    roles: ["anyone"],
    // Who calls is in the body: it is identified and counted there.
    limit: "none",
    problems: [
      ...(["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE", "PARAMETER_INVALID"] as const),
      ...(["TOO_MANY_REQUESTS", "LOCKED_OUT", "QUOTA_EXCEEDED"] as const),
      ...(["IDENTITY_UNREACHABLE", "USE_NOT_KEPT", "REFERENCE_UNREACHABLE"] as const),
    ],
  },
  async ({ service, caller, parameters: { call }, body }) => {
    try {
      return await answered(service, caller, call, body);
    } catch (error) {
      return envelopeOf(error);
    }
  },
);

async function answered(
  service: HttpService,
  { address }: Caller,
  call: string,
  { head: given, data }: Request,
): Promise<Envelope> {
  const caller = await identified(service, address, given);
  if (!isOffered(call)) return envelope(2, null, call);
  if (data === undefined) throw new FieldMissing("data");
  return answerCallOf(service, caller, call, data);
}

/** @throws Problem UNAUTHENTICATED, and what refuses any caller */
async function identified(
  { access }: HttpService,
  address: string,
  given: Request["head"],
): Promise<Caller> {
  const { accessId, accessToken } = given ?? {};
  if (typeof accessId !== "string") throw new FieldMissing("head.accessId");
  if (typeof accessToken !== "string") throw new FieldMissing("head.accessToken");
  const authorization = `Bearer ${accessToken}`;
  const caller = await access.identify({ authorization, certificate: null, address });
  if (caller.client?.id !== accessId) throw new Problem("UNAUTHENTICATED", "head.accessId");
  access.admit(caller, false);
  return caller;
}
