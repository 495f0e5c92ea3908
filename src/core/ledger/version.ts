/** Whether two ledger states can differ: something is folded, and the version is another. */
import type { LedgerState } from "./state.ts";

export function ledgerVersion(state: LedgerState): string {
  const { identity, freezes, sequence, head, last } = state;
  const { block = 0, logIndex = 0, transaction = "" } = last ?? {};
  return [
    ...[identity.chainId, identity.directory, governanceVersion(state)],
    ...[freezes.length, sequence, head, block, logIndex, transaction],
  ].join("/");
}

/** The same of all but batches and their statuses: whatever the contracts number. */
export function governanceVersion({ sequences, freezes }: LedgerState): string {
  const { AuthorityRegistry, AgencyRegistry, CertificateCatalog, RecognitionPolicy } = sequences;
  const counts = [AuthorityRegistry, AgencyRegistry, CertificateCatalog, RecognitionPolicy];
  return [freezes.length, ...counts].join(".");
}
