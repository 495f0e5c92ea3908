/** What a counter tells of the time without a network, and who it is. */
import { RESULTS_PATTERN } from "../../core/uses/check-results.ts";
import { AGENCY_CODE, ROOT } from "./identifiers.ts";
import { USE_CAUSE } from "./request-schemas.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { flag, integer, list, nullable, object, ref, text } from "./schema.ts";

const MAX_USES = 100;
const MAX_CLAIMS = 256;
const MAX_INDEX = 4_294_967_295;
/** Ten years: no limit of age makes sense beyond it. */
const MAX_AGE = 315_360_000;

const name = text("", { minLength: 1, maxLength: 128 });
const names = (description: string): Schema => ({
  ...list(description, name),
  maxItems: MAX_CLAIMS,
});
const instant = (description: string): Schema => {
  const pattern =
    "^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$";
  return text(description, { pattern, examples: ["2026-04-11T00:00:00Z"] });
};

function closed(schema: Schema): Schema {
  return { ...schema, additionalProperties: false };
}

const certificate = closed(
  object("Which certificate: from it the service makes its pseudonym, and forgets it.", {
    agency: AGENCY_CODE,
    root: ROOT,
    index: integer("Its number in the batch.", { maximum: MAX_INDEX }),
  }),
);

const question = closed(
  object("What was asked, beside the time. The audience is the counter's registered name.", {
    region: nullable("The counter's region; null where it was not said.", ref("Region")),
    purpose: nullable("The service item (事项).", name),
    serviceItem: nullable("Its code, where `purpose` says it otherwise.", name),
    requiresHolder: flag("Whether the matter demanded that the holder shows it."),
    requiredClaims: names("Claims that had to be shown."),
    isReplayed: flag("Whether this device had accepted it before."),
    maxLedgerAge: integer("The limit of the pack's age, in seconds.", { maximum: MAX_AGE }),
  }),
);

const position = closed(
  object("What the trust pack said of itself.", {
    block: integer("The block that it was made at."),
    blockHash: text("", { pattern: "^0x[0-9a-f]{64}$" }),
    asOf: instant("When a node confirmed it last."),
    isPending: flag("Whether the batch was in a block that was not final yet."),
  }),
);

const use = closed(
  object("One verification without a network. No personal data is in it.", {
    at: instant("When; at most 90 days ago."),
    certificate: nullable("Null where none was proven.", ref("OfflineCertificate")),
    shown: nullable(
      "SHA-256 of what was shown, as docs/use-log.md says; null where it could not be read.",
      text("", { pattern: "^[0-9a-f]{64}$" }),
    ),
    useCause: nullable("What for (事由); only a pseudonym of it is kept.", USE_CAUSE),
    isByDelegate: flag("Whether somebody showed it for its holder (代亮)."),
    claims: names("Names of the claims that were told, masked or not."),
    question: ref("OfflineQuestion"),
    results: text(
      "A letter for each of the ten checks: pass, fail, unknown, not asked for, blocked by another.",
      { pattern: RESULTS_PATTERN.source },
    ),
    codes: { ...list("Of the checks that failed or are unknown.", ref("CheckCode")), maxItems: 10 },
    position: nullable("Null where there was no trust pack.", ref("OfflinePosition")),
  }),
);

export const OFFLINE_SCHEMAS = {
  OfflineUse: use,
  OfflineCertificate: certificate,
  OfflineQuestion: question,
  OfflinePosition: position,
  OfflineUses: closed(
    object("Uses of one counter.", {
      uses: { ...list("The oldest first.", ref("OfflineUse")), minItems: 1, maxItems: MAX_USES },
    }),
  ),
  OfflineUseReceipts: object("Where they are kept.", {
    receipts: list("In the order of the uses (核验回执).", ref("UseReceipt")),
  }),
  OwnClient: object("Whoever calls, as it is registered.", {
    id: text("The client's id.", { examples: ["C-7F3K2Q9X"] }),
    name: text("What citizens are told who asks (窗口名称)."),
    role: text("", { enum: ["counter", "agency", "authority", "auditor", "administrator"] }),
    region: nullable("Where it is; null where its role has no place.", ref("Region")),
    serviceItems: nullable(
      "Codes of the service items it handles; null for all.",
      list("", text("")),
    ),
  }),
} satisfies Partial<Record<SchemaName, Schema>>;
