/**
 * Signs through JSON-RPC's eth_signTransaction, as Web3Signer, Clef, and nodes with accounts of their own
 * answer it. What comes back is believed in nothing.
 */
import { toQuantity } from "ethers";
import type { Transaction } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { TransactionSigner } from "../../ports/keys.ts";
import { askService, quoted, readSecret } from "./service-exchange.ts";
import type { ServiceAccess, ServiceAnswer } from "./service-exchange.ts";
import { refused, requireAsked, transactionOf } from "./signed-transaction.ts";

export interface RemoteSigner extends ServiceAccess {
  /** Lower case. */
  readonly address: string;
  readonly timeoutMs: number;
}

const BUSY = 429;

export function remoteSigner(remote: RemoteSigner): TransactionSigner {
  const { address, url } = remote;
  return {
    address,
    sign: async (unsigned) => {
      const asked = transactionOf(unsigned);
      return requireAsked(url, await askToSign(remote, asked), asked, address);
    },
  };
}

async function askToSign(remote: RemoteSigner, asked: Transaction): Promise<unknown> {
  const { tokenFile, timeoutMs, url, address } = remote;
  const token = tokenFile === undefined ? null : readSecret(tokenFile);
  const headers: Record<string, string> =
    token === null ? {} : { authorization: `Bearer ${token}` };
  const params = [{ from: address, ...quantitiesOf(asked) }];
  const body = { jsonrpc: "2.0", id: 1, method: "eth_signTransaction", params };
  const answer = await exchange(remote, { url, headers, body, timeoutMs });
  return resultOf(answer, url, token === null ? [] : [token]);
}

/** As JSON-RPC writes a transaction: quantities in hex without leading zeros. */
function quantitiesOf(asked: Transaction): Record<string, string | null> {
  const { to, data, nonce, gasLimit, value, chainId, type } = asked;
  const fees = {
    ...(type === 0 && { gasPrice: toQuantity(asked.gasPrice ?? 0n) }),
    ...(type === 2 && {
      maxFeePerGas: toQuantity(asked.maxFeePerGas ?? 0n),
      maxPriorityFeePerGas: toQuantity(asked.maxPriorityFeePerGas ?? 0n),
    }),
  };
  return {
    ...{ ...(to !== null && { to }), data, nonce: toQuantity(nonce), gas: toQuantity(gasLimit) },
    ...{ value: toQuantity(value), chainId: toQuantity(chainId), type: toQuantity(type ?? 0) },
    ...fees,
  };
}

async function exchange(
  remote: RemoteSigner,
  question: Parameters<typeof askService>[1],
): Promise<ServiceAnswer> {
  try {
    return await askService(remote, question);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof RangeError) throw refused(remote.url, error.message);
    throw new Problem("SIGNER_UNREACHABLE", remote.url, error);
  }
}

/** Web3Signer answers with the bytes, Geth and Clef with them as `raw`, beside the transaction. */
function resultOf({ status, json }: ServiceAnswer, url: string, secrets: string[]): unknown {
  const { result, error } = (json ?? {}) as { readonly result?: unknown; readonly error?: unknown };
  if (error !== undefined && error !== null) {
    const { message } = error as { readonly message?: unknown };
    throw refused(url, `it refused${quoted(message, secrets)}`);
  }
  const isLater = status >= 500 || status === BUSY;
  if (isLater) throw new Problem("SIGNER_UNREACHABLE", `${url}: ${String(status)}`);
  if (status !== 200) throw refused(url, `it answered ${String(status)}`);
  return (result as { readonly raw?: unknown } | null)?.raw ?? result;
}
