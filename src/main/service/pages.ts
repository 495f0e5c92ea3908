/** The pages that a service serves beside its API. */
import { join } from "node:path";
import { readPages } from "../../adapters/pages/read-pages.ts";
import type { Pages } from "../../http/pages/page-file.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";

const BUILT = join(import.meta.dirname, "..", "..", "..", "dist", "pages");

/** @returns null where they are switched off, or were never built: then the service has its API alone. */
export async function openPages(
  { pages: { enabled, endpoints, help }, publicHost: host }: ServiceSettings,
  folder = BUILT,
): Promise<Pages | null> {
  if (!enabled) return null;
  const files = await readPages(folder);
  return files.size === 0 ? null : { files, endpoints, help, host };
}
