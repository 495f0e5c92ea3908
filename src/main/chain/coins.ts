/** Amounts of the chain's coins, as people write them. */
import { formatEther, parseEther } from "ethers";

/** "0.5" → the chain's smallest unit. @returns null for what is no amount. */
export function parseCoins(text: string): bigint | null {
  try {
    return parseEther(text);
  } catch {
    return null;
  }
}

export function formatCoins(amount: bigint): string {
  return formatEther(amount);
}
