/** What is to be signed, and whether what came back is that: nothing is sent that was not asked for. */
import { Transaction, getAddress } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { UnsignedTransaction } from "../../ports/keys.ts";

const FIELDS = [
  ...["type", "chainId", "nonce", "to", "value", "data", "gasLimit", "gasPrice"],
  ...["maxFeePerGas", "maxPriorityFeePerGas"],
] as const satisfies readonly string[];

export function transactionOf({ to, fees, ...rest }: UnsignedTransaction): Transaction {
  const type = "gasPrice" in fees ? 0 : 2;
  return Transaction.from({ ...rest, ...fees, type, to: to === null ? null : getAddress(to) });
}

/**
 * @param signer what it is called in a message
 * @param address lower case
 * @returns the same bytes
 * @throws Problem SIGNER_REFUSED with the field at fault
 */
export function requireAsked(
  signer: string,
  raw: unknown,
  asked: Transaction,
  address: string,
): string {
  const signed = parsed(raw);
  if (signed?.signature?.isValid() === false)
    throw refused(signer, "its signature has a high s, which no node takes (EIP-2)");
  if (signed?.serialized !== String(raw).toLowerCase())
    throw refused(signer, "no signed transaction came back");
  const field = otherField(signed, asked);
  if (field !== null) throw refused(signer, `it signed another ${field}`);
  if (signed.from?.toLowerCase() !== address)
    throw refused(signer, `it signed with the key of ${String(signed.from).toLowerCase()}`);
  return signed.serialized;
}

/** Null for anything but the bytes of one signed transaction. */
function parsed(raw: unknown): Transaction | null {
  try {
    const signed = typeof raw === "string" ? Transaction.from(raw) : null;
    return signed?.isSigned() === true ? signed : null;
  } catch {
    return null;
  }
}

/** All that a signature covers is in the unsigned bytes, also fields without a name here. */
function otherField(signed: Transaction, asked: Transaction): string | null {
  const named = FIELDS.find((name) => {
    return JSON.stringify(shown(signed, name)) !== JSON.stringify(shown(asked, name));
  });
  if (named !== undefined) return named;
  return signed.unsignedSerialized === asked.unsignedSerialized ? null : "field";
}

function shown(transaction: Transaction, name: string): string {
  return String((transaction as unknown as Record<string, unknown>)[name]);
}

export function refused(signer: string, what: string): Problem {
  return new Problem("SIGNER_REFUSED", `${signer}: ${what}`);
}
