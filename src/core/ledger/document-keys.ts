/** The keys with which agencies sign bindings, folded from AgencyRegistry's events. */
import type { AgencyEvent, DocumentKeyAdded, Positioned } from "./events.ts";
import type { Agency, DocumentKey, KeyWindow } from "./state.ts";
import { endWindow, isInWindow } from "./state.ts";
import { distrust, distrustedSince, liftDistrust } from "./trust.ts";

type DocumentKeyEvent = Exclude<
  Extract<Positioned<AgencyEvent>, { keyId: string }>,
  { kind: "DocumentKeyAdded" }
>;

/** A key that a later generation adds again keeps its histories. */
export function addDocumentKey(agency: Agency, event: Positioned<DocumentKeyAdded>): void {
  const { keyId, algorithm, x, y, validFrom, validUntil, position } = event;
  const known = agency.documentKeys.get(keyId);
  const window = { validFrom, validUntil, recordedAt: position.time, endedAt: null };
  agency.documentKeys.set(keyId, {
    ...{ keyId, algorithm, x, y, validFrom, validUntil },
    windows: [...(known?.windows ?? []), window],
    trust: known?.trust ?? [],
  });
}

export function changeDocumentKey(agency: Agency, event: DocumentKeyEvent): void {
  const key = agency.documentKeys.get(event.keyId);
  if (key !== undefined) agency.documentKeys.set(event.keyId, changed(key, event));
}

function changed(key: DocumentKey, { kind, position }: DocumentKeyEvent): DocumentKey {
  switch (kind) {
    case "DocumentKeyEnded":
      return endDocumentKey(key, position.time);
    case "DocumentKeyDistrusted":
      return { ...key, trust: distrust(key.trust, 0, position.time) };
    default:
      return { ...key, trust: liftDistrust(key.trust, position.time) };
  }
}

/** The key signs no more from that time on; what it signed before stays good. */
export function endDocumentKey(key: DocumentKey, time: number): DocumentKey {
  const windows = key.windows.map((window) => ({ ...window, endedAt: window.endedAt ?? time }));
  return { ...endWindow(key, time), windows };
}

/** The agency's keys that were good for signing at that time and are not distrusted, as known then. */
export function trustedDocumentKeys(
  agency: Agency | null,
  signedAt: number,
  asKnownAt: number,
): DocumentKey[] {
  return [...(agency?.documentKeys.values() ?? [])].filter(({ trust, windows }) => {
    if (distrustedSince(trust, asKnownAt) !== null) return false;
    return windows.some((window) => isOpen(window, signedAt, asKnownAt));
  });
}

function isOpen(window: KeyWindow, time: number, asKnownAt: number): boolean {
  const { recordedAt, endedAt } = window;
  if (recordedAt > asKnownAt || !isInWindow(window, time)) return false;
  return endedAt === null || endedAt > asKnownAt || time < endedAt;
}
