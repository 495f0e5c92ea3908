/** What goes in and out of an agency's endpoint. */
import { DELEGATION_REASONS } from "../../core/presentation/grant.ts";
import { AGENCY_CODE, REGION, ROOT } from "../openapi/identifiers.ts";
import type { HoldingSchemaName, Schema } from "../openapi/schema.ts";
import { a, instant, integer, list, nullable, object, ref, text } from "../openapi/schema.ts";
import { ANSWER_SCHEMAS } from "../openapi/answer-schemas.ts";
import { SERVICE_SCHEMAS } from "../openapi/service-schemas.ts";
import { LIST_SCHEMAS } from "../openapi/list-schemas.ts";

/** A signed request of every kind is a fifth of that at most. */
const MAX_REQUEST = 65_536;

function closed(schema: Schema): Schema {
  return { ...schema, additionalProperties: false };
}

const request = text(
  "What the holder signed, in base64url: a COSE_Sign1 (RFC 9052), ES256, over endpoint, time, key and wish.",
  { pattern: "^[A-Za-z0-9_-]+$", maxLength: MAX_REQUEST },
);
const coordinate = text("32 bytes in base64url.", { pattern: "^[A-Za-z0-9_-]{43}$" });
const delegationId = text("The delegation's id.", { pattern: "^[0-9a-f]{32}$" });

const delegation = object(
  "Who may show which claims of a certificate, for what, until when (代亮授权).",
  {
    id: delegationId,
    root: ROOT,
    index: integer("Its number in the batch, from 0."),
    delegate: text("代亮人姓名"),
    reason: text("Guardian (监护人), relative or friend (亲友), agent (代理人).", {
      enum: [...DELEGATION_REASONS],
    }),
    matters: list("Codes of service items (事项).", text("")),
    claims: list("Names of the claims that may be shown.", text("")),
    until: instant("Until when."),
    createdAt: instant("When the holder made it."),
    claimedAt: nullable("When the delegate fetched it.", instant()),
    withdrawnAt: nullable("When the holder took it back.", instant()),
    state: text("`ended`: its time, or the time to fetch it, is over.", {
      enum: ["open", "claimed", "withdrawn", "ended"],
    }),
  },
);

export const HOLDING_SCHEMAS: Readonly<Record<HoldingSchemaName, Schema>> = {
  PublicKey: object("A P-256 public key as JWK (RFC 7517).", {
    kty: text("", { const: "EC" }),
    crv: text("", { const: "P-256" }),
    x: coordinate,
    y: coordinate,
  }),
  Endpoint: object("Whose endpoint this is.", {
    agency: AGENCY_CODE,
    name: nullable("机关名称; null where the chain was not reached.", text("")),
    region: nullable("", { ...REGION }),
    audience: text("What a holder's requests must name."),
    bindingSeconds: integer("How long a holder's bindings live."),
    delegatedBindingSeconds: integer("How long a delegate's bindings live at most."),
    version: text("The program's version."),
  }),
  Claim: closed(
    object("A claim code and who claims.", {
      code: text("As it was typed (领证码).", { minLength: 1, maxLength: 64 }),
      deliveryKey: a("PublicKey", "Made for this answer alone; the answer is encrypted to it."),
      request,
    }),
  ),
  SealedDelivery: object("What was claimed, for nobody else's eyes.", {
    delivery: text(
      "A JWE in its compact form (RFC 7516), ECDH-ES with A256GCM: the JSON of certificate (or what may be " +
        "shown of it), binding, definition and template.",
    ),
  }),
  HolderRequest: closed(object("What a holder asks.", { request })),
  Binding: object("The agency's word that the certificate belongs to the key (持证人绑定).", {
    binding: text("A COSE_Sign1 in base64url, by a document key of the agency."),
    expiresAt: instant("Until when."),
  }),
  MadeDelegation: object("Made; the delegate fetches it with the code.", {
    id: delegationId,
    claimCode: text("For the delegate alone; shown this once.", {
      examples: ["7F3K-2Q9X-M4TB-W8D1"],
    }),
    codeExpiresAt: instant("Until when it can be fetched."),
    until: instant("Until when it may be shown."),
  }),
  Delegation: delegation,
  DelegationList: object("The newest first, 100 at most.", {
    delegations: list("", ref("Delegation")),
  }),
  WithdrawnDelegation: object("Taken back: no binding is signed for it any more.", {
    id: delegationId,
    withdrawnAt: instant("When it was first taken back."),
    bindingsEndBy: nullable(
      "Until when the last binding still holds; null where none does.",
      instant(),
    ),
  }),
};

const { Words } = ANSWER_SCHEMAS;
const { ErrorWords, ErrorList } = LIST_SCHEMAS;
const { Health, Ready, OpenApi, Problem, ProblemCode } = SERVICE_SCHEMAS;

export const AGENCY_SCHEMAS: Readonly<Record<string, Schema>> = {
  ...HOLDING_SCHEMAS,
  ...{ Words, ErrorWords, ErrorList, Health, Ready, OpenApi, Problem, ProblemCode },
};
