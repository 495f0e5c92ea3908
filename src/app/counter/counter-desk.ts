/** What serving counters needs of the rest of the service. */
import type { ServiceItems } from "../../core/service-items/service-item.ts";
import type { ClaimDefinitions } from "../../core/service-items/tell-claims.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { Verdict } from "../../core/verify/verdict.ts";
import type { Randomness } from "../../ports/clock.ts";
import type {
  HeldPresentations,
  PresentationRequests,
  ReferencePeers,
} from "../../ports/presentation-requests.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { UseRecorder } from "../uses/use-recorder.ts";
import type { VerifierOptions } from "../verify-presentation.ts";

/** For verifying what is shown. */
export interface VerifyingDesk extends VerifierOptions {
  /** Null where the chain was never reached. */
  view(): LedgerView | null;
  readonly items: ServiceItems;
  readonly definitions: ClaimDefinitions;
  readonly uses: UseRecorder;
  /** Told of each verdict that was given; it must not throw. */
  onVerdict?(verdict: Verdict): void;
  /** Does the work, and may look at how long it takes. */
  around?<T>(what: "judge", work: () => T): T;
}

/** For verifying, and for asking and keeping what is shown from afar. */
export interface CounterDesk extends VerifyingDesk {
  readonly requests: PresentationRequests;
  readonly held: HeldPresentations;
  readonly peers: ReferencePeers;
  readonly keys: Pick<ServiceKeys, "seal" | "open">;
  readonly randomness: Randomness;
  /** The name under which wallets and other services reach this one. */
  readonly publicHost: string;
}
