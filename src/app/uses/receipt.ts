/**
 * Receipts (核验回执): a line of the use log in a JWS (RFC 7515, compact, ES256) that any JOSE library reads. The
 * line itself is in `entry`; what stands beside it is the same in words.
 */
import { fromBase64Url, toBase64Url, toHex } from "../../core/encoding/bytes.ts";
import { FormatError } from "../../core/encoding/format-error.ts";
import type { Primitives } from "../../core/hashing.ts";
import { Problem } from "../../core/problem.ts";
import { decodeEntry } from "../../core/uses/entry.ts";
import type { Entry } from "../../core/uses/entry.ts";
import { receiptId } from "../../core/uses/receipt-id.ts";
import type { Line } from "../../core/uses/strand.ts";
import type { UsePlace } from "../../core/uses/use.ts";
import type { ServiceKeys, ServicePublicKey } from "../../ports/service-keys.ts";
import type { ReceiptReference } from "./use-recorder.ts";
import { useRecord } from "./use-record.ts";

const TYPE = "lz-receipt+jwt";
const utf8 = new TextEncoder();

export interface ReceiptLedger {
  readonly chainId: number;
  /** Lower case, with 0x. */
  readonly directory: string;
}

/** Who signs, and for which ledger. */
export interface Signatory {
  readonly keys: Pick<ServiceKeys, "keyId" | "sign">;
  readonly publicHost: string;
  readonly ledger: ReceiptLedger;
}

export interface Receipt extends ReceiptReference {
  readonly issuer: string;
  readonly ledger: ReceiptLedger;
  readonly use: Entry["use"];
}

export function referenceOf(strand: string, { number, hash }: Line): ReceiptReference {
  return { id: receiptId({ strand, number }), strand, number, hash: toHex(hash) };
}

export function signReceipt(
  signatory: Signatory,
  { strand }: Pick<UsePlace, "strand">,
  line: Line,
): string {
  const { keys, publicHost, ledger } = signatory;
  const { id, hash } = referenceOf(strand, line);
  const { use } = decodeEntry(line.entry);
  const content = {
    ...{ iss: `https://${publicHost}`, iat: use.at, jti: id, ledger, hash },
    ...{ entry: toBase64Url(line.entry), use: useRecord(use) },
  };
  const header = { alg: "ES256", typ: TYPE, kid: keys.keyId };
  const signed = `${jsonPart(header)}.${jsonPart(content)}`;
  return `${signed}.${toBase64Url(keys.sign(utf8.encode(signed)))}`;
}

function jsonPart(value: unknown): string {
  return toBase64Url(utf8.encode(JSON.stringify(value)));
}

/**
 * @param keys the service's, also those of before
 * @throws Problem RECEIPT_MALFORMED, RECEIPT_SIGNATURE_INVALID
 */
export function readReceipt(
  { verifyEs256 }: Pick<Primitives, "verifyEs256">,
  text: string,
  keys: readonly ServicePublicKey[],
): Receipt {
  const jws = text.trim();
  const [header = "", content = "", signature = "", ...more] = jws.split(".");
  const { alg, typ, kid } = membersOf(header, "header");
  if (alg !== "ES256" || typ !== TYPE || more.length > 0) throw malformed("header");
  const key = keys.find(({ keyId }) => keyId === kid);
  const message = utf8.encode(`${header}.${content}`);
  const bytes = fromBase64Url(signature);
  const isSigned = key !== undefined && bytes !== null && verifyEs256(pointOf(key), message, bytes);
  if (!isSigned) throw new Problem("RECEIPT_SIGNATURE_INVALID", `kid ${String(kid)}`);
  return receiptOf(membersOf(content, "content"));
}

function pointOf({ x, y }: ServicePublicKey): { x: Uint8Array; y: Uint8Array } {
  const bytes = (text: string): Uint8Array => fromBase64Url(text) ?? new Uint8Array();
  return { x: bytes(x), y: bytes(y) };
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(part: string, where: string): Members {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(part) ?? undefined));
    if (typeof json === "object" && json !== null) return json as Members;
  } catch {
    // Said below.
  }
  throw malformed(where);
}

/** Signed by the service, so that it is as the service writes it, or the service is at fault. */
function receiptOf({ iss, entry, hash, ledger }: Members): Receipt {
  const { chainId, directory } = (ledger ?? {}) as Members;
  const bytes = typeof entry === "string" ? fromBase64Url(entry) : null;
  const isWhole = typeof iss === "string" && typeof hash === "string" && bytes !== null;
  if (!isWhole || typeof chainId !== "number" || typeof directory !== "string")
    throw malformed("content");
  const { strand, number, use } = decoded(bytes);
  const id = receiptId({ strand, number });
  return { id, strand, number, hash, issuer: iss, ledger: { chainId, directory }, use };
}

function decoded(entry: Uint8Array): Entry {
  try {
    return decodeEntry(entry);
  } catch (error) {
    if (error instanceof FormatError) throw malformed(error.message);
    throw error;
  }
}

function malformed(where: string): Problem {
  return new Problem("RECEIPT_MALFORMED", where);
}
