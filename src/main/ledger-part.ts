/** The ledger as a part of a service: what it has read of the chain, kept and followed. */
import { spanned } from "../adapters/telemetry/spans.ts";
import { ChainFollower } from "../app/follow-chain.ts";
import type { ProblemCode } from "../core/problem-codes.ts";
import type { Problem } from "../core/problem.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type { HttpService } from "../http/http-service.ts";
import type { ServiceLog } from "../ports/service-log.ts";
import type { Chain } from "./chain.ts";
import { FollowLoop } from "./follow-loop.ts";
import { ageOf, ledgerFigures } from "./ledger-figures.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import type { ChainSettings } from "./service-settings.ts";
import { primitives, systemClock } from "./system.ts";
import { openStore } from "./verifier-store.ts";

/** How long a question to the node is waited for at the end. */
const CLOSING_MS = 2_000;

/** How long a start waits for the chain: a first reading of a large one goes on while it answers 'can't tell'. */
const FIRST_READING_MS = 10_000;

export interface LedgerPart extends ServicePart {
  /** Null until the chain was reached once. */
  readonly view: LedgerView | null;
  /** What following the chain met last, and has not overcome since. */
  readonly trouble: ProblemCode | null;
  /** Changes of statuses after a place, up to the view's block, in the chain's order. */
  readonly statusEvents: HttpService["statusEvents"];
}

/** What of a service's context following the chain needs. */
export interface LedgerContext extends Pick<ServiceContext, "log" | "metrics"> {
  readonly settings: { readonly chain: Pick<ChainSettings, "pollMilliseconds" | "maxAgeSeconds"> };
}

/**
 * Has asked the chain once, whatever came of it; or is still reading, where that takes long.
 * @param storeFile where it keeps what it has read; ":memory:" to read the chain anew at each start
 */
export async function openLedger(
  context: LedgerContext,
  chain: Chain,
  storeFile: string,
): Promise<LedgerPart> {
  const { pollMilliseconds, maxAgeSeconds } = context.settings.chain;
  const store = await openStore(storeFile);
  const { reader, confirmations } = chain;
  const options = { chain: reader, store, primitives, clock: systemClock, confirmations };
  const follower = await ChainFollower.open(options);
  const figures = ledgerFigures(
    context.metrics,
    () => follower.view,
    () => chain.nodes(),
  );
  const polled = { poll: () => spanned("chain.poll", () => follower.poll()) };
  const loop = new FollowLoop(polled, {
    pollMilliseconds,
    closingMilliseconds: CLOSING_MS,
    onTrouble: (problem) => {
      tellTrouble(context.log, problem);
      if (problem !== null) figures.trouble(problem);
    },
  });
  await loop.begin(FIRST_READING_MS);
  return {
    get view() {
      return follower.view;
    },
    get trouble() {
      return loop.trouble;
    },
    statusEvents: (after, limit) => {
      return store.statusEvents(after, follower.view?.block.number ?? -1, limit);
    },
    unready: () => staleness(follower.view, maxAgeSeconds),
    close: async () => {
      await loop.stop();
      await follower.keep();
      await store.close();
    },
  };
}

function tellTrouble(log: ServiceLog, problem: Problem | null): void {
  if (problem === null) log.write("warn", "chain-followed");
  else log.write("error", "chain-trouble", { code: problem.code, detail: problem.detail });
}

function staleness(view: LedgerView | null, maxAgeSeconds: number): string | null {
  if (view === null) return "the chain has not been reached";
  const age = ageOf(view);
  return age <= maxAgeSeconds ? null : `the view of the chain is ${String(age)} s old`;
}
