/** Whether an event is the very next one: no gap, no repetition, and the head that follows. */
import type { Hash } from "../hashing.ts";
import { nextHead } from "./anchors.ts";
import type { GovernanceContract, LedgerEvent } from "./events.ts";
import type { LedgerState } from "./state.ts";

export interface Discontinuity {
  readonly what: "sequence" | "head";
  readonly contract: GovernanceContract | "BatchAnchor";
  readonly expected: string;
  readonly found: string;
}

/** @returns what is wrong with taking `event` next, or null. */
export function findDiscontinuity(
  keccak256: Hash,
  state: LedgerState,
  event: LedgerEvent,
): Discontinuity | null {
  if (event.kind === "BatchAnchored") {
    const gap = gapIn("BatchAnchor", state.sequence, event.sequence);
    if (gap !== null) return gap;
    const expected = nextHead(keccak256, state, event);
    if (expected === event.head) return null;
    return { what: "head", contract: "BatchAnchor", expected, found: event.head };
  }
  if (!("sequence" in event)) return null;
  const contract = contractOf(event.kind);
  return gapIn(contract, state.sequences[contract], event.sequence);
}

function gapIn(
  contract: Discontinuity["contract"],
  last: number,
  found: number,
): Discontinuity | null {
  if (found === last + 1) return null;
  return { what: "sequence", contract, expected: String(last + 1), found: String(found) };
}

type NumberedKind = Extract<LedgerEvent, { sequence: number }>["kind"];

function contractOf(kind: NumberedKind): GovernanceContract {
  switch (kind) {
    case "AuthorityAppointed":
    case "AuthorityDismissed":
    case "LedgerFrozen":
      return "AuthorityRegistry";
    case "TypePublished":
    case "TypeRetired":
      return "CertificateCatalog";
    case "RuleAdded":
    case "RuleEnded":
    case "GroupDefined":
      return "RecognitionPolicy";
    default:
      return "AgencyRegistry";
  }
}
