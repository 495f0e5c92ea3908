/** The accounts that anchor and set statuses for agencies, folded from AgencyRegistry's events. */
import type { AgencyEvent, Positioned } from "./events.ts";
import type { LedgerState, Operator } from "./state.ts";
import { endWindow, isInWindow } from "./state.ts";
import { distrust, liftDistrust } from "./trust.ts";

type OperatorEvent = Extract<Positioned<AgencyEvent>, { account: string }>;

/** An account that is added again keeps the history of its trust. */
export function applyToOperator(state: LedgerState, event: OperatorEvent): void {
  const known = state.operators.get(event.account);
  if (event.kind === "OperatorAdded") {
    const { agency, validFrom, validUntil } = event;
    const trust = known?.trust ?? [];
    state.operators.set(event.account, { agency, validFrom, validUntil, trust });
  } else if (known !== undefined) {
    state.operators.set(event.account, changed(known, event));
  }
}

function changed(
  operator: Operator,
  event: Exclude<OperatorEvent, { kind: "OperatorAdded" }>,
): Operator {
  const { time } = event.position;
  switch (event.kind) {
    case "OperatorRemoved":
      return endWindow(operator, time);
    case "OperatorDistrusted":
      return {
        ...endWindow(operator, time),
        trust: distrust(operator.trust, event.since, time),
      };
    default:
      return { ...operator, trust: liftDistrust(operator.trust, time) };
  }
}

export function isOperatorOf(
  operator: Operator | undefined,
  agency: string,
  time: number,
): boolean {
  return operator?.agency === agency && isInWindow(operator, time);
}
