/** From a log of one of the contracts to the event the reducer reads. */
import type { LogDescription, Result } from "ethers";
import type {
  AgencyStatus,
  BatchStatusChanged,
  LedgerEventContent,
  RecognitionRule,
  RuleEffect,
} from "../../core/ledger/events.ts";
import type { SuiteId } from "../../core/hashing.ts";
import { anyTypeOf, codeOf, endOf, groupOf, numberOf, regionOf } from "./chain-words.ts";

const AGENCY_STATUSES: readonly (AgencyStatus | undefined)[] = [
  undefined,
  "active",
  "suspended",
  "closed",
];
const EFFECTS: readonly RuleEffect[] = ["accept", "conditional", "suspend", "deny"];
/** The role of the authority over a region is this number plus the region's code. */
export const REGION_ROLE_BASE = 1_000_000n;
const LAST_REGION_ROLE = 1_999_999n;

type Decoder = (args: Result) => LedgerEventContent | null;

/** @returns null for events that say nothing to the reducer, such as AccessManager's housekeeping. */
export function decodeEvent(log: LogDescription): LedgerEventContent | null {
  return DECODERS[log.name]?.(log.args) ?? null;
}

const DECODERS: Readonly<Record<string, Decoder>> = {
  AgencyRegistered: (args) => ({
    kind: "AgencyRegistered",
    ...agency(args),
    ...governed(args),
    region: region(args),
    name: text(args, "name"),
    effectiveFrom: number(args, "effectiveFrom"),
  }),
  AgencyStatusChanged: (args) => ({
    kind: "AgencyStatusChanged",
    ...agency(args),
    ...governed(args),
    status: AGENCY_STATUSES[number(args, "status")] ?? "closed",
    effectiveFrom: number(args, "effectiveFrom"),
  }),
  EntitlementGranted: (args) => ({
    kind: "EntitlementGranted",
    ...agency(args),
    ...governed(args),
    ...window(args),
    type: type(args),
    assurance: number(args, "assurance"),
  }),
  EntitlementEnded: (args) => ({
    kind: "EntitlementEnded",
    ...agency(args),
    ...governed(args),
    type: type(args),
  }),
  OperatorAdded: (args) => ({
    kind: "OperatorAdded",
    ...agency(args),
    ...governed(args),
    ...window(args),
    account: hex(args, "account"),
  }),
  OperatorRemoved: (args) => ({
    kind: "OperatorRemoved",
    ...agency(args),
    ...governed(args),
    account: hex(args, "account"),
  }),
  OperatorDistrusted: (args) => ({
    kind: "OperatorDistrusted",
    ...agency(args),
    ...governed(args),
    account: hex(args, "account"),
    since: number(args, "since"),
  }),
  DocumentKeyAdded: (args) => ({
    kind: "DocumentKeyAdded",
    ...agency(args),
    ...governed(args),
    ...window(args),
    keyId: hex(args, "keyId"),
    x: hex(args, "x"),
    y: hex(args, "y"),
  }),
  DocumentKeyDistrusted: (args) => ({
    kind: "DocumentKeyDistrusted",
    ...agency(args),
    ...governed(args),
    keyId: hex(args, "keyId"),
  }),
  TypePublished: (args) => ({
    kind: "TypePublished",
    ...governed(args),
    type: type(args),
    region: region(args),
    version: number(args, "version"),
    number: number(args, "number"),
    schemaHash: hex(args, "schemaHash"),
    name: text(args, "name"),
    nameEn: text(args, "nameEn"),
    uri: text(args, "uri"),
    alwaysDisclosed: texts(args.getValue("alwaysDisclosed") as Result),
  }),
  TypeRetired: (args) => ({ kind: "TypeRetired", ...governed(args), type: type(args) }),
  BatchAnchored: (args) => ({
    kind: "BatchAnchored",
    ...agency(args),
    root: hex(args, "root"),
    type: type(args),
    sequence: number(args, "sequence"),
    schemaVersion: number(args, "schemaVersion"),
    size: number(args, "size"),
    suite: number(args, "suite") as SuiteId,
    time: number(args, "time"),
    manifestHash: hex(args, "manifestHash"),
    operator: hex(args, "operator"),
    head: hex(args, "head"),
  }),
  CertificateStatusChanged: (args) => ({
    kind: "CertificateStatusChanged",
    ...status(args),
    index: number(args, "index"),
  }),
  BatchStatusChanged: (args) => ({ kind: "BatchStatusChanged", ...status(args) }),
  RuleAdded: (args) => ({
    kind: "RuleAdded",
    ruleId: number(args, "ruleId"),
    by: hex(args, "by"),
    rule: ruleOf(args.getValue("rule") as Result),
    sequence: number(args, "sequence"),
  }),
  RuleEnded: (args) => ({
    kind: "RuleEnded",
    ...governed(args),
    ruleId: number(args, "ruleId"),
  }),
  GroupDefined: (args) => ({
    kind: "GroupDefined",
    ...governed(args),
    group: groupOf(hex(args, "group")) ?? "",
    regions: [...(args.getValue("regions") as Iterable<bigint>)].map(regionOf),
  }),
  /** Who may only act after a delay is no authority to the contracts: see IRegionalAuthority. */
  RoleGranted: (args) => {
    const region = regionOfRole(args.getValue("roleId") as bigint);
    if (region === null) return null;
    const account = hex(args, "account");
    if (number(args, "delay") > 0) return { kind: "AuthorityRevoked", region, account };
    return { kind: "AuthorityGranted", region, account, since: number(args, "since") };
  },
  RoleRevoked: (args) => {
    const region = regionOfRole(args.getValue("roleId") as bigint);
    if (region === null) return null;
    return { kind: "AuthorityRevoked", region, account: hex(args, "account") };
  },
};

