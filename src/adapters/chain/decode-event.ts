/** From a log of one of the contracts to the event the reducer reads. */
import type { LogDescription, Result } from "ethers";
import type {
  BatchStatusChanged,
  LedgerEventContent,
  RecognitionRule,
} from "../../core/ledger/events.ts";
import type { SuiteId } from "../../core/hashing.ts";
import {
  agencyStatusOf,
  anyTypeOf,
  codeOf,
  effectOf,
  endOf,
  groupOf,
  keyAlgorithmOf,
  numberOf,
  regionOf,
} from "./chain-words.ts";

type Decoder = (args: Result) => LedgerEventContent;

/** @returns null for events that say nothing to the reducer, such as AccessManager's housekeeping. */
export function decodeEvent({ name, args }: LogDescription): LedgerEventContent | null {
  return DECODERS[name]?.(args) ?? null;
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
    status: agencyStatusOf(number(args, "status")),
    effectiveFrom: number(args, "effectiveFrom"),
  }),
  AgencySucceeded: (args) => ({
    kind: "AgencySucceeded",
    ...agency(args),
    ...governed(args),
    successor: codeOf(hex(args, "successor")),
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
  OperatorDistrustLifted: (args) => ({
    kind: "OperatorDistrustLifted",
    ...agency(args),
    ...governed(args),
    account: hex(args, "account"),
  }),
  DocumentKeyAdded: (args) => ({
    kind: "DocumentKeyAdded",
    ...documentKey(args),
    ...window(args),
    algorithm: keyAlgorithmOf(number(args, "algorithm")),
    x: hex(args, "x"),
    y: hex(args, "y"),
  }),
  DocumentKeyEnded: (args) => ({ kind: "DocumentKeyEnded", ...documentKey(args) }),
  DocumentKeyDistrusted: (args) => ({ kind: "DocumentKeyDistrusted", ...documentKey(args) }),
  DocumentKeyDistrustLifted: (args) => ({
    kind: "DocumentKeyDistrustLifted",
    ...documentKey(args),
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
    alwaysDisclosed: texts(args.getValue("alwaysDisclosed") as Result),
    validity: text(args, "validity"),
    effectiveFrom: number(args, "effectiveFrom"),
    uri: text(args, "uri"),
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
  CertificatesStatusChanged: (args) => ({
    kind: "CertificatesStatusChanged",
    ...status(args),
    indices: [...(args.getValue("indices") as Iterable<bigint>)].map(Number),
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
  AuthorityAppointed: (args) => ({
    kind: "AuthorityAppointed",
    ...governed(args),
    region: region(args),
    account: hex(args, "account"),
    effectiveFrom: number(args, "effectiveFrom"),
  }),
  AuthorityDismissed: (args) => ({
    kind: "AuthorityDismissed",
    ...governed(args),
    region: region(args),
    account: hex(args, "account"),
  }),
  LedgerFrozen: (args) => ({
    kind: "LedgerFrozen",
    ...governed(args),
    successor: hex(args, "successor"),
  }),
};

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
    effect: effectOf(number(rule, "effect")),
    condition: text(rule, "condition"),
    basis: text(rule, "basis"),
  };
}

interface Governed {
  readonly by: string;
  readonly basis: string;
  readonly sequence: number;
}

function governed(args: Result): Governed {
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

function documentKey(args: Result): { keyId: string; agency: string } & Governed {
  return { ...agency(args), ...governed(args), keyId: hex(args, "keyId") };
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
