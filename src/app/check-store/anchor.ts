/** A batch and its receipt against the chain's record of it. */
import type { Finding, FindingCode } from "../../core/audit/findings.ts";
import { findAnchor } from "../../core/ledger/anchors.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import type { IssuedBatch } from "../../ports/agency-store.ts";
import type { JobCheck } from "./job-check.ts";

/** A batch that is not confirmed may or may not be on the chain yet: that is for its job to find out. */
export function* checkAnchor(check: JobCheck, batch: IssuedBatch): Iterable<Finding> {
  const { job, tools } = check;
  const isConfirmed = job.state === "confirmed" || job.state === "done";
  if (isConfirmed && batch.receipt === null) {
    yield check.finding("RECEIPT_MISMATCH", batch, "there is none");
  }
  if (batch.receipt === null) return;
  if (job.ledger !== tools.ledger) {
    check.count("notCompared");
    return;
  }
  const fault = anchorFault(tools.state, batch);
  if (fault !== null) yield check.finding(fault.code, batch, fault.detail);
}

function anchorFault(
  state: LedgerState,
  batch: IssuedBatch,
): { readonly code: FindingCode; readonly detail: string } | null {
  const anchor = findAnchor(state, batch.agency, batch.root);
  if (anchor === undefined) return { code: "BATCH_NOT_ANCHORED", detail: "no record on the chain" };
  const record = MEMBERS.find((member) => anchor[member] !== batch[member]);
  if (record !== undefined) {
    const detail = `${record}: ${String(batch[record])}, on the chain ${String(anchor[record])}`;
    return { code: record === "manifestHash" ? "MANIFEST_MISMATCH" : "RECORD_MISMATCH", detail };
  }
  const { sequence, head, block } = batch.receipt ?? {};
  const isSaid =
    anchor.sequence === sequence && anchor.head === head && anchor.position.block === block;
  return isSaid ? null : { code: "RECEIPT_MISMATCH", detail: `number ${String(sequence)}` };
}

const MEMBERS = ["type", "schemaVersion", "suite", "size", "manifestHash"] as const;
