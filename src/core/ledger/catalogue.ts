/** What certificates there are, folded from CertificateCatalog's events. */
import type { CatalogueEvent, Positioned, TypePublished } from "./events.ts";
import type { CertificateTypeRecord, LedgerState } from "./state.ts";

export function applyCatalogueEvent(state: LedgerState, event: Positioned<CatalogueEvent>): void {
  state.sequences.CertificateCatalog = event.sequence;
  const known = state.types.get(event.type);
  if (event.kind === "TypeRetired") {
    if (known !== undefined) known.isRetired = true;
    return;
  }
  const record: CertificateTypeRecord = known ?? {
    code: event.type,
    region: event.region,
    isRetired: false,
    versions: new Map(),
  };
  record.versions.set(event.version, event);
  state.types.set(event.type, record);
}

export function findTypeVersion(
  state: LedgerState,
  type: string,
  version: number,
): TypePublished | undefined {
  return state.types.get(type)?.versions.get(version);
}
