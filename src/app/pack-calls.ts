/** Cuts a long list into as few calls as the chain's limit of gas for one transaction allows. */
import { toProblem } from "../core/problem.ts";
import { TRANSACTION_GAS_CAP } from "../ports/anchoring.ts";

/** What one call may be estimated at: between the estimate and the block, the state may change. */
export const PACKED_GAS = Math.floor(0.9 * TRANSACTION_GAS_CAP);
/** How many are tried before anything is known of what one takes. */
const FIRST_TRY = 32;
/** A part that leaves more room than this is tried larger once. */
const WELL_FILLED = 0.8;
/** The next part is a little smaller than what the last one's rate allows, since no two items cost the same. */
const CAUTION = 0.95;

export type EstimateGas<T> = (part: readonly T[]) => Promise<number>;

/**
 * Each part is estimated when it is asked for, after what came of the one before. A part that the node can't
 * estimate is halved, down to the one item that the contract refuses.
 * @throws Problem of the node, or CONTRACT_REFUSED for a single item
 */
export async function* packCalls<T>(
  items: readonly T[],
  estimate: EstimateGas<T>,
  limit = PACKED_GAS,
): AsyncGenerator<readonly T[]> {
  let size = FIRST_TRY;
  for (let at = 0; at < items.length; at += size) {
    const rest = items.slice(at);
    size = await fittingSize(rest, Math.min(size, rest.length), estimate, limit);
    yield rest.slice(0, size);
  }
}

async function fittingSize<T>(
  rest: readonly T[],
  first: number,
  estimate: EstimateGas<T>,
  limit: number,
): Promise<number> {
  let fits = 0;
  let size = first;
  while (size > fits) {
    const gas = await estimateOrNull(rest.slice(0, size), estimate);
    if (gas !== null && gas <= limit) {
      fits = size;
      if (gas >= WELL_FILLED * limit) break;
      size = Math.min(rest.length, atRate(size, gas, limit));
    } else {
      if (size === 1) return 1;
      size = Math.max(1, fits, gas === null ? Math.floor(size / 2) : atRate(size, gas, limit));
    }
  }
  return fits;
}

/** How many fit if each takes what these took. */
function atRate(size: number, gas: number, limit: number): number {
  return Math.floor((CAUTION * size * limit) / gas);
}

/** Null where there is no telling: it takes more than the node allows, or some of it is refused. */
async function estimateOrNull<T>(
  part: readonly T[],
  estimate: EstimateGas<T>,
): Promise<number | null> {
  try {
    return await estimate(part);
  } catch (error) {
    const { code } = toProblem(error);
    const isTold = part.length === 1 || (code !== "CONTRACT_REFUSED" && code !== "RPC_FAULT");
    if (isTold) throw error;
    return null;
  }
}
