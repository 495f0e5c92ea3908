/** The one reducer: events in the chain's order become the ledger state. */
import { applyAgencyEvent } from "./agencies.ts";
import { applyAnchor } from "./anchors.ts";
import { applyAuthorityEvent } from "./authorities.ts";
import { applyCatalogueEvent } from "./catalogue.ts";
import type { LedgerEvent } from "./events.ts";
import { applyRecognitionEvent } from "./recognition.ts";
import type { LedgerState } from "./state.ts";
import { applyStatusEvent } from "./statuses.ts";

/** Changes the state it is given, and nothing else. Events come in the chain's order, each once. */
export function applyEvent(state: LedgerState, event: LedgerEvent): void {
  state.last = event.position;
  switch (event.kind) {
    case "BatchAnchored":
      applyAnchor(state, event);
      return;
    case "CertificateStatusChanged":
    case "CertificatesStatusChanged":
    case "BatchStatusChanged":
      applyStatusEvent(state, event);
      return;
    case "TypePublished":
    case "TypeRetired":
      applyCatalogueEvent(state, event);
      return;
    case "RuleAdded":
    case "RuleEnded":
    case "GroupDefined":
      applyRecognitionEvent(state, event);
      return;
    case "AuthorityAppointed":
    case "AuthorityDismissed":
    case "LedgerFrozen":
      applyAuthorityEvent(state, event);
      return;
    default:
      applyAgencyEvent(state, event);
  }
}
