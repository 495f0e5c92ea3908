/** A certificate type as the chain has it, by its code, and rules that name one. */
import { ruleWords } from "../../app/rule-words.ts";
import type { RecognitionRule, TypePublished } from "../../core/ledger/events.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import type { Words } from "../../core/words.ts";

/** @throws Problem TYPE_UNKNOWN; a retired type is still asked about. */
export function requireKnownType({ types }: LedgerState, code: string): void {
  if (!types.has(code)) throw new Problem("TYPE_UNKNOWN", `--type ${code}`);
}

/** The last version that was published, which has the present names. */
export function latestVersion({ types }: LedgerState, code: string): TypePublished | undefined {
  return [...(types.get(code)?.versions.values() ?? [])].at(-1);
}

/** 结婚证 Marriage certificate (1110…) */
export function typeText(state: LedgerState, code: string): string {
  const version = latestVersion(state, code);
  return version === undefined ? code : `${version.name} ${version.nameEn} (${code})`;
}

/** What a rule says, with the type's name for its code. */
export function namedRuleWords(state: LedgerState, rule: RecognitionRule): Words {
  const version = rule.type === null ? undefined : latestVersion(state, rule.type);
  if (version === undefined) return ruleWords(rule);
  return {
    zh: ruleWords({ ...rule, type: version.name }).zh,
    en: ruleWords({ ...rule, type: version.nameEn }).en,
  };
}
