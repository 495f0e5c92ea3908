/** A link from an agency: /claim#at=HOST&code=CODE. What follows # never reaches a server. */
import type { ClaimCodeText } from "../../../core/identifiers/claim-code.ts";
import { parseClaimCode } from "../../../core/identifiers/claim-code.ts";
import type { AgencyPlace } from "../../service/page-settings.ts";
import { WalletFault } from "../../vault/wallet-fault.ts";

export interface ClaimLink {
  /** The host of the agency's endpoint, with its port where it has one. */
  readonly at: string;
  readonly code: ClaimCodeText;
}

/** @returns null where there is nothing after #. @throws WalletFault LINK_MALFORMED */
export function parseClaimLink(hash: string): ClaimLink | null {
  if (hash.length <= 1) return null;
  const said = new URLSearchParams(hash.slice(1));
  const [at, written] = [said.get("at"), said.get("code")];
  const code = written === null ? null : parseClaimCode(written);
  if (at === null || code === null) throw new WalletFault("LINK_MALFORMED");
  return { at: at.toLowerCase(), code };
}

/** @throws WalletFault AGENCY_UNKNOWN: only what the service's settings name is ever asked */
export function agencyNamed(places: readonly AgencyPlace[], at: string): AgencyPlace {
  const place = places.find(({ url }) => new URL(url).host === at);
  if (place === undefined) throw new WalletFault("AGENCY_UNKNOWN", at);
  return place;
}
