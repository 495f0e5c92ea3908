/** An account that signs transactions here and sends them as bytes. */
import { setTimeout } from "node:timers/promises";
import { Transaction, Wallet, getAddress } from "ethers";
import type { TransactionReceipt } from "ethers";
import { Problem } from "../../core/problem.ts";
import { TRANSACTION_GAS_CAP } from "../../ports.ts";
import type { SignedTransaction } from "../../ports.ts";
import type { Rpc } from "./rpc.ts";

/** Room above the estimate, in percent: state may change between the estimate and the block. */
const GAS_MARGIN_PERCENT = 20n;
const MINING_TIMEOUT_MS = 60_000;
const RECEIPT_PAUSE_MS = 100;
/** As Geth, Nethermind, Besu and Hardhat say that they have the transaction, or mined it. */
const KNOWN =
  /already ?known|already imported|known transaction|nonce too low|nonce has already been used/i;

export interface Call {
  readonly to: string | null;
  readonly data: string;
  readonly value?: bigint;
}

export class Account {
  readonly #rpc: Rpc;
  readonly #wallet: Wallet;
  readonly #miningTimeoutMs: number;

  constructor(rpc: Rpc, privateKey: string, miningTimeoutMs = MINING_TIMEOUT_MS) {
    this.#rpc = rpc;
    this.#wallet = new Wallet(privateKey);
    this.#miningTimeoutMs = miningTimeoutMs;
  }

  get address(): string {
    return this.#wallet.address.toLowerCase();
  }

  /** @throws Problem CONTRACT_REFUSED with the reason, when the call would be refused. */
  async estimate(call: Call): Promise<{ gas: bigint; fee: bigint }> {
    const gas = await this.#rpc.ask((provider) => {
      return provider.estimateGas({ from: this.#wallet.address, ...call });
    });
    const fees = await feesOf(this.#rpc);
    return { gas, fee: gas * (fees.type === 2 ? fees.maxFeePerGas : fees.gasPrice) };
  }

  async sign(call: Call): Promise<SignedTransaction> {
    const { gas } = await this.estimate(call);
    const nonce = await this.#rpc.ask((provider) => {
      return provider.getTransactionCount(this.#wallet.address, "pending");
    });
    const { to, data, value } = call;
    const raw = await this.#wallet.signTransaction({
      to: to === null ? null : getAddress(to),
      data,
      value: value ?? 0n,
      nonce,
      gasLimit: withMargin(gas),
      chainId: this.#rpc.chainId,
      ...(await feesOf(this.#rpc)),
    });
    return { raw, nonce, hash: Transaction.from(raw).hash as string };
  }

  /** Sends these very bytes. That the node knows them already is no error. */
  async send({ raw }: SignedTransaction): Promise<void> {
    await this.#rpc.ask(async (provider) => {
      try {
        await provider.send("eth_sendRawTransaction", [raw]);
      } catch (error) {
        const message = error instanceof Error ? error.message : "";
        if (!KNOWN.test(message)) throw error;
      }
    });
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
      const asked = this.#rpc.ask((provider) => provider.getTransactionReceipt(hash));
      const receipt = await asked.catch(() => null);
      if (receipt !== null) return receipt;
      await setTimeout(RECEIPT_PAUSE_MS);
    } while (Date.now() < end);
    return null;
  }

  /** Whether no other transaction has used its nonce yet. */
  async isPending({ nonce }: SignedTransaction): Promise<boolean> {
    const used = await this.#rpc.ask((provider) => {
      return provider.getTransactionCount(this.#wallet.address, "latest");
    });
    return nonce >= used;
  }
}

/** Never above what a transaction may take at all, unless the estimate itself is. */
function withMargin(gas: bigint): bigint {
  const wanted = (gas * (100n + GAS_MARGIN_PERCENT)) / 100n;
  const cap = BigInt(TRANSACTION_GAS_CAP);
  return wanted <= cap || gas > cap ? wanted : cap;
}

type Fees =
  | { readonly type: 0; readonly gasPrice: bigint }
  | { readonly type: 2; readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };

const TIP_PER_GAS = 1_000_000_000n;

/** A chain without a base fee takes none: consortium chains commonly run so. */
async function feesOf(rpc: Rpc): Promise<Fees> {
  const block = await rpc.ask((provider) => provider.getBlock("latest"));
  const baseFee = block?.baseFeePerGas ?? 0n;
  if (baseFee === 0n) return { type: 0, gasPrice: 0n };
  const maxFeePerGas = 2n * baseFee + TIP_PER_GAS;
  return { type: 2, maxFeePerGas, maxPriorityFeePerGas: TIP_PER_GAS };
}
