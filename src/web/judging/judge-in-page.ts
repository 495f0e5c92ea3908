/**
 * The one judge, in a page. It asks for signatures as if the answer were at hand; WebCrypto gives its answers
 * later. So it is run until it asks nothing new: what it asked meanwhile is looked up between two runs.
 */
import type { CounterRequest, Given, LedgerView } from "../../core/verify/case.ts";
import type { Verdict } from "../../core/verify/verdict.ts";
import { verify } from "../../core/verify/verify.ts";
import type { Primitives } from "../../core/hashing.ts";
import type { Hashes } from "./page-primitives.ts";
import { loadHashes } from "./page-primitives.ts";
import type { SignatureCheck, SignatureQuestion } from "./signatures.ts";
import { SIGNATURE_CHECKS, questionOf } from "./signatures.ts";

/** @param view null where there is nothing to judge on. Never throws for what is shown. */
export async function judgeInPage(
  given: Given,
  view: LedgerView | null,
  request: CounterRequest,
): Promise<Verdict> {
  const hashes = await loadHashes();
  return withSignatures(hashes, (primitives) => verify(given, view, request, primitives));
}

/** Runs what needs the answers of signature checks at once; it must be pure, since it may run several times. */
export async function withSignatures<T>(
  hashes: Hashes,
  run: (primitives: Primitives) => T,
): Promise<T> {
  const answers = new Map<string, boolean>();
  for (;;) {
    const open = new Map<string, Promise<boolean>>();
    const ask = (check: SignatureCheck, question: SignatureQuestion): boolean => {
      const name = questionOf(check, question);
      const answer = answers.get(name);
      if (answer === undefined && !open.has(name))
        open.set(name, SIGNATURE_CHECKS[check](...question));
      return answer ?? false;
    };
    const result = run({
      ...hashes,
      verifyEs256: (...question) => ask("verifyEs256", question),
      verifySm2: (...question) => ask("verifySm2", question),
    });
    if (open.size === 0) return result;
    for (const [name, answer] of open) answers.set(name, await answer);
  }
}
