/** What certificates there are, folded from CertificateCatalog's events. */
import type { CatalogueEvent, Positioned, TypePublished } from "./events.ts";
import type { CertificateTypeRecord, LedgerState } from "./state.ts";

/** A version that a later generation publishes again stands as it was first published. */
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
  record.isRetired = false;
  if (!record.versions.has(event.version)) record.versions.set(event.version, event);
  state.types.set(event.type, record);
}

/** The version of a type as known then: nobody knew of it before it was published. */
export function findTypeVersion(
  state: LedgerState,
  type: string,
  version: number,
  asKnownAt = Infinity,
): TypePublished | undefined {
  const published = state.types.get(type)?.versions.get(version);
  return published !== undefined && published.position.time <= asKnownAt ? published : undefined;
}
