/**
 * Judges a code in the page. Of what it holds nothing is sent: the verifier is asked for the record of a batch,
 * by its agency and root, which is the same for thousands of certificates.
 */
import type { Answer } from "../../../app/answer.ts";
import { answerOf } from "../../../app/answer.ts";
import { toHex } from "../../../core/encoding/bytes.ts";
import type { Problem } from "../../../core/problem.ts";
import { toProblem } from "../../../core/problem.ts";
import type { CounterRequest, Shown } from "../../../core/verify/case.ts";
import { readGiven } from "../../../core/verify/checks/format.ts";
import { judgeInPage } from "../../judging/judge-in-page.ts";
import type { HeldPack, PackTools } from "../../judging/packs.ts";
import { hostIn } from "./code-text.ts";
import { MAX_PACK_AGE_SECONDS, batchPack, changedKeyIn } from "../../judging/packs.ts";

export interface QuickAnswer {
  readonly answer: Answer;
  readonly basis: Basis;
  /** The host that the code names, where it is printed with an address. */
  readonly codeHost: string | null;
}

/** What the verdict rests on. */
export interface Basis {
  readonly source: "network" | "kept" | "nothing";
  /** Why the network gave nothing that could be taken; null where it did, or was not asked. */
  readonly trouble: Problem | null;
  /** The fingerprint of a key that this device does not know, and did not trust. */
  readonly newKey: string | null;
}

const NOT_ASKED: Basis = { source: "nothing", trouble: null, newKey: null };

/** @param region where the person is, to ask whether it is accepted there; not asked where nothing is said */
export async function quickCheck(
  tools: PackTools,
  text: string,
  region?: string,
): Promise<QuickAnswer> {
  const given = { qr: text };
  const reading = readGiven(given);
  const { pack, basis } = await recordOf(tools, "result" in reading ? null : reading);
  const request: CounterRequest = {
    ...{ now: tools.now(), maxLedgerAge: MAX_PACK_AGE_SECONDS },
    ...(region !== undefined && { region }),
  };
  const view = pack?.view ?? null;
  const verdict = await judgeInPage(given, view, request);
  return { answer: answerOf({ verdict, view, request }), basis, codeHost: hostIn(text) };
}

interface Record {
  readonly pack: HeldPack | null;
  readonly basis: Basis;
}

/** What can't be read is asked about nowhere. */
async function recordOf(tools: PackTools, shown: Shown | null): Promise<Record> {
  if (shown === null) return { pack: null, basis: NOT_ASKED };
  const { agency, root } = shown.proof;
  try {
    const pack = await batchPack(tools, { agency, root: `0x${toHex(root)}` });
    return { pack, basis: basisOf(pack) };
  } catch (error) {
    const basis = { trouble: toProblem(error), newKey: changedKeyIn(error) };
    return { pack: null, basis: { source: "nothing", ...basis } };
  }
}

function basisOf(pack: HeldPack | null): Basis {
  if (pack === null) return NOT_ASKED;
  const { source, trouble, keys } = pack;
  return { source, trouble, newKey: keys.changed };
}
