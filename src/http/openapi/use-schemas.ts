/** The use log as clients, auditors and holders see it, and the service's keys. */
import { USE_MODES } from "../../core/uses/use.ts";
import { RECEIPT_ID_PATTERN } from "../../core/uses/receipt-id.ts";
import { RESULTS_PATTERN } from "../../core/uses/check-results.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { a, flag, instant, integer, list, nullable, object, ref, text } from "./schema.ts";

export const RECEIPT_ID = text("The receipt's number (回执编号).", {
  pattern: RECEIPT_ID_PATTERN,
  examples: ["3f6a0c21b9d4-1041"],
});

export const CURSOR = text("The `next` of the page before, as it is.", {
  minLength: 1,
  maxLength: 64,
});

const MAX_QR = 4_096;

function digits(description: string, bytes: number): Schema {
  return text(description, { pattern: `^[0-9a-f]{${String(2 * bytes)}}$` });
}

const hash = digits(
  "SHA-256 over this line and, through the one before it, over all before it (链上哈希).",
  32,
);
const verdict = text("", { enum: ["accepted", "rejected", "indeterminate"] });
const mode = text("How it came to the counter.", { enum: [...USE_MODES] });
const claims = list("Names of the claims that were told, masked or not.", { type: "string" });
const holder = flag("Whether it was proven to be shown by its holder, or by a delegate.");
const delegate = flag("Whether somebody showed it whom its holder let do so (代亮).");
const purpose = nullable("The service item (事项).", text(""));
const region = nullable("The counter's region; null where it was not said.", ref("Region"));

const strand = digits("The strand (链段): what one process wrote.", 6);

const receipt = object("A receipt (核验回执).", {
  id: RECEIPT_ID,
  strand,
  number: integer("Its line in the strand, from 1.", { minimum: 1 }),
  hash,
  receipt: text(
    "A JWS in its compact form (RFC 7515), ES256, by a key of /v1/keys. `lz receipt judge` judges it again.",
  ),
});

const question = object("What was asked, beside the time.", {
  at: nullable("", instant()),
  shownAt: nullable("", instant()),
  asKnownAt: nullable("", instant()),
  region,
  purpose,
  serviceItem: nullable(
    "The service item's code, where the purpose is one of its names.",
    text(""),
  ),
  audience: nullable("", text("")),
  nonce: nullable("In hex.", text("")),
  requiresHolder: flag(""),
  requiredClaims: list("", { type: "string" }),
  isReplayed: flag("Whether it had been accepted before."),
  maxLedgerAge: integer("In seconds."),
});

const position = object("The state of the chain that was judged on.", {
  block: integer(),
  blockHash: text("", { pattern: "^0x[0-9a-f]{64}$" }),
  asOf: instant("When a node confirmed it last."),
  isPending: flag("Whether the batch was in a block that was not final yet."),
});

const use = object("One verification (用证记录). No personal data is in it.", {
  id: RECEIPT_ID,
  hash,
  at: instant("When."),
  mode,
  certificate: nullable("The certificate's pseudonym; null where none was proven.", digits("", 16)),
  shown: nullable("SHA-256 of what was shown; null where it could not be read.", digits("", 32)),
  client: nullable("Who verified; null for anyone, with a phone.", text("")),
  cause: nullable("The pseudonym of the cause's words (事由).", digits("", 16)),
  claims,
  isHolderProven: holder,
  isByDelegate: delegate,
  question: ref("UseQuestion"),
  verdict,
  results: text(
    "A letter for each of the ten checks: pass, fail, unknown, not asked for, blocked by another.",
    { pattern: RESULTS_PATTERN.source },
  ),
  codes: list("Of the checks that failed or are unknown.", ref("CheckCode")),
  position: nullable("Null where the chain had never been reached.", ref("UsePosition")),
});

const holderUse = object("A use of a certificate, as its holder is told.", {
  id: RECEIPT_ID,
  at: instant("When."),
  client: nullable("Who; null for anyone, with a phone, who is told no claims.", ref("UseClient")),
  region,
  purpose,
  claims,
  mode,
  isHolderProven: holder,
  isByDelegate: delegate,
  verdict,
});

function pageOf(item: SchemaName): Schema {
  return object("Newest first.", {
    items: list("", ref(item)),
    next: nullable("The cursor of the next page; null where this is the last.", CURSOR),
  });
}

const query: Schema = {
  ...object(
    "What a holder shows to be told where their certificate was used.",
    {
      presentation: text(
        "The text of a code that the holder's wallet made for the audience `uses@HOST`, HOST being this service's name (二维码文本).",
        { minLength: 1, maxLength: MAX_QR },
      ),
      limit: integer("How many to answer at most, 50 by default.", { minimum: 1, maximum: 200 }),
      cursor: CURSOR,
    },
    ["limit", "cursor"],
  ),
  additionalProperties: false,
};

export const USE_SCHEMAS = {
  SignedReceipt: receipt,
  UseQuestion: question,
  UsePosition: position,
  UseClient: object("A client of the service.", {
    id: text(""),
    name: nullable("Null where it is no longer known.", text("")),
  }),
  Use: use,
  UsePage: pageOf("Use"),
  HolderUse: holderUse,
  HolderUsePage: pageOf("HolderUse"),
  HolderUseQuery: query,
  ServiceKey: object("A public key (RFC 7517) on P-256.", {
    kty: text("", { const: "EC" }),
    crv: text("", { const: "P-256" }),
    use: text("", { const: "sig" }),
    alg: text("", { const: "ES256" }),
    kid: text("Its thumbprint (RFC 7638)."),
    x: text("In base64url."),
    y: text("In base64url."),
  }),
  ServiceKeys: object("A JWK set (RFC 7517, 5).", {
    keys: list("The one that signs now first; those of before stay.", a("ServiceKey", "")),
  }),
} satisfies Partial<Record<SchemaName, Schema>>;
