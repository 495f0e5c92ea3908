/** What the page judges with: loaded once there is something to judge. */
import { trustNewKeys } from "../../judging/packs.ts";
import { ownPackTools } from "./pack-tools.ts";
import type { QuickAnswer } from "./quick-check.ts";
import { quickCheck } from "./quick-check.ts";

const tools = ownPackTools();

export async function judge(text: string, region?: string): Promise<QuickAnswer> {
  return quickCheck(await tools, text, region);
}

/** The person compared the new key with what the service's operator publishes. */
export async function trustService(): Promise<void> {
  // Where it can't be fetched now, the next check says so again.
  await trustNewKeys(await tools).catch(() => null);
}
