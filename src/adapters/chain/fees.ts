/** What is offered for gas: as much as will do, and more for a transaction that is not mined. */
import type { Transaction } from "ethers";
import type { UnsignedTransaction } from "../../ports/keys.ts";
import type { Rpc } from "./rpc.ts";

export type Fees = UnsignedTransaction["fees"];

const TIP_PER_GAS = 1_000_000_000n;
/** Nodes want a tenth more for a replacement; some of them an eighth. */
const MORE_NUMERATOR = 9n;
const MORE_DENOMINATOR = 8n;
/** A transaction that is not mined for this many times the usual fee is held up by something else. */
const MOST_TIMES_USUAL = 10n;

/** A chain without a base fee takes none: consortium chains commonly run so. */
export async function feesOf(rpc: Rpc): Promise<Fees> {
  const block = await rpc.ask((provider) => provider.getBlock("latest"));
  const baseFee = block?.baseFeePerGas ?? 0n;
  if (baseFee === 0n) return { gasPrice: 0n };
  return { maxFeePerGas: 2n * baseFee + TIP_PER_GAS, maxPriorityFeePerGas: TIP_PER_GAS };
}

export function feesIn({ gasPrice, maxFeePerGas, maxPriorityFeePerGas }: Transaction): Fees {
  if (maxFeePerGas === null) return { gasPrice: gasPrice ?? 0n };
  return { maxFeePerGas, maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n };
}

/** The most for one unit of gas. */
export function mostOf(fees: Fees): bigint {
  return "gasPrice" in fees ? fees.gasPrice : fees.maxFeePerGas;
}

/** Both fees an eighth higher, or as high as usual now; null where that is too much, or there are no fees. */
export function dearer(old: Fees, usual: Fees): Fees | null {
  if ("gasPrice" in usual) return null;
  const tip = "gasPrice" in old ? old.gasPrice : old.maxPriorityFeePerGas;
  const fees = {
    maxFeePerGas: larger(raised(mostOf(old)), usual.maxFeePerGas),
    maxPriorityFeePerGas: larger(raised(tip), usual.maxPriorityFeePerGas),
  };
  return fees.maxFeePerGas > usual.maxFeePerGas * MOST_TIMES_USUAL ? null : fees;
}

/** Rounded up. */
function raised(fee: bigint): bigint {
  return (fee * MORE_NUMERATOR + MORE_DENOMINATOR - 1n) / MORE_DENOMINATOR;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
