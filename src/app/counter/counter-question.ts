/** What a caller asks, bounded by who it is: a counter asks as itself, for its region and its service items. */
import { toHex } from "../../core/encoding/bytes.ts";
import { isRegionWithin } from "../../core/identifiers/region.ts";
import { findAnchor } from "../../core/ledger/anchors.ts";
import { Problem } from "../../core/problem.ts";
import type { ServiceItem, ServiceItems } from "../../core/service-items/service-item.ts";
import { itemTypeOf } from "../../core/service-items/service-item.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { Client } from "../../ports/clients.ts";
import type { Question, Reading } from "../verify-presentation.ts";

/** The service item named, where the service knows it; null where none is named or none is configured. */
export function itemAskedFor(
  items: ServiceItems,
  client: Client | null,
  purpose: string | undefined,
): ServiceItem | null {
  if (purpose === undefined) return null;
  const item = items.find(purpose);
  const handled = client?.serviceItems ?? null;
  if (handled === null || (item !== null && handled.includes(item.code))) return item;
  throw new Problem("PURPOSE_NOT_ALLOWED", `body.purpose: ${handled.join(", ")} expected`);
}

/** @throws Problem COUNTER_MISMATCH */
export function asClient(client: Client | null, question: Question): Question {
  if (client === null) return question;
  const region = regionOf(client, question.region);
  return { ...question, ...audienceOf(client, question), ...(region !== null && { region }) };
}

function audienceOf({ name }: Client, { audience }: Question): Pick<Question, "audience"> {
  if (audience === undefined || audience === name) return { audience: name };
  throw new Problem("COUNTER_MISMATCH", `body.audience: ${name} expected`);
}

function regionOf(client: Client, region: string | undefined): string | null {
  if (region === undefined || client.region === null) return region ?? client.region;
  if (isRegionWithin(region, client.region)) return region;
  throw new Problem("COUNTER_MISMATCH", `body.region: ${client.region} or below it expected`);
}

/** What the matter itself demands, beside what is asked. */
export function withDemands(
  item: ServiceItem | null,
  view: LedgerView | null,
  reading: Reading,
  question: Question,
): Question {
  if (item === null) return question;
  const type = typeShown(view, reading);
  const required = type === null ? [] : (itemTypeOf(item, type)?.required ?? []);
  const { requiredClaims = [] } = question;
  return {
    ...question,
    ...(item.code !== question.purpose && { serviceItem: item.code }),
    ...(item.requiresHolder && { requiresHolder: true }),
    ...(required.length > 0 && { requiredClaims: [...new Set([...requiredClaims, ...required])] }),
  };
}

/** As the chain says; null where it knows nothing of the batch. */
function typeShown(view: LedgerView | null, reading: Reading): string | null {
  if (view === null || "result" in reading) return null;
  const { agency, root } = reading.proof;
  return findAnchor(view.state, agency, `0x${toHex(root)}`)?.type ?? null;
}
