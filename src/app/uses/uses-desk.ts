/** Who may look into the use log: a client at its own uses, an auditor at all, a holder at a certificate's. */
import { Problem } from "../../core/problem.ts";
import type { Primitives } from "../../core/hashing.ts";
import { decodeEntry } from "../../core/uses/entry.ts";
import { hasPassed, resultLetters } from "../../core/uses/check-results.ts";
import { parseReceiptId, receiptId } from "../../core/uses/receipt-id.ts";
import type { UseMode } from "../../core/uses/use.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { Proof } from "../../core/presentation/proof.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import { readGiven } from "../../core/verify/checks/format.ts";
import type { CheckName } from "../../core/verify/codes.ts";
import type { VerdictWord } from "../../core/verify/verdict.ts";
import { judge } from "../../core/verify/verify.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Caller, Client, ClientStore } from "../../ports/clients.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import type { KeptLine, UseFilter, UseLog } from "../../ports/use-log.ts";
import { cursorOf, parseCursor } from "./use-cursor.ts";
import { certificatePseudonym } from "./use-of.ts";
import { useRecord } from "./use-record.ts";
import type { UseRecord } from "./use-record.ts";
import { referenceOf, signReceipt } from "./receipt.ts";
import type { Signatory } from "./receipt.ts";
import { OfflineUses } from "./offline-uses.ts";
import type { OfflineUse } from "./offline-use.ts";
import type { DoneUseRecorder, ReceiptReference, SignedReceipt } from "./use-recorder.ts";

export interface UsesDeskOptions extends Signatory {
  readonly log: Pick<UseLog, "find" | "list">;
  readonly recorder: DoneUseRecorder;
  readonly clients: Pick<ClientStore, "read">;
  readonly keys: ServiceKeys;
  readonly primitives: Primitives;
  readonly clock: Clock;
  readonly maxLedgerAge: number;
  view(): LedgerView | null;
}

export interface PageOrder {
  readonly limit: number;
  /** The `next` of the page before. */
  readonly cursor?: string;
}

export interface UseQuery extends PageOrder {
  readonly client?: string;
  /** Seconds since 1970, both included. */
  readonly from?: number;
  readonly to?: number;
}

export interface UsePage<T> {
  readonly items: readonly T[];
  /** Null where this is the last page. */
  readonly next: string | null;
}

/** A use as an auditor lists it. */
export interface ListedUse extends UseRecord {
  readonly id: string;
  readonly hash: string;
}

/** A use as the certificate's holder is told of it. */
export interface HolderUse {
  readonly id: string;
  readonly at: string;
  /** Null for anyone: someone with a phone, who is told no claims. */
  readonly client: { readonly id: string; readonly name: string | null } | null;
  readonly region: string | null;
  readonly purpose: string | null;
  readonly claims: readonly string[];
  readonly mode: UseMode;
  readonly isHolderProven: boolean;
  readonly isByDelegate: boolean;
  readonly verdict: VerdictWord;
}

/** JWK set (RFC 7517, 5). */
export interface KeySet {
  readonly keys: readonly Readonly<Record<string, string>>[];
}

/** What must have passed for a holder; that a certificate has expired or ended takes nobody's uses away. */
const HOLDER_CHECKS: readonly CheckName[] = [
  ...(["format", "integrity", "anchor", "issuer", "holder", "freshness"] as const),
];

export class UsesDesk {
  readonly #options: UsesDeskOptions;
  readonly #offline: OfflineUses;

  constructor(options: UsesDeskOptions) {
    this.#options = options;
    this.#offline = new OfflineUses(options);
  }

