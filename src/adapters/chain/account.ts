/** An account whose transactions are signed, by whoever keeps its key, and sent as bytes. */
import { setTimeout } from "node:timers/promises";
import { Transaction, formatEther } from "ethers";
import type { TransactionReceipt } from "ethers";
import { Problem } from "../../core/problem.ts";
import { TRANSACTION_GAS_CAP } from "../../ports/anchoring.ts";
import type { SignedTransaction } from "../../ports/anchoring.ts";
import type { TransactionSigner, UnsignedTransaction } from "../../ports/keys.ts";
import { dearer, feesIn, feesOf, mostOf } from "./fees.ts";
import type { Rpc } from "./rpc.ts";

/** Room above the estimate, in percent: state may change between the estimate and the block. */
const GAS_MARGIN_PERCENT = 20n;
const MINING_TIMEOUT_MS = 60_000;
const RECEIPT_PAUSE_MS = 100;
/**
 * As Geth, Nethermind, Besu and Hardhat say that they have the transaction, have mined it, or have another
 * with its number. What really became of it is found out by looking, not from these words.
 */
const TAKEN =
  /already ?known|already imported|known transaction|nonce too low|nonce has already been used|underpriced|gas price too low to replace/i;

export interface Call {
  readonly to: string | null;
  readonly data: string;
  readonly value?: bigint;
}

/** What a transaction is signed with where that is not to be found out. */
export interface Terms {
  readonly nonce: number;
  readonly gasLimit: bigint;
}

/** Numbers of the account's transactions. */
export interface Nonces {
  /** As many are mined: the first that is not used. */
  readonly used: number;
  /** The first that no transaction the node knows of has. */
  readonly next: number;
}

export class Account {
  readonly #rpc: Rpc;
  readonly #signer: TransactionSigner;
  readonly #miningTimeoutMs: number;

  constructor(rpc: Rpc, signer: TransactionSigner, miningTimeoutMs = MINING_TIMEOUT_MS) {
    this.#rpc = rpc;
    this.#signer = signer;
    this.#miningTimeoutMs = miningTimeoutMs;
  }

  get address(): string {
    return this.#signer.address;
  }

  /** @throws Problem CONTRACT_REFUSED with the reason, when the call would be refused. */
  async estimate(call: Call): Promise<{ gas: bigint; fee: bigint }> {
    const gas = await this.#rpc.ask((provider) => {
      return provider.estimateGas({ from: this.address, ...call });
    });
    return { gas, fee: gas * mostOf(await feesOf(this.#rpc)) };
  }

  /** With the next number, and room above the estimate, unless both are given. */
  async sign(call: Call, terms?: Terms): Promise<SignedTransaction> {
    const { nonce, gasLimit } = terms ?? {
      gasLimit: withMargin((await this.estimate(call)).gas),
      nonce: (await this.nonces()).next,
    };
    const { to, data, value = 0n } = call;
    return this.#sign({ to, data, value, nonce, gasLimit, fees: await feesOf(this.#rpc) });
  }

  /**
   * The same call with the same number for more money, so that it takes the other's place.
   * @returns null where that would be dearer than anything sensible, or the chain takes no fees
   */
  async signDearer({ raw, nonce }: SignedTransaction): Promise<SignedTransaction | null> {
    const old = Transaction.from(raw);
    const { to, data, value, gasLimit } = old;
    const fees = dearer(feesIn(old), await feesOf(this.#rpc));
    return fees === null ? null : this.#sign({ to, data, value, nonce, gasLimit, fees });
  }

  async #sign(order: Omit<UnsignedTransaction, "chainId">): Promise<SignedTransaction> {
    const raw = await this.#signer.sign({ chainId: this.#rpc.chainId, ...order });
    return { raw, nonce: order.nonce, hash: Transaction.from(raw).hash as string };
  }

  /**
   * Sends these very bytes. That the node knows them already, or another with their number, is no error.
   * @throws Problem INSUFFICIENT_FUNDS with what there is and what it may take
   */
  async send({ raw }: Pick<SignedTransaction, "raw">): Promise<void> {
    try {
      await this.#rpc.ask((provider) => this.#sendRaw(provider, raw));
    } catch (error) {
      const isPoor = error instanceof Problem && error.code === "INSUFFICIENT_FUNDS";
      throw isPoor ? await this.#poor(raw, error) : error;
    }
  }

  async #sendRaw(provider: Rpc["provider"], raw: string): Promise<void> {
    try {
      await provider.send("eth_sendRawTransaction", [raw]);
    } catch (error) {
      const message = error instanceof Error ? error.message : "";
      if (!TAKEN.test(message)) throw error;
    }
  }

  async #poor(raw: string, cause: Problem): Promise<Problem> {
    const transaction = Transaction.from(raw);
    const has = await this.#rpc.ask((provider) => provider.getBalance(this.address));
    const { gasLimit, value } = transaction;
    const needed = gasLimit * mostOf(feesIn(transaction)) + value;
    const sums = `has ${formatEther(has)} coins, may need ${formatEther(needed)}`;
    return new Problem("INSUFFICIENT_FUNDS", `${this.address} ${sums}`, cause);
  }

  /** @throws Problem NOT_CONFIRMED when it is not mined within a minute, CONTRACT_REFUSED when it reverted. */
  async execute(call: Call): Promise<TransactionReceipt> {
    const signed = await this.sign(call);
    await this.send(signed);
    const receipt = await this.#awaitReceipt(signed.hash);
    if (receipt === null) throw new Problem("NOT_CONFIRMED", signed.hash);
    if (receipt.status !== 1) throw new Problem("CONTRACT_REFUSED", `reverted: ${signed.hash}`);
    return receipt;
  }

  /** A node that can't be asked for a while does not make what was sent undone. */
  async #awaitReceipt(hash: string): Promise<TransactionReceipt | null> {
    const end = Date.now() + this.#miningTimeoutMs;
    do {
      const receipt = await this.receipt(hash).catch(() => null);
      if (receipt !== null) return receipt;
      await setTimeout(RECEIPT_PAUSE_MS);
    } while (Date.now() < end);
    return null;
  }

  receipt(hash: string): Promise<TransactionReceipt | null> {
    return this.#rpc.ask((provider) => provider.getTransactionReceipt(hash));
  }

  /** Whether the node has it, mined or not. */
  async isKnown(hash: string): Promise<boolean> {
    return this.#rpc.ask(async (provider) => {
      return (await provider.send("eth_getTransactionByHash", [hash])) !== null;
    });
  }

  async nonces(): Promise<Nonces> {
    const countAt = (tag: string): Promise<number> => {
      return this.#rpc.ask((provider) => provider.getTransactionCount(this.address, tag));
    };
    return { used: await countAt("latest"), next: await countAt("pending") };
  }
}

/** Never above what a transaction may take at all, unless the estimate itself is. */
export function withMargin(gas: bigint, most = BigInt(TRANSACTION_GAS_CAP)): bigint {
  const wanted = (gas * (100n + GAS_MARGIN_PERCENT)) / 100n;
  return wanted <= most || gas > most ? wanted : most;
}
