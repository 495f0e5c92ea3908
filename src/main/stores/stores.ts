/** Opens the stores; the packages for databases are loaded only by what opens one. */
import { join } from "node:path";
import type { Settings } from "../../config.ts";
import type { AgencyStore } from "../../ports/agency-store.ts";
import type { ServiceStore } from "../../ports/service-store.ts";
import type { ServiceStorePlace } from "./service-store.ts";

/** As openAgencyStore of agency-store.ts. */
export async function openAgencyStore(settings: Settings): Promise<AgencyStore> {
  const { openAgencyStore: open } = await import("./agency-store.ts");
  return open(settings);
}

export function serviceStorePlace({ home, serviceStore: said }: Settings): string {
  return said ?? join(home, "service.sqlite");
}

/** As openServiceStore of service-store.ts. */
export async function openServiceStore(place: ServiceStorePlace): Promise<ServiceStore> {
  const { openServiceStore: open } = await import("./service-store.ts");
  return open(place);
}
