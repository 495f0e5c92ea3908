/** A recognition rule as the chain has it, with when it was recorded and ended. */
import { formatInstant } from "../../core/encoding/instant.ts";
import type { RecognitionRule } from "../../core/ledger/events.ts";
import type { RuleRecord as RecordedRule } from "../../core/ledger/state.ts";

export interface RuleRecord {
  /** With its generation: each deployment numbers its rules from 1. */
  readonly ruleId: number;
  readonly generation: number;
  readonly rule: RecognitionRule;
  readonly recordedAt: string;
  /** Null while nobody has ended it; its own dates may have run out all the same. */
  readonly endedAt: string | null;
}

export function ruleRecord(record: RecordedRule): RuleRecord {
  const { id, generation, rule, recordedAt, endedAt } = record;
  return {
    ruleId: id,
    generation,
    rule,
    recordedAt: formatInstant(recordedAt),
    endedAt: endedAt === null ? null : formatInstant(endedAt),
  };
}
