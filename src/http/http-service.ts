/** What the HTTP application is handed by whoever wires it: use cases, a clock and a place for the log. */
import type { Access } from "../app/access/access.ts";
import type { CounterDesk } from "../app/counter/counter-desk.ts";
import type { UsesDesk } from "../app/uses/uses-desk.ts";
import type { Attempt, NamedCall } from "../app/repeat-call.ts";
import type { TrustPacks } from "../app/trust-pack.ts";
import type { EventPosition, Positioned, StatusEvent } from "../core/ledger/events.ts";
import type { ProblemCode } from "../core/problem-codes.ts";
import type { Problem } from "../core/problem.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type { Pages } from "./pages/page-file.ts";

/** 256 KiB: a certificate file of 256 claims fits. */
export const DEFAULT_BODY_BYTES = 262_144;

/** What every service gives the application, whatever its routes are for. */
export interface RoutedService {
  /** Who may call, and how often. */
  readonly access: Access;
  /** The ledger as followed so far; null until the chain was reached once. */
  view(): LedgerView | null;
  /** Does the work of a call once, however often it is repeated within a minute. */
  repeat(call: NamedCall, work: (attempt: Attempt) => unknown): Promise<unknown>;
  /** Whether the view is there and younger than the limit: what a load balancer asks. */
  isReady(): boolean;
  status(): ServiceStatus;
  /** Seconds since 1970, the same clock that verdicts are given by. */
  now(): number;
  /** Called once per request, after it was answered. It must not throw. */
  log?(entry: AccessEntry): void;
  /** Called for what the caller is not told. It must not throw. */
  report?(fault: Fault): void;
  /** Whether an OpenTelemetry SDK is registered, so that each request becomes a span. */
  readonly isTraced?: boolean;
  readonly limits?: HttpLimits;
  /** The version of the program, as /openapi.json and /healthz say it. */
  readonly version: string;
}

/** The verification service. */
export interface HttpService extends RoutedService {
  /** What verifying for counters and wallets stands on. */
  readonly desk: CounterDesk;
  /** What was verified, for those who may know. */
  readonly uses: Pick<UsesDesk, "receipt" | "list" | "ofHolder" | "keySet" | "keepOffline">;
  /** What counters take with them where there is no network. */
  readonly packs: Pick<TrustPacks, "give">;
  /** Changes of statuses that come after a place, in the chain's order, at most so many. */
  statusEvents(after: EventPlace, limit: number): Promise<readonly Positioned<StatusEvent>[]>;
  /** Wallet, counter and the other pages; without it, the API alone. */
  readonly pages?: Pages;
}

/** Where an event stands in the chain's one order. */
export type EventPlace = Pick<EventPosition, "block" | "logIndex">;

interface HttpLimits {
  /** The longest body of a request; DEFAULT_BODY_BYTES where nothing is said. */
  readonly bodyBytes?: number;
}

interface ServiceStatus {
  /** What the follower met last, and has not overcome since. */
  readonly lastProblem: ProblemCode | null;
  /** What keeps the service from being ready, in a few words each; nothing where it is. */
  readonly unready?: readonly string[];
}

/** One line of the access log: never a body, a claim, a query or an address of a person. */
export interface AccessEntry {
  readonly requestId: string;
  readonly method: string;
  /** As /openapi.json names it, such as `/v1/agencies/{code}`; null where no route fits. */
  readonly route: string | null;
  readonly status: number;
  readonly milliseconds: number;
  /** The code of the problem document, where one was answered. */
  readonly problem?: ProblemCode;
  /** The id of the client that called; not there for anyone. */
  readonly client?: string;
}

/** A failure on this side. `problem.cause` may hold anything, so it is for a protected log alone. */
export interface Fault {
  /** Null where the failure was not in answering a request. */
  readonly requestId: string | null;
  readonly problem: Problem;
}
