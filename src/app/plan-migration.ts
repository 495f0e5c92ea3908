/**
 * What a new deployment must be told so that everything in force in the old one goes on (迁移). What is past
 * need not be told again: readers go through both.
 */
import { NATIONAL } from "../core/identifiers/region.ts";
import type { LedgerEvent, TypePublished } from "../core/ledger/events.ts";
import type { Agency, DocumentKey, LedgerState, Operator, Window } from "../core/ledger/state.ts";
import { distrustedSince } from "../core/ledger/trust.ts";
import type { TypePublication } from "../ports/governance.ts";
import type { Change } from "./change.ts";

export type MigrationKind =
  | "authority"
  | "group"
  | "type"
  | "agency"
  | "successor"
  | "agencyStatus"
  | "entitlement"
  | "retirement"
  | "operator"
  | "operatorDistrust"
  | "documentKey"
  | "documentKeyDistrust"
  | "rule";

interface Step {
  /** With the kind it names what is said: nothing is said twice. */
  readonly subject: string;
}

export interface ChangeStep extends Step {
  readonly kind: Exclude<MigrationKind, "type">;
  /** National authorities are appointed by the contracts' administrator, all else is said by an authority. */
  readonly by: "administrator" | "authority";
  readonly change: Change;
}

/** Types are said many at a time. */
export interface TypeStep extends Step {
  readonly kind: "type";
  readonly publication: TypePublication;
}

export type MigrationStep = ChangeStep | TypeStep;

export interface MigrationTerms {
  /** The national authority that says it all, and is appointed first of all. */
  readonly authority: string;
  /** The document that what has none of its own rests on. */
  readonly basis: string;
  /** Seconds since 1970: what has run out by then is left behind. */
  readonly now: number;
}

/**
 * In an order in which the contracts accept each: an agency that is suspended or closed is so before it gets
 * an operator again, and a distrusted key is there only with a window that has ended.
 * @param state the ledger just before its freeze
 */
export function planMigration(state: LedgerState, terms: MigrationTerms): MigrationStep[] {
  const { basis, now } = terms;
  const agencies = [...state.agencies.values()];
  return [
    ...authoritySteps(state, terms),
    ...groupSteps(state, basis),
    ...typeSteps(state),
    ...agencies.map((agency) => agencyStep(agency, basis)),
    ...standingSteps(agencies, basis),
    ...agencies.flatMap((agency) => entitlementSteps(agency, terms)),
    ...retirementSteps(state, basis),
    ...[...state.operators].flatMap(([account, operator]) =>
      operatorSteps(account, operator, basis),
    ),
    ...agencies.flatMap((agency) => documentKeySteps(agency, basis)),
    ...ruleSteps(state, now),
  ];
}

function step(
  kind: ChangeStep["kind"],
  subject: string,
  change: Change,
  by: ChangeStep["by"] = "authority",
): ChangeStep {
  return { kind, subject, by, change };
}

function authoritySteps(
  { authorities }: LedgerState,
  { authority, basis }: MigrationTerms,
): ChangeStep[] {
  const national = new Set([authority, ...(authorities.get(NATIONAL)?.keys() ?? [])]);
  const regional = [...authorities].filter(([region]) => region !== NATIONAL);
  const appointment = (region: string, account: string): ChangeStep => {
    const by = region === NATIONAL ? "administrator" : "authority";
    const change: Change = (governance) => governance.appoint(region, account, basis);
    return step("authority", `${region} ${account}`, change, by);
  };
  return [
    ...[...national].map((account) => appointment(NATIONAL, account)),
    ...regional.flatMap(([region, accounts]) => {
      return [...accounts.keys()].map((account) => appointment(region, account));
    }),
  ];
}

function groupSteps({ groups }: LedgerState, basis: string): ChangeStep[] {
  return [...groups].map(([group, definitions]) => {
    const regions = definitions.at(-1)?.regions ?? [];
    return step("group", group, (governance) => governance.defineGroup(group, regions, basis));
  });
}

/** All versions as they were published first, in that order: so types get the numbers they had. */
function typeSteps({ types }: LedgerState): TypeStep[] {
  const versions = [...types.values()].flatMap((type) => [...type.versions.values()]);
  const inOrder = versions.sort((a, b) => {
    return a.position.block - b.position.block || a.position.logIndex - b.position.logIndex;
  });
  return inOrder.map((published) => {
    return { kind: "type", subject: versionOf(published), publication: publicationOf(published) };
  });
}

function versionOf({ type, version }: TypePublished): string {
  return `${type} ${String(version)}`;
}

function publicationOf(published: TypePublished): TypePublication {
  const { type, region, schemaHash, name, nameEn, alwaysDisclosed } = published;
  const { validity, effectiveFrom, uri, basis } = published;
  const names = { name, nameEn, alwaysDisclosed, validity };
  return { type, region, schemaHash, ...names, effectiveFrom, uri, basis };
}

function agencyStep({ code, region, name, statuses }: Agency, basis: string): ChangeStep {
  const effectiveFrom = statuses.findLast(({ status }) => status === "active")?.effectiveFrom ?? 0;
  return step("agency", code, (governance) =>
    governance.registerAgency({ agency: code, region, name, effectiveFrom, basis }),
  );
}

/**
 * Successions and statuses other than active. Whoever succeeds must be active then: so what an agency came to
 * is said after that it succeeded others.
 */
function standingSteps(agencies: readonly Agency[], basis: string): ChangeStep[] {
  const said = new Set<string>();
  const say = (agency: Agency): ChangeStep[] => {
    if (said.has(agency.code)) return [];
    said.add(agency.code);
    const before = agencies.filter(({ successor }) => successor?.agency === agency.code);
    return [...before.flatMap(say), ...standingOf(agency, basis)];
  };
  return agencies.flatMap(say);
}