  /** @throws Problem NOT_FOUND, also for what is another's: nobody is told which there are */
  async receipt({ client }: Caller, id: string): Promise<SignedReceipt> {
    const place = parseReceiptId(id);
    const line = place === null ? null : await this.#options.log.find(place);
    const isSeen = line !== null && (client?.role === "auditor" || clientOf(line) === client?.id);
    if (!isSeen) throw new Problem("NOT_FOUND", `no receipt ${id}`);
    const receipt = signReceipt(this.#options, line, line);
    return { ...referenceOf(line.strand, line), receipt };
  }

  /** Newest first. @throws Problem FORBIDDEN where a client asks for another's */
  async list({ client: caller }: Caller, query: UseQuery): Promise<UsePage<ListedUse>> {
    const client = caller?.role === "auditor" ? query.client : caller?.id;
    if (query.client !== undefined && query.client !== client)
      throw new Problem("FORBIDDEN", "query.client: another's uses");
    const { client: _asked, ...rest } = query;
    const own = client === undefined ? rest : { ...rest, client };
    return listUses(this.#options.log, own);
  }

  /**
   * @param presentation the text of a QR code: signed by the holder, fresh, and for this service's uses alone
   * @throws Problem HOLDER_NOT_PROVEN, NOT_READY
   */
  async ofHolder(presentation: string, order: PageOrder): Promise<UsePage<HolderUse>> {
    const certificate = certificatePseudonym(this.#options.keys, this.#proven(presentation));
    const { clients } = await this.#options.clients.read();
    const names = new Map(clients.map(({ id, name }) => [id, name]));
    return pageOf(this.#options.log, order, { certificate }, (line) => holderUse(line, names));
  }

  /** What a counter verified without a network. @throws Problem those of OfflineUses */
  keepOffline(client: Client, uses: readonly OfflineUse[]): Promise<readonly ReceiptReference[]> {
    return this.#offline.keep(client, uses);
  }

  /** The key that signs now, and those of before. */
  keySet(): KeySet {
    const { keyId, publicKey, formerKeys } = this.#options.keys;
    const all = [{ keyId, ...publicKey }, ...formerKeys];
    const kind = { kty: "EC", crv: "P-256", use: "sig", alg: "ES256" };
    return { keys: all.map(({ keyId: kid, x, y }) => ({ ...kind, kid, x, y })) };
  }

  #proven(presentation: string): Proof {
    const { primitives, clock, maxLedgerAge, publicHost } = this.#options;
    const audience = `uses@${publicHost}`;
    const shown = readGiven({ qr: presentation });
    const request = { now: clock.now(), maxLedgerAge, audience, requiresHolder: true };
    const { checks } = judge(shown, this.#options.view(), request, primitives);
    const results = resultLetters(checks);
    const open = HOLDER_CHECKS.filter((check) => !hasPassed(results, check));
    if (open.length === 0 && "proof" in shown && shown.presentation?.audience === audience)
      return shown.proof;
    if (results.includes("u") && !results.includes("f"))
      throw new Problem("NOT_READY", "the view of the chain is too old");
    throw new Problem("HOLDER_NOT_PROVEN", open.length === 0 ? "audience" : open.join(", "));
  }
}

/** Of all clients or one. Newest first. */
export function listUses(
  log: Pick<UseLog, "list">,
  { limit, cursor, ...filter }: UseQuery,
): Promise<UsePage<ListedUse>> {
  const order = cursor === undefined ? { limit } : { limit, cursor };
  return pageOf(log, order, filter, listedUse);
}

async function pageOf<T>(
  log: Pick<UseLog, "list">,
  { limit, cursor }: PageOrder,
  filter: Omit<UseFilter, "most" | "after">,
  toItem: (line: KeptLine) => T,
): Promise<UsePage<T>> {
  const after = cursor === undefined ? {} : { after: parseCursor(cursor) };
  const lines = await log.list({ ...filter, ...after, most: limit + 1 });
  const page = lines.slice(0, limit);
  const last = page.at(-1);
  const next = lines.length > limit && last !== undefined ? cursorOf(last) : null;
  return { items: page.map(toItem), next };
}

function clientOf({ entry }: KeptLine): string | null {
  return decodeEntry(entry).use.client;
}

function listedUse(line: KeptLine): ListedUse {
  const { id, hash } = referenceOf(line.strand, line);
  return { id, hash, ...useRecord(decodeEntry(line.entry).use) };
}

function holderUse(
  { strand, number, entry }: KeptLine,
  names: ReadonlyMap<string, string>,
): HolderUse {
  const use = decodeEntry(entry).use;
  const { at, client, question, claims, mode, results, isByDelegate, verdict } = use;
  return {
    id: receiptId({ strand, number }),
    at: formatInstant(at),
    client: client === null ? null : { id: client, name: names.get(client) ?? null },
    region: question.region,
    purpose: question.purpose,
    claims,
    mode,
    isHolderProven: hasPassed(results, "holder"),
    isByDelegate,
    verdict,
  };
}
