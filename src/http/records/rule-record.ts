/** A recognition rule as the chain has it, with when it was recorded and ended. */
import { formatInstant } from "../../core/encoding/instant.ts";
import type { RecognitionRule } from "../../core/ledger/events.ts";
import type { RuleRecord as RecordedRule } from "../../core/ledger/state.ts";

export interface RuleRecord {
  readonly ruleId: number;
  readonly rule: RecognitionRule;
  readonly recordedAt: string;
  /** Null while nobody has ended it; its own dates may have run out all the same. */
  readonly endedAt: string | null;
}

export function ruleRecord({ id, rule, recordedAt, endedAt }: RecordedRule): RuleRecord {
  return {
    ruleId: id,
    rule,
    recordedAt: formatInstant(recordedAt),
    endedAt: endedAt === null ? null : formatInstant(endedAt),
  };
}