function standingOf({ code, status, statuses, successor }: Agency, basis: string): ChangeStep[] {
  const steps: ChangeStep[] = [];
  const last = statuses.at(-1);
  const isClosedBySuccession = successor !== null && successor.recordedAt === last?.recordedAt;
  if (status !== "active" && last !== undefined && !isClosedBySuccession) {
    const { effectiveFrom } = last;
    const change: Change = (governance) =>
      governance.setAgencyStatus(code, status, effectiveFrom, basis);
    steps.push(step("agencyStatus", `${code} ${status}`, change));
  }
  if (successor !== null) {
    const { agency, effectiveFrom } = successor;
    const change: Change = (governance) =>
      governance.succeedAgency(code, agency, effectiveFrom, basis);
    steps.push(step("successor", code, change));
  }
  return steps;
}

function entitlementSteps(
  { code, entitlements }: Agency,
  { basis, now }: MigrationTerms,
): ChangeStep[] {
  const lasting = [...entitlements].filter(([, window]) => !hasRunOut(window, now));
  return lasting.map(([type, entitlement]) =>
    step("entitlement", `${code} ${type}`, (governance) =>
      governance.grantEntitlement(code, type, { ...entitlement, basis }),
    ),
  );
}

function hasRunOut({ validUntil }: Window, now: number): boolean {
  return validUntil !== null && validUntil <= now;
}

/** After the entitlements: a type that is retired keeps those it has and gets no new ones. */
function retirementSteps({ types }: LedgerState, basis: string): ChangeStep[] {
  const retired = [...types.values()].filter(({ isRetired }) => isRetired);
  return retired.map(({ code }) =>
    step("retirement", code, (governance) => governance.retireType(code, basis)),
  );
}

/** Also those whose window has ended: an account serves one agency ever, so that what it did stays its. */
function operatorSteps(account: string, operator: Operator, basis: string): ChangeStep[] {
  const { agency, validFrom, validUntil, trust } = operator;
  const window = { ...openWindow({ validFrom, validUntil }), basis };
  const since = distrustedSince(trust);
  const added = step("operator", account, (governance) =>
    governance.addOperator(agency, account, window),
  );
  if (since === null) return [added];
  const distrust: Change = (governance) =>
    governance.distrustOperator(agency, account, since, basis);
  return [added, step("operatorDistrust", account, distrust)];
}

/** The contracts take no window that ends before it begins: such a one becomes the second before its end. */
function openWindow({ validFrom, validUntil }: Window): Window {
  if (validUntil === null || validFrom < validUntil) return { validFrom, validUntil };
  return { validFrom: validUntil - 1, validUntil };
}

/** Also those that have ended, so that what they signed stays good and they never return. */
function documentKeySteps({ code, documentKeys }: Agency, basis: string): ChangeStep[] {
  return [...documentKeys.values()].flatMap((key) => documentKeyStep(code, key, basis));
}

function documentKeyStep(agency: string, key: DocumentKey, basis: string): ChangeStep[] {
  const { keyId, trust, validFrom, validUntil } = key;
  const window = { ...openWindow({ validFrom, validUntil }), basis };
  const subject = `${agency} ${keyId}`;
  const added = step("documentKey", subject, (governance) =>
    governance.addDocumentKey(agency, key, window),
  );
  if (distrustedSince(trust) === null) return [added];
  const distrust: Change = (governance) => governance.distrustDocumentKey(agency, keyId, basis);
  return [added, step("documentKeyDistrust", subject, distrust)];
}

function ruleSteps({ rules }: LedgerState, now: number): ChangeStep[] {
  const open = [...rules.values()].filter(
    ({ rule, endedAt }) => endedAt === null && !hasRunOut(rule, now),
  );
  return open.map(({ rule }) =>
    step("rule", JSON.stringify(rule), (governance) => governance.addRule(rule)),
  );
}

/** What a step of that kind and subject has left on the chain; null for what no step does. */
export function stepOf(event: LedgerEvent): string | null {
  const told = toldBy(event);
  return told === null ? null : keyOf(...told);
}

/** Names a step, whatever it is carried out with. */
export function keyOf(kind: MigrationKind, subject: string): string {
  return `${kind} ${subject}`;
}

function toldBy(event: LedgerEvent): [MigrationKind, string] | null {
  switch (event.kind) {
    case "AuthorityAppointed":
      return ["authority", `${event.region} ${event.account}`];
    case "GroupDefined":
      return ["group", event.group];
    case "TypePublished":
      return ["type", versionOf(event)];
    case "AgencyRegistered":
      return ["agency", event.agency];
    case "AgencyStatusChanged":
      return ["agencyStatus", `${event.agency} ${event.status}`];
    case "AgencySucceeded":
      return ["successor", event.agency];
    case "EntitlementGranted":
      return ["entitlement", `${event.agency} ${event.type}`];
    case "TypeRetired":
      return ["retirement", event.type];
    case "OperatorAdded":
      return ["operator", event.account];
    case "OperatorDistrusted":
      return ["operatorDistrust", event.account];
    case "DocumentKeyAdded":
      return ["documentKey", `${event.agency} ${event.keyId}`];
    case "DocumentKeyDistrusted":
      return ["documentKeyDistrust", `${event.agency} ${event.keyId}`];
    case "RuleAdded":
      return ["rule", JSON.stringify(event.rule)];
    default:
      return null;
  }
}
