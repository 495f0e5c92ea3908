/** Whether whoever changed a rule of trust might, and whether a migration said again what was said before. */
import { NATIONAL, ancestryOf } from "../identifiers/region.ts";
import { isAuthorityOver } from "../ledger/authorities.ts";
import { findTypeVersion } from "../ledger/catalogue.ts";
import type {
  AgencyRegistered,
  AgencySucceeded,
  BatchAnchored,
  LedgerEvent,
  StatusEvent,
  TypePublished,
} from "../ledger/events.ts";
import { findRule } from "../ledger/recognition.ts";
import type { LedgerState } from "../ledger/state.ts";
import type { Finding, Report } from "./findings.ts";

type GovernanceEvent = Exclude<LedgerEvent, StatusEvent | BatchAnchored>;

/** Regions of which an account must be an authority over one: the one concerned first, then those above. */
type Power = readonly string[];

export function inspectGovernance(
  state: LedgerState,
  event: GovernanceEvent,
  report: Report,
): Finding[] {
  const { by, position } = event;
  const exceeded = powersNeeded(state, event)
    .filter((power) => !isAuthorityOver(state, by, power, position.time))
    .map((power) => report("AUTHORITY_EXCEEDED", `${by} over ${String(power[0])}`));
  const altered = alterations(state, event).map((what) => report("MIGRATION_ALTERED", what));
  return [...exceeded, ...altered];
}

/** Every one of them is needed; none where the administrator may, whom the ledger does not know. */
function powersNeeded(state: LedgerState, event: GovernanceEvent): readonly Power[] {
  switch (event.kind) {
    case "AuthorityAppointed":
      return event.region === NATIONAL ? [] : [ancestryOf(event.region).slice(1)];
    case "AuthorityDismissed":
    case "LedgerFrozen":
      return [];
    case "AgencySucceeded":
      return [event.agency, event.successor].map((agency) => powersOverAgency(state, agency));
    default:
      return [ancestryOf(regionConcerned(state, event))];
  }
}

type RegionalEvent = Exclude<
  GovernanceEvent,
  { kind: "AuthorityAppointed" | "AuthorityDismissed" | "LedgerFrozen" | "AgencySucceeded" }
>;

function regionConcerned(state: LedgerState, event: RegionalEvent): string {
  switch (event.kind) {
    case "TypePublished":
    case "AgencyRegistered":
      return event.region;
    case "TypeRetired":
      return state.types.get(event.type)?.region ?? NATIONAL;
    case "GroupDefined":
      return NATIONAL;
    case "RuleAdded":
      return event.rule.recognising;
    case "RuleEnded":
      return findRule(state, event.ruleId)?.rule.recognising ?? NATIONAL;
    default:
      return regionOfAgency(state, event.agency);
  }
}

function regionOfAgency(state: LedgerState, agency: string): string {
  return state.agencies.get(agency)?.region ?? NATIONAL;
}

export function powersOverAgency(state: LedgerState, agency: string): Power {
  return ancestryOf(regionOfAgency(state, agency));
}

/** What differs from the record that stands; only a later generation can say a thing twice. */
function alterations(state: LedgerState, event: GovernanceEvent): string[] {
  switch (event.kind) {
    case "AgencyRegistered":
      return alteredAgency(state, event);
    case "AgencySucceeded":
      return alteredSuccessor(state, event);
    case "TypePublished":
      return alteredVersion(state, event);
    default:
      return [];
  }
}

function alteredAgency(state: LedgerState, { agency, region, name }: AgencyRegistered): string[] {
  const known = state.agencies.get(agency);
  if (known === undefined || (known.region === region && known.name === name)) return [];
  return [`${agency}: ${known.region} ${known.name}, now ${region} ${name}`];
}

function alteredSuccessor(state: LedgerState, { agency, successor }: AgencySucceeded): string[] {
  const known = state.agencies.get(agency)?.successor?.agency ?? successor;
  return known === successor ? [] : [`${agency}: successor ${known}, now ${successor}`];
}

/** The schema's hash binds the type's names, claims and validity: what the catalogue says of it. */
function alteredVersion(state: LedgerState, event: TypePublished): string[] {
  const known = findTypeVersion(state, event.type, event.version);
  if (known === undefined) return [];
  const isSame = known.schemaHash === event.schemaHash && known.region === event.region;
  const [before, now] = [known, event].map(({ alwaysDisclosed }) => alwaysDisclosed.join());
  if (isSame && before === now) return [];
  return [`${event.type} version ${String(event.version)}`];
}
