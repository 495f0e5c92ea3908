/** What counters are shown, as the judge's benchmark takes it: ten claims, a batch of 4,096, twelve levels. */
import { loadPrimitives } from "../src/adapters/hashing/primitives.ts";
import type { CertificateFile } from "../src/core/certificate/certificate-file.ts";
import type { CounterRequest, Given, LedgerView } from "../src/core/verify/case.ts";
import type { Verdict } from "../src/core/verify/verdict.ts";
import { issueBatch, certificateAt } from "../test/support/certificate-batch.ts";
import type { IssuedBatch } from "../test/support/issued-batch.ts";
import { HANGZHOU, NOW, sanyaDocumentKey, tellUsualStory } from "../test/support/ledger-story.ts";
import {
  bearerWire,
  bindingFor,
  fileOf,
  proofOf,
  qrOf,
  signedWire,
} from "../test/support/present.ts";
import { seededKey } from "../test/support/seeded.ts";
import { verify } from "../src/core/verify/verify.ts";

const BATCH = 4096;
/** Different certificates in turn, so that nothing is quick only because it was just seen. */
const CERTIFICATES = 64;
const NAMES = ["住址", "holderName", "birthDate", "licenceNumber", "scope"];
const SHOWN = ["holderName", "licenceNumber", "validUntil"];

const REQUEST: CounterRequest = { now: NOW, region: HANGZHOU.region, maxLedgerAge: 3600 };
/** More than any cache of keys keeps: at a counter each holder is another. */
const HOLDERS = 512;

export interface JudgeCase {
  readonly name: string;
  readonly given: readonly Given[];
}

export interface JudgeCases {
  readonly bearer: JudgeCase;
  readonly file: JudgeCase;
  readonly bound: JudgeCase;
  readonly judge: (given: Given) => Verdict;
}

export async function judgeCases(): Promise<JudgeCases> {
  const primitives = await loadPrimitives();
  const story = tellUsualStory(primitives);
  const batch = issueBatch(primitives, { size: BATCH, claimsOf: tenClaims });
  story.anchor(batch);
  const view: LedgerView = story.view();
  const some = certificatesOf(batch);
  const bearer = some.map((file) => qrOf(bearerWire(proofOf(primitives, file, SHOWN))));
  const bound = Array.from({ length: HOLDERS }, (_, i) => {
    const holder = seededKey(`phone ${String(i)}`);
    const file = some[i % some.length] as CertificateFile;
    const binding = bindingFor(file, holder, sanyaDocumentKey);
    return qrOf(signedWire(proofOf(primitives, file, SHOWN), holder, { binding }));
  });
  return {
    bearer: { name: "bearer presentation, three of ten claims", given: bearer },
    file: { name: "certificate file, ten claims", given: some.map(fileOf) },
    bound: { name: "signed by its holder, with a binding", given: bound },
    judge: (given) => verify(given, view, REQUEST, primitives),
  };
}

function certificatesOf(batch: IssuedBatch) {
  const step = BATCH / CERTIFICATES;
  return Array.from({ length: CERTIFICATES }, (_, i) => certificateAt(batch, i * step));
}

export function tenClaims(index: number): Record<string, string | number> {
  const others = NAMES.map((name) => [name, `三亚市吉阳区解放路${String(index)}号`] as const);
  return {
    ...Object.fromEntries(others),
    holderName: "王小明",
    birthDate: "1990-05-17",
    licenceNumber: `琼食药监械经营许20260${String(index).padStart(3, "0")}号`,
    registryNumber: index,
    validUntil: "2031-01-15",
    issuingAuthority: "三亚市市场监督管理局",
    issueDate: "2026-01-15",
    storage: "冷藏",
  };
}
