/** The answer a counter gets, over REST and on the command line alike: plain JSON with words. */
import type { ClaimValue } from "../core/encoding/cbor.ts";
import { toHex } from "../core/encoding/bytes.ts";
import { formatInstant } from "../core/encoding/instant.ts";
import { regionName } from "../core/identifiers/region.ts";
import type { RegionCode } from "../core/identifiers/region.ts";
import type { RecognitionDecision } from "../core/ledger/recognition.ts";
import type { RecognitionRule } from "../core/ledger/events.ts";
import type { DelegationReason, Grant } from "../core/presentation/grant.ts";
import type { CheckResult } from "../core/verify/check.ts";
import type { CheckCode, CheckName } from "../core/verify/codes.ts";
import type { Words } from "../core/words.ts";
import {
  CHECK_WORDS,
  CODE_WORDS,
  DELEGATE_PASS,
  SKIPPED_WORDS,
} from "../core/verify/code-words.ts";
import { CHECK_NAMES } from "../core/verify/codes.ts";
import type { CertificateFacts, VerdictWord } from "../core/verify/verdict.ts";
import type { Judged } from "./verify-presentation.ts";

export interface Answer {
  readonly verdict: VerdictWord;
  readonly words: Words;
  /** True, false, or null for 'can't tell'. */
  readonly authentic: boolean | null;
  readonly usable: boolean | null;
  readonly checks: readonly AnswerCheck[];
  readonly certificate: AnswerCertificate | null;
  /** The disclosed claims, where they are proven to be the certificate's. */
  readonly claims: Readonly<Record<string, ClaimValue>>;
  readonly recognition: AnswerRecognition | null;
  /** The place and age of the state of the chain that was judged on; null where it was never reached. */
  readonly ledger: AnswerLedger | null;
}

export interface AnswerCheck {
  readonly check: CheckName;
  readonly result: CheckResult["result"];
  readonly code?: CheckCode;
  readonly detail?: string;
  readonly words: Words;
  readonly remedy?: Words;
}

/** Names and region are the chain's records; null where the chain knows nothing of them. */
export interface AnswerCertificate {
  readonly type: string | null;
  readonly typeName: Words | null;
  readonly schemaVersion: number | null;
  readonly agency: string;
  readonly agencyName: string | null;
  readonly region: string | null;
  readonly regionName: Words | null;
  /** The agency that goes on with the work of one that is closed; null where there is none. */
  readonly successor: { readonly code: string; readonly name: string } | null;
  readonly notBefore: string;
  readonly notAfter: string | null;
  /** Whom the holder let show it, where it is not the holder who does; left out for anyone. */
  readonly delegate?: AnswerDelegate | null;
  /** Where it is, and since when; left out for anyone, who is told type, agency and dates. */
  readonly root?: string;
  readonly index?: number;
  readonly anchoredAt?: string | null;
}

/** Whoever shows a certificate for its holder (代亮). */
export interface AnswerDelegate {
  readonly name: string;
  readonly reason: DelegationReason;
  readonly matters: readonly string[];
  /** The holder's name, where the delegate may show that. */
  readonly grantor: string | null;
}

export interface AnswerRecognition {
  readonly by: RecognitionDecision["by"];
  readonly ruleId: number | null;
  readonly rule: RecognitionRule | null;
}

export interface AnswerLedger {
  readonly chainId: number;
  readonly directory: string;
  readonly block: number;
  readonly blockHash: string;
  readonly blockTime: string;
  readonly ageSeconds: number;
}

export const VERDICT_WORDS: Readonly<Record<VerdictWord, Words>> = {
  accepted: { zh: "有效", en: "Accepted" },
  rejected: { zh: "不予受理", en: "Rejected" },
  indeterminate: { zh: "暂时无法判断", en: "Can't tell" },
};

/** @param claims as they are to be told; as they are shown where nothing is said */
export function answerOf(
  { verdict, view, request }: Judged,
  claims: Answer["claims"] = Object.fromEntries(verdict.certificate?.claims ?? []),
): Answer {
  const { certificate } = verdict;
  return {
    verdict: verdict.verdict,
    words: VERDICT_WORDS[verdict.verdict],
    authentic: verdict.authentic,
    usable: verdict.usable,
    checks: verdict.checks.map((check) => checkOf(check, certificate)),
    certificate: certificate === null ? null : certificateOf(certificate),
    claims,
    recognition: recognitionOf(verdict.recognition),
    ledger: view && {
      chainId: view.state.identity.chainId,
      directory: view.state.identity.directory,
      block: view.block.number,
      blockHash: view.block.hash,
      blockTime: formatInstant(view.block.time),
      ageSeconds: request.now - view.asOf,
    },
  };
}

/** What is said of every check that passed, made once. */
const PASSED = Object.fromEntries(
  CHECK_NAMES.map((check) => [check, { check, result: "pass", words: CHECK_WORDS[check].pass }]),
) as unknown as Readonly<Record<CheckName, AnswerCheck>>;

const SHOWN_BY_DELEGATE: AnswerCheck = { ...PASSED.holder, words: DELEGATE_PASS };

function checkOf(check: CheckResult, certificate: CertificateFacts | null): AnswerCheck {
  const { check: name, result } = check;
  if (result === "pass") {
    const isDelegates = name === "holder" && (certificate?.delegate ?? null) !== null;
    return isDelegates ? SHOWN_BY_DELEGATE : PASSED[name];
  }
  if (result === "skipped") return { check: name, result, words: SKIPPED_WORDS[check.because] };
  const { code, detail } = check;
  const { words, remedy } = CODE_WORDS[code];
  if (detail === undefined) return { check: name, result, code, words, remedy };
  return { check: name, result, code, detail, words, remedy };
}

function certificateOf(facts: CertificateFacts): AnswerCertificate {
  const { proof, anchor, agency, type, successor } = facts;
  const region = agency?.region ?? null;
  return {
    type: anchor?.type ?? null,
    typeName: type && { zh: type.name, en: type.nameEn },
    schemaVersion: anchor?.schemaVersion ?? null,
    agency: proof.agency,
    agencyName: agency?.name ?? null,
    region,
    regionName: region === null ? null : regionWords(region),
    successor: successor && { code: successor.code, name: successor.name },
    notBefore: formatInstant(proof.notBefore),
    notAfter: proof.notAfter === null ? null : formatInstant(proof.notAfter),
    delegate: delegateOf(facts.delegate),
    root: `0x${toHex(proof.root)}`,
    index: proof.index,
    anchoredAt: anchor && formatInstant(anchor.time),
  };
}

function delegateOf(grant: Grant | null): AnswerDelegate | null {
  if (grant === null) return null;
  const { delegate: name, reason, matters, grantor } = grant;
  return { name, reason, matters, grantor };
}

/** Regions come again and again; the chain has some thousands at most. */
const regions = new Map<string, Words>();

export function regionWords(region: string): Words {
  const code = region as RegionCode;
  const words = regions.get(region) ?? { zh: regionName(code, "zh"), en: regionName(code, "en") };
  regions.set(region, words);
  return words;
}

function recognitionOf(decision: RecognitionDecision | null): AnswerRecognition | null {
  if (decision === null) return null;
  if (decision.by === "own") return { by: "own", ruleId: null, rule: null };
  const record = decision.by === "rule" ? decision.record : decision.expired;
  return { by: decision.by, ruleId: record?.id ?? null, rule: record?.rule ?? null };
}
