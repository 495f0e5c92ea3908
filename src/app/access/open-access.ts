/** Access to a service that has no clients: anyone may call, so often from one address. */
import { Problem } from "../../core/problem.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Access } from "./access.ts";
import { MinuteLimits } from "./minute-limits.ts";
import { networkOf } from "./network.ts";

export interface OpenRules {
  /** Calls in a minute from one address (IPv6: one /64). */
  readonly anonymousPerMinute: number;
  /** Calls in a minute of what could be guessed. */
  readonly guessesPerMinute: number;
}

export function openAccess(
  { anonymousPerMinute, guessesPerMinute }: OpenRules,
  clock: Clock,
  trustedProxies: readonly string[],
): Access {
  const limits = new MinuteLimits();
  return {
    trustedProxies,
    identify: ({ address, authorization }) => {
      if (authorization === null) return { client: null, address };
      throw new Problem("UNAUTHENTICATED", "no credential is known here, and none is needed");
    },
    admit: ({ address }, isStrict) => {
      const [policy, most] = isStrict
        ? (["guesses", guessesPerMinute] as const)
        : (["address", anonymousPerMinute] as const);
      return limits.take(networkOf(address), policy, most, clock.now());
    },
    charge: () => undefined,
  };
}
