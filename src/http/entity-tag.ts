/** What an answer can be recognised by: the same tag, the same answer, but for its age. */
import { createHash } from "node:crypto";
import { ledgerVersion } from "../core/ledger/version.ts";
import type { RoutedService } from "./http-service.ts";
import type { RouteDescription } from "./route.ts";

const TAG_BYTES = 15;

/** @param parts whatever the answer depends on. @returns a weak tag (RFC 9110, 8.8.3). */
export function entityTag(parts: readonly unknown[]): string {
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest();
  return `W/"${hash.subarray(0, TAG_BYTES).toString("base64url")}"`;
}

/**
 * What the answer of a route depends on beside what was asked; null where nobody may be told that he has it
 * already: an old view must be seen to be old.
 */
export function versionOf({ caching }: RouteDescription, service: RoutedService): unknown[] | null {
  const { version } = service;
  if (caching === "program") return [version];
  const state = service.view()?.state;
  if (caching !== "ledger" || state === undefined || !service.isReady()) return null;
  return [version, ledgerVersion(state)];
}
