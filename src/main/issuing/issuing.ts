/** What issuing works with: the agency's store, its operator's key, and the chain. */
import type { FinishTools } from "../../app/issue/issue-job.ts";
import type { Settings } from "../../config.ts";
import type { Progress } from "../../ports/progress.ts";
import type { AgencyStore } from "../../ports/agency-store.ts";
import { pacingOf } from "../chain/chain.ts";
import type { Chain, PacingFlags } from "../chain/chain.ts";
import { operatorKeyFile } from "../keys/keys.ts";
import { systemClock } from "../system.ts";

export interface IssuerFlags extends PacingFlags {
  readonly agency: string;
  /** The operator's key file, where it is not the usual one. */
  readonly key?: string | undefined;
  readonly progress?: Progress;
}

/** @throws Problem KEY_…, CONTRACT_REFUSED when the key is not the agency's operator's, RPC_… */
export async function finishToolsOf(
  settings: Settings,
  chain: Chain,
  store: AgencyStore,
  { agency, key, progress, ...pacing }: IssuerFlags,
): Promise<FinishTools> {
  const { anchoringOf, governWith } = await import("../chain/accounts.ts");
  const anchoring = await anchoringOf(settings, chain, agency, key);
  const { reader, confirmations } = chain;
  const governance = governWith(settings, chain, key ?? operatorKeyFile(settings, agency));
  return {
    ...{ store, anchoring, reader, confirmations },
    clock: systemClock,
    pacing: pacingOf(pacing),
    supersession: { reader, governance, clock: systemClock },
    ...(progress !== undefined && { progress }),
  };
}
