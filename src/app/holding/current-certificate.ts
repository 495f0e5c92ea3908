/** A certificate of the agency's store, where it is good now: whatever is not, is neither given out nor bound. */
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { certificateToJson, isBearer } from "../../core/certificate/certificate-file.ts";
import { Problem } from "../../core/problem.ts";
import { verify } from "../../core/verify/verify.ts";
import type { IssuedPlace } from "../../ports/issued.ts";
import type { HolderMark } from "../../ports/holdings.ts";
import { exportCertificate } from "../export-certificates.ts";
import type { AgencyDesk } from "./agency-desk.ts";

/**
 * Judged as a counter would, but that one whose time is still to come may be fetched before.
 * @throws Problem CERTIFICATE_NOT_CURRENT, NOT_READY, and those of exportCertificate
 */
export async function currentCertificate(
  desk: AgencyDesk,
  place: IssuedPlace,
): Promise<CertificateFile> {
  const { primitives, store, clock, maxLedgerAge, agency } = desk;
  const certificate = await exportCertificate(primitives, store, place);
  if (certificate.agency !== agency) {
    throw new Problem("CERTIFICATE_NOT_CURRENT", `issued by ${certificate.agency}`);
  }
  const request = { now: clock.now(), maxLedgerAge };
  const given = { certificate: certificateToJson(certificate) };
  for (const check of verify(given, desk.view(), request, primitives).checks) {
    if (check.result === "unknown") throw new Problem("NOT_READY", check.code);
    if (check.result !== "fail" || check.code === "NOT_YET_VALID") continue;
    throw new Problem("CERTIFICATE_NOT_CURRENT", check.code);
  }
  return certificate;
}

/** The key in the leaf where there is one, otherwise the one that claimed it last; null for nobody. */
export async function holderOf(
  { store }: AgencyDesk,
  place: IssuedPlace,
  { holder }: CertificateFile,
): Promise<HolderMark | null> {
  if (!isBearer(holder)) return store.holdings.mark(holder);
  return (await store.holdings.find(place))?.holder ?? null;
}
