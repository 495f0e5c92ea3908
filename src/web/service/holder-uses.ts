/** Where a certificate was used (用证记录), as the verifier tells its holder. */
import type { components } from "../../../clients/javascript/src/api.ts";
import { callJson } from "./json-call.ts";

export type HolderUse = components["schemas"]["HolderUse"];
export type HolderUsePage = components["schemas"]["HolderUsePage"];

/** @param presentation fresh, by the holder's key, for the audience of usesAudience. @throws as callJson */
export function holderUses(presentation: string, cursor: string | null): Promise<HolderUsePage> {
  return callJson("/v1/uses/query", { presentation, ...(cursor !== null && { cursor }) });
}

/** @param host the name under which the service is known */
export function usesAudience(host: string): string {
  return `uses@${host}`;
}
