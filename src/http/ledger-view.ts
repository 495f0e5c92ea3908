/** What the service has read of the chain, and how old it is. */
import type { AnswerLedger } from "../app/answer.ts";
import { formatInstant } from "../core/encoding/instant.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type { RoutedService } from "./http-service.ts";
import { NotReady } from "./problem-document.ts";

/** @throws NotReady where the chain was never reached: an empty list would be a lie. */
export function requireView(service: RoutedService): LedgerView {
  const view = service.view();
  if (view === null) throw notReady(service);
  return view;
}

export function notReady(service: RoutedService): NotReady {
  const view = service.view();
  const ageSeconds = view === null ? null : service.now() - view.asOf;
  const { lastProblem, unready = [] } = service.status();
  return new NotReady({ ageSeconds, lastProblem, unready });
}

/** The place and age of the view, as every answer says it. */
export function ledgerOf(service: RoutedService, { state, block, asOf }: LedgerView): AnswerLedger {
  const { chainId, directory } = state.identity;
  return {
    chainId,
    directory,
    block: block.number,
    blockHash: block.hash,
    blockTime: formatInstant(block.time),
    ageSeconds: service.now() - asOf,
  };
}
