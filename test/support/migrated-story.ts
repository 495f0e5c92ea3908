/** A story that goes on in a new deployment: frozen, and all that is in force said again. */
import type { Agency, DocumentKey, LedgerState } from "../../src/core/ledger/state.ts";
import type { LedgerStory } from "./ledger-story.ts";
import { appointNational } from "./ledger-story.ts";

/** The old deployment ends now; what is in force then is said again `pause` seconds later. */
export function migrate(story: LedgerStory, pause = 0): void {
  const before = structuredClone(story.state);
  const { time } = story.view().block;
  story.freeze().at(time + pause);
  appointNational(story);
  sayTypes(story, before);
  for (const agency of before.agencies.values()) sayAgency(story, agency);
  for (const { code, successor } of before.agencies.values()) {
    if (successor === null) continue;
    const { agency, effectiveFrom } = successor;
    story.tell({ kind: "AgencySucceeded", agency: code, successor: agency, effectiveFrom });
  }
  sayOperators(story, before, time);
  sayRules(story, before);
}

function sayTypes(story: LedgerStory, { types }: LedgerState): void {
  for (const { code, isRetired, versions } of types.values()) {
    for (const { position: _, ...published } of versions.values()) story.tell(published);
    if (isRetired) story.tell({ kind: "TypeRetired", type: code });
  }
}

function sayAgency(story: LedgerStory, agency: Agency): void {
  const { code, region, name, status, statusSince: effectiveFrom } = agency;
  story.tell({ kind: "AgencyRegistered", agency: code, region, name, effectiveFrom });
  if (status !== "active") {
    story.tell({ kind: "AgencyStatusChanged", agency: code, status, effectiveFrom });
  }
  for (const [type, entitlement] of agency.entitlements) {
    story.tell({ kind: "EntitlementGranted", agency: code, type, ...entitlement });
  }
  for (const key of agency.documentKeys.values()) sayKey(story, code, key);
}

function sayKey(story: LedgerStory, agency: string, key: DocumentKey): void {
  const { keyId, algorithm, x, y, windows, trust } = key;
  for (const { validFrom, validUntil, endedAt } of windows) {
    const said = { agency, keyId, algorithm, x, y, validFrom, validUntil };
    if (endedAt === null) story.tell({ kind: "DocumentKeyAdded", ...said });
  }
  if (trust.at(-1)?.since === 0) story.tell({ kind: "DocumentKeyDistrusted", agency, keyId });
}

function sayOperators(story: LedgerStory, { operators }: LedgerState, now: number): void {
  for (const [account, { agency, trust, ...window }] of operators) {
    const since = trust.at(-1)?.since ?? null;
    if (since !== null) {
      story.tell({ kind: "OperatorAdded", agency, account, ...window });
      story.tell({ kind: "OperatorDistrusted", agency, account, since });
    } else if (window.validUntil === null || window.validUntil > now) {
      story.tell({ kind: "OperatorAdded", agency, account, ...window });
    }
  }
}

function sayRules(story: LedgerStory, { rules, groups }: LedgerState): void {
  for (const [group, definitions] of groups) {
    const regions = definitions.at(-1)?.regions ?? [];
    story.tell({ kind: "GroupDefined", group, regions });
  }
  for (const { rule, endedAt } of rules.values()) if (endedAt === null) story.addRule(rule);
}
