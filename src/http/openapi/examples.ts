/** Examples for the document; tests hold them against the schemas. */
import type { AnswerCheck, AnswerLedger } from "../../app/answer.ts";
import { VERDICT_WORDS } from "../../app/answer.ts";
import type { CounterAnswer } from "../../app/counter/counter-answer.ts";
import type { CheckName } from "../../core/verify/codes.ts";
import { CHECK_WORDS, CODE_WORDS, SKIPPED_WORDS } from "../../core/verify/code-words.ts";
import { CHECK_NAMES } from "../../core/verify/codes.ts";

export const EXAMPLE_AGENCY = "11460200MB1234567A";
export const EXAMPLE_TYPE = "11100000000019907J001";
export const EXAMPLE_ROOT = `0x${"3f".repeat(32)}`;
export const EXAMPLE_INSTANT = "2026-01-01T00:00:00Z";

export const exampleLedger: AnswerLedger = {
  chainId: 31337,
  directory: `0x${"d1".repeat(20)}`,
  block: 1024,
  blockHash: `0x${"b1".repeat(32)}`,
  blockTime: "2026-04-11T00:00:00Z",
  ageSeconds: 2,
};

function passed(check: CheckName): AnswerCheck {
  return { check, result: "pass", words: CHECK_WORDS[check].pass };
}

function notAsked(check: CheckName): AnswerCheck {
  return { check, result: "skipped", words: SKIPPED_WORDS.notAsked };
}

/** A printed code shown at a counter that asks for nothing more. */
const NOT_ASKED = new Set<CheckName>(["holder", "freshness"]);

const accepted: CounterAnswer = {
  verdict: "accepted",
  words: VERDICT_WORDS.accepted,
  authentic: true,
  usable: true,
  checks: CHECK_NAMES.map((name) => (NOT_ASKED.has(name) ? notAsked(name) : passed(name))),
  certificate: {
    type: EXAMPLE_TYPE,
    typeName: { zh: "结婚证", en: "Marriage certificate" },
    schemaVersion: 1,
    agency: EXAMPLE_AGENCY,
    agencyName: "三亚市民政局",
    region: "460200",
    regionName: { zh: "海南省（460200）", en: "Hainan (460200)" },
    successor: null,
    notBefore: EXAMPLE_INSTANT,
    notAfter: null,
    delegate: null,
    root: EXAMPLE_ROOT,
    index: 41,
    anchoredAt: EXAMPLE_INSTANT,
  },
  claims: { holderName: "王小明", holderIdNumber: "110***********002X" },
  masked: ["holderIdNumber"],
  receipt: {
    ...{ id: "8QZ3vN1xT0eYb2kLw6mRfA", strand: "4f".repeat(16), number: 1041 },
    hash: "9c".repeat(32),
  },
  recognition: { by: "own", ruleId: null, rule: null },
  ledger: exampleLedger,
};

const revoked: CounterAnswer = {
  ...accepted,
  verdict: "rejected",
  words: VERDICT_WORDS.rejected,
  usable: false,
  checks: accepted.checks.map((check): AnswerCheck => {
    if (check.check !== "status") return check;
    const detail = "the certificate, from 2026-03-01T00:00:00Z, reason 7";
    return { check: "status", result: "fail", code: "REVOKED", detail, ...CODE_WORDS.REVOKED };
  }),
};

const STALE = new Set<CheckName>(["anchor", "issuer", "status", "recognition"]);

const stale: CounterAnswer = {
  ...accepted,
  verdict: "indeterminate",
  words: VERDICT_WORDS.indeterminate,
  authentic: null,
  usable: null,
  ledger: { ...exampleLedger, ageSeconds: 95 },
  checks: accepted.checks.map((check): AnswerCheck => {
    if (!STALE.has(check.check)) return check;
    const detail = "last confirmed 95 s ago at block 1024; last known: pass";
    const code = "CHAIN_STALE";
    return { check: check.check, result: "unknown", code, detail, ...CODE_WORDS.CHAIN_STALE };
  }),
};

export const answerExamples = { accepted, revoked, stale };

export function examplePage(item: unknown): Readonly<Record<string, unknown>> {
  return { items: [item], next: null, total: 1, limit: 100, ledger: exampleLedger };
}
