/**
 * What the chain says of a certificate that is held. The verifier is asked for the batch's trust pack and the
 * page judges for itself: so the verifier learns of which batch somebody holds one, not which.
 */
import { canonicalBytes } from "../../../core/catalogue/canonical-bytes.ts";
import { certificateToJson } from "../../../core/certificate/certificate-file.ts";
import { toHex } from "../../../core/encoding/bytes.ts";
import { encodePresentationContent } from "../../../core/presentation/presentation.ts";
import { toQrText } from "../../../core/presentation/qr-text.ts";
import type { CounterRequest, Given, LedgerView } from "../../../core/verify/case.ts";
import type { CheckResult } from "../../../core/verify/check.ts";
import type { CheckName } from "../../../core/verify/codes.ts";
import { CODE_WORDS } from "../../../core/verify/code-words.ts";
import type { Verdict } from "../../../core/verify/verdict.ts";
import { judgeInPage } from "../../judging/judge-in-page.ts";
import { openJudgingStore, storeForThisVisit } from "../../judging/judging-store.ts";
import type { PackStore } from "../../judging/judging-store.ts";
import { MAX_PACK_AGE_SECONDS, batchPack } from "../../judging/packs.ts";
import type { Hashes } from "../../judging/page-primitives.ts";
import { loadHashes } from "../../judging/page-primitives.ts";
import type { KnownStatus, NewHolding } from "../../vault/held.ts";
import { certificateRefOf } from "../../vault/holding.ts";
import type { Shower } from "./bare-code.ts";
import { bareCode, bareProof } from "./bare-code.ts";
import { WALLET_FAULTS } from "./fault-words.ts";
import type { WalletFault } from "../../vault/wallet-fault.ts";

export interface ChainRecord {
  readonly status: KnownStatus;
  /** Why a wallet does not take it: it is none of the chain's, or its type is another. */
  readonly refusal: ConstructorParameters<typeof WalletFault> | null;
}

type Holding = Pick<NewHolding, "holding" | "definition" | "binding">;

/** What says of a certificate itself, and not of how, where or when it is shown. */
const OF_ITSELF: readonly CheckName[] = ["format", "integrity", "anchor", "issuer", "status"];
const TO_BE_TAKEN: readonly CheckName[] = ["format", "integrity", "anchor", "issuer", "holder"];
const GOOD = { zh: "有效", en: "in force" };

/**
 * @param shower whoever has its key, so that the agency's word for that key is judged too; null for what has none
 * @returns null where there is neither a network nor anything kept
 */
export async function chainRecord(
  holding: Holding,
  shower: Shower | null,
  now: number,
): Promise<ChainRecord | null> {
  const { agency, root } = certificateRefOf(holding);
  const tools = { server: "", store: await packStore(), now: () => now };
  const pack = await batchPack(tools, { agency, root: `0x${toHex(root)}` }).catch(() => null);
  return pack === null ? null : judgedOn(holding, shower, { view: pack.view, now });
}

const visit = storeForThisVisit();

/**
 * The service's keys are pinned for good; packs are not kept on the device, since they would tell whoever has it,
 * without a PIN, of which batches there is a certificate.
 */
async function packStore(): Promise<PackStore> {
  const { packs: kept } = await openJudgingStore();
  return {
    ...visit,
    keys: (server) => kept.keys(server),
    pinKeys: (server, keys) => kept.pinKeys(server, keys),
  };
}

export async function judgedOn(
  holding: Holding,
  shower: Shower | null,
  { view, now }: { readonly view: LedgerView; readonly now: number },
): Promise<ChainRecord> {
  const hashes = await loadHashes();
  const request = { now, maxLedgerAge: MAX_PACK_AGE_SECONDS, ...matterOf(holding) };
  const given = await givenOf(holding, shower, now);
  const verdict = await judgeInPage(given, view, request);
  const refusal = refusalOf(hashes, holding, verdict);
  const status = statusOf(verdict.checks, view.asOf);
  return { status: refusal?.[0] === "TYPE_ALTERED" ? otherType(status) : status, refusal };
}

/** A delegate's key is good for the matters of the grant alone. */
function matterOf({ holding }: Holding): Pick<CounterRequest, "purpose"> {
  const matter = holding.kind === "delegated" ? holding.delegated.matters[0] : undefined;
  return matter === undefined ? {} : { purpose: matter };
}

async function givenOf(holding: Holding, shower: Shower | null, now: number): Promise<Given> {
  if (shower !== null) return { qr: await bareCode(holding, shower, { now }) };
  if (holding.holding.kind === "own") {
    return { certificate: certificateToJson(holding.holding.certificate) };
  }
  return { qr: toQrText(encodePresentationContent({ proof: await bareProof(holding) })) };
}

function statusOf(checks: readonly CheckResult[], asOf: number): KnownStatus {
  const open = checks.find((check) => OF_ITSELF.includes(check.check) && "code" in check);
  if (open === undefined || !("code" in open)) {
    return { name: "active", words: GOOD, holds: true, asOf };
  }
  const holds = open.result === "fail" ? false : null;
  return { name: open.code, words: CODE_WORDS[open.code].words, holds, asOf };
}

/** Whatever its status: what the wallet calls its claims is not what the chain's type does. */
function otherType({ asOf }: KnownStatus): KnownStatus {
  const { words } = WALLET_FAULTS.TYPE_ALTERED;
  return { name: "TYPE_ALTERED", words, holds: null, asOf };
}

function refusalOf(
  hashes: Hashes,
  { definition }: Holding,
  { checks, certificate }: Verdict,
): ChainRecord["refusal"] {
  const failed = checks.find(
    ({ check, result }) => TO_BE_TAKEN.includes(check) && result === "fail",
  );
  if (failed !== undefined && "code" in failed) return ["NOT_PROVEN", failed.code];
  const published = certificate?.type?.schemaHash;
  if (definition === null || published === undefined) return null;
  const hash = `0x${toHex(hashes.keccak256(canonicalBytes(definition)))}`;
  return hash === published ? null : ["TYPE_ALTERED", definition.code];
}
