/** Upkeep with the page's own vault, network and clock. */
import { vault } from "../../vault/vault.ts";
import { chainRecord } from "./chain-record.ts";
import { secondsNow } from "./clock.ts";
import { showerOf } from "./shower-of.ts";
import type { UpkeepTools } from "./upkeep.ts";

export const UPKEEP_TOOLS: UpkeepTools = {
  vault,
  ask: (held) => chainRecord(held, showerOf(vault, held), secondsNow()),
  now: secondsNow,
};
