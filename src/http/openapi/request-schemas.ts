/** What a counter may ask. */
import { REGION } from "./identifiers.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { flag, list, ref, text } from "./schema.ts";

const MAX_NONCE_BYTES = 64;
const MAX_TEXT = 128;
const MAX_CLAIMS = 256;

const words = { minLength: 1, maxLength: MAX_TEXT };

export const USE_CAUSE: Schema = text(
  "What for (事由), in the clerk's words: required where personal claims are told. Only a pseudonym of it is kept.",
  { minLength: 1, maxLength: 200, examples: ["办理婚姻登记信息查询"] },
);

const verificationRequest: Schema = {
  type: "object",
  description:
    "Exactly one of `presentation`, `certificate` and `presentationRequest`, and what the counter wants to know. Whatever is " +
    "wrong with what is shown is part of the verdict, not an error of the request.",
  additionalProperties: false,
  oneOf: [
    { required: ["presentation"] },
    { required: ["certificate"] },
    { required: ["presentationRequest"] },
  ],
  properties: {
    presentation: text(
      "The text of the QR code as scanned (二维码文本): `LZ1:…`, `https://…/q#…` or `LZR:…`. Don't trim or decode it.",
      { examples: ["LZ1:6BF%…"] },
    ),
    certificate: {
      type: "object",
      additionalProperties: true,
      description: "A certificate file (`*.lzc.json`, 证照文件) as it is, not as text.",
    },
    presentationRequest: text(
      "The id of a presentation request of this client that was answered (亮证请求编号): with it nothing is said " +
        "but `receipt`, since what is asked was said then.",
      { pattern: "^[A-Za-z0-9_-]{22}$", examples: ["8QZ3vN1xT0eYb2kLw6mRfA"] },
    ),
    region: {
      ...ref("Region"),
      description:
        "region of the counter (窗口所在行政区划), a GB/T 2260 code or 0; without it recognition is not asked for",
    },
    purpose: text("The service item (事项) that the certificate is wanted for.", words),
    useCause: USE_CAUSE,
    audience: text(
      "Who this counter is (窗口名称), as the presentation must name it; one with a credential is who it is registered as.",
      words,
    ),
    nonce: text(
      "the challenge that this counter gave (挑战码): 1 to 64 bytes as hex; a presentation that does not answer it is refused",
      { pattern: `^(?:[0-9A-Fa-f]{2}){1,${String(MAX_NONCE_BYTES)}}$`, examples: ["00112233"] },
    ),
    requiresHolder: flag(
      "Whether the matter demands that the holder shows it in person (须持证人本人亮证).",
    ),
    requiredClaims: {
      ...list("Names of claims that must be shown (必须出示的信息).", { type: "string", ...words }),
      maxItems: MAX_CLAIMS,
    },
    receipt: text("Puts the signed receipt into the answer (附签名回执).", { enum: ["signed"] }),
  },
};

export const REQUEST_SCHEMAS = {
  Region: REGION,
  VerificationRequest: verificationRequest,
} satisfies Partial<Record<SchemaName, Schema>>;