function regionOfRole(roleId: bigint): string | null {
  const isRegional = roleId >= REGION_ROLE_BASE && roleId <= LAST_REGION_ROLE;
  return isRegional ? regionOf(roleId - REGION_ROLE_BASE) : null;
}

function ruleOf(rule: Result): RecognitionRule {
  return {
    recognising: regionOf(rule.getValue("recognising") as bigint),
    recognised: regionOf(rule.getValue("recognised") as bigint),
    group: groupOf(hex(rule, "group")),
    type: anyTypeOf(hex(rule, "certificateType")),
    serviceItems: texts(rule.getValue("serviceItems") as Result),
    ...window(rule),
    leastAssurance: number(rule, "leastAssurance"),
    maxStatusAge: number(rule, "maxStatusAge"),
    effect: EFFECTS[number(rule, "effect")] ?? "deny",
    condition: text(rule, "condition"),
    basis: text(rule, "basis"),
  };
}

function governed(args: Result): { by: string; basis: string; sequence: number } {
  const basis = text(args, "basis");
  return { by: hex(args, "by"), basis, sequence: number(args, "sequence") };
}

function status(args: Result): Omit<BatchStatusChanged, "kind"> {
  return {
    ...agency(args),
    root: hex(args, "root"),
    status: number(args, "status"),
    effectiveFrom: number(args, "effectiveFrom"),
    reason: number(args, "reason"),
    by: hex(args, "by"),
  };
}

function agency(args: Result): { agency: string } {
  return { agency: codeOf(hex(args, "agency")) };
}

function type(args: Result): string {
  return codeOf(hex(args, "certificateType"));
}

function region(args: Result): string {
  return regionOf(args.getValue("region") as bigint);
}

function window(args: Result): { validFrom: number; validUntil: number | null } {
  const validUntil = endOf(args.getValue("validUntil") as bigint);
  return { validFrom: number(args, "validFrom"), validUntil };
}

function number(args: Result, name: string): number {
  return numberOf(args.getValue(name) as bigint);
}

/** What stands for text that is not UTF-8: an authority could write such, and stop every reader. */
const UNREADABLE = "\uFFFD";

function text(args: Result, name: string): string {
  return readable(() => args.getValue(name) as string);
}

function texts(values: Result): string[] {
  return Array.from({ length: values.length }, (_, i) => readable(() => values[i] as string));
}

/** The decoder refuses such text when it is read, not before. */
function readable(read: () => string): string {
  try {
    return read();
  } catch {
    return UNREADABLE;
  }
}

/** Hashes and addresses, in lower case. */
function hex(args: Result, name: string): string {
  return (args.getValue(name) as string).toLowerCase();
}
