/** Everything a check may look at: what was shown, what the chain says, and what the counter asks. */
import type { CertificateFile } from "../certificate/certificate-file.ts";
import { toHex } from "../encoding/bytes.ts";
import type { Primitives } from "../hashing.ts";
import type { Coverage } from "../ledger/coverage.ts";
import { isOutside } from "../ledger/coverage.ts";
import type { TypePublished } from "../ledger/events.ts";
import type { Agency, Anchor, LedgerState } from "../ledger/state.ts";
import { batchKey } from "../ledger/state.ts";
import type { Presentation } from "../presentation/presentation.ts";
import type { Proof } from "../presentation/proof.ts";

/**
 * What a counter is given, undecoded: the text of a QR code, the text of a certificate file, or the JSON
 * that such a file holds.
 */
export type Given =
  { readonly qr: string } | { readonly file: string } | { readonly certificate: unknown };

/** A decoded presentation, or a certificate file with the proof of all its claims. */
export interface Shown {
  readonly proof: Proof;
  readonly presentation: Presentation | null;
  readonly file: CertificateFile | null;
}

/**
 * A ledger state with its place and age. `asOf` is when a node last confirmed it, in seconds since 1970;
 * `pending` holds the keys of batches seen in blocks that are not final yet.
 */
export interface LedgerView {
  readonly state: LedgerState;
  readonly block: { readonly number: number; readonly hash: string; readonly time: number };
  readonly asOf: number;
  readonly pending: ReadonlySet<string>;
  /** What of the ledger the state holds; all of it where nothing is said. */
  readonly coverage?: Coverage;
}

/** What a counter wants to know. Times are seconds since 1970. */
export interface CounterRequest {
  /** The counter's clock. */
  readonly now: number;
  /** When it was shown, where that was not `now`: freshness is judged for then. */
  readonly shownAt?: number;
  /** For which time to judge status, validity and rules; `now` by default. */
  readonly at?: number;
  /** Only what was recorded up to then counts, for every check; everything known by default. */
  readonly asKnownAt?: number;
  /** The region of the counter; without it recognition is not asked for. */
  readonly region?: string;
  /** The service item (事项) the certificate is wanted for. */
  readonly purpose?: string;
  /** The code of that service item, where the purpose is one of its names; a grant names codes. */
  readonly serviceItem?: string;
  /** Who this counter is. */
  readonly audience?: string;
  /** The challenge that this counter gave. */
  readonly nonce?: Uint8Array;
  readonly requiresHolder?: boolean;
  readonly requiredClaims?: readonly string[];
  /** Whether this very presentation was accepted before. */
  readonly isReplayed?: boolean;
  /** The greatest age of the view of the chain, in seconds. */
  readonly maxLedgerAge: number;
}

export interface Case {
  readonly shown: Shown;
  readonly view: LedgerView | null;
  readonly request: CounterRequest;
  readonly primitives: Primitives;
  /** The chain's records of the batch, its agency and its type, where there are any, as known then. */
  readonly anchor: Anchor | null;
  readonly agency: Agency | null;
  readonly type: TypePublished | null;
  /** The holder with whom claims, leaf and path give the root; null where nobody fits. */
  readonly provenHolder: Uint8Array | null;
}

/** For which time status, validity and rules are judged. */
export function judgedAt({ request }: Case): number {
  return request.at ?? request.now;
}

/** What was recorded after this time does not count. */
export function knownUntil({ request }: Case): number {
  return request.asKnownAt ?? Infinity;
}

/** Whether the batch was seen in a block that is not final yet; in the past that is asked about, it was not. */
export function isPending(it: Case): boolean {
  const { view, shown } = it;
  if (view === null || knownUntil(it) < view.block.time) return false;
  return view.pending.has(batchKey(shown.proof.agency, `0x${toHex(shown.proof.root)}`));
}

/** Whether its batch may be on the chain though this state has nothing of it. */
export function isOutsideCoverage({ view, shown }: Case): boolean {
  if (view?.coverage === undefined) return false;
  const { agency, root } = shown.proof;
  return isOutside(view.coverage, view.state, batchKey(agency, `0x${toHex(root)}`), agency);
}
