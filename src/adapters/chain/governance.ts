/** Changing the rules of trust: each method is one call of one contract. */
import { ZeroAddress } from "ethers";
import type { RecognitionRule } from "../../core/ledger/events.ts";
import { NATIONAL } from "../../core/identifiers/region.ts";
import type {
  BasedWindow,
  ChangeReceipt,
  Governance,
  PreparedCall,
  TypePublication,
} from "../../ports/governance.ts";
import type { Account, Call } from "./account.ts";
import { awaitTurn, isAdministration } from "./administration.ts";
import {
  agencyStatusToChain,
  anyTypeToChain,
  codeToChain,
  effectToChain,
  endToChain,
  groupToChain,
  keyAlgorithmToChain,
  regionToChain,
} from "./chain-words.ts";
import type { ContractName } from "./contracts.ts";
import { interfaceOf } from "./contracts.ts";
import type { Deployment } from "./deployment.ts";

/** Who acts, and what becomes of a call: it is sent, written down or only estimated. */
interface Executor<Done> {
  readonly address: string;
  execute(call: Call): Promise<Done>;
}

/** Each call returns once its transaction is mined; an administrator's with a delay is announced first. */
export function governance(deployment: Deployment, account: Account): Governance {
  return governanceBy(deployment, {
    address: account.address,
    execute: async (call): Promise<ChangeReceipt> => {
      if (isAdministration(deployment, call)) await awaitTurn(deployment, account, call);
      const { hash, blockNumber, gasUsed } = await account.execute(call);
      return { transaction: hash, block: blockNumber, gasUsed: Number(gasUsed) };
    },
  });
}

/**
 * Sends nothing: each call is given back, for an authority that is a contract of several owners, who sign
 * together what it is to call.
 * @param account the address of that contract
 */
export function preparedGovernance(
  deployment: Deployment,
  account: string,
): Governance<PreparedCall> {
  return governanceBy(deployment, {
    address: account.toLowerCase(),
    execute: ({ to, data, value }) =>
      Promise.resolve({ to: to ?? ZeroAddress, data, value: value ?? 0n }),
  });
}

/** Sends nothing: each call gives the gas it would take. */
export function estimatedGovernance(deployment: Deployment, account: string): Governance<number> {
  const { rpc } = deployment;
  return governanceBy(deployment, {
    address: account.toLowerCase(),
    execute: async (call) =>
      Number(await rpc.ask((provider) => provider.estimateGas({ from: account, ...call }))),
  });
}

function governanceBy<Done>({ addresses }: Deployment, executor: Executor<Done>): Governance<Done> {
  const change = (name: ContractName, method: string, args: unknown[]): Promise<Done> => {
    const data = interfaceOf(name).encodeFunctionData(method, args);
    return executor.execute({ to: addresses[name], data });
  };
  return {
    account: executor.address,
    ...authorityCalls(change, addresses.Directory),
    ...agencyCalls(change),
    ...keyCalls(change),
    ...catalogueCalls(change),
    ...recognitionCalls(change),
    ...statusCalls(change),
    fund: (to, value) => executor.execute({ to, data: "0x", value }),
  };
}

type Change<Done> = (name: ContractName, method: string, args: unknown[]) => Promise<Done>;
type Calls<Done, Method extends keyof Governance> = Pick<Governance<Done>, Method>;

function authorityCalls<Done>(
  change: Change<Done>,
  directory: string,
): Calls<Done, "appoint" | "dismiss" | "freeze"> {
  return {
    appoint: (region, account, basis) => {
      if (region === NATIONAL) {
        return change("AuthorityRegistry", "appointNational", [account, basis]);
      }
      return change("AuthorityRegistry", "appoint", [regionToChain(region), account, basis]);
    },
    dismiss: (region, account, basis) =>
      change("AuthorityRegistry", "dismiss", [regionToChain(region), account, basis]),
    freeze: (successor, basis) =>
      change("AuthorityRegistry", "freeze", [directory, successor, basis]),
  };
}

function agencyCalls<Done>(
  change: Change<Done>,
): Calls<
  Done,
  "registerAgency" | "setAgencyStatus" | "succeedAgency" | "grantEntitlement" | "endEntitlement"
> {
  return {
    registerAgency: ({ agency, region, name, effectiveFrom, basis }) => {
      const args = [codeToChain(agency), regionToChain(region), name, effectiveFrom, basis];
      return change("AgencyRegistry", "registerAgency", args);
    },
    setAgencyStatus: (agency, status, effectiveFrom, basis) => {
      const args = [codeToChain(agency), agencyStatusToChain(status), effectiveFrom, basis];
      return change("AgencyRegistry", "setAgencyStatus", args);
    },
    succeedAgency: (agency, successor, effectiveFrom, basis) => {
      const args = [codeToChain(agency), codeToChain(successor), effectiveFrom, basis];
      return change("AgencyRegistry", "succeedAgency", args);
    },
    grantEntitlement: (agency, type, { assurance, basis, ...window }) => {
      const args = [codeToChain(agency), codeToChain(type), ...windowToChain(window)];
      return change("AgencyRegistry", "grantEntitlement", [...args, assurance, basis]);
    },
    endEntitlement: (agency, type, basis) =>
      change("AgencyRegistry", "endEntitlement", [codeToChain(agency), codeToChain(type), basis]),
  };
}

function keyCalls<Done>(
  change: Change<Done>,
): Calls<
  Done,
  | "addOperator"
  | "removeOperator"
  | "distrustOperator"
  | "liftOperatorDistrust"
  | "addDocumentKey"
  | "endDocumentKey"
  | "distrustDocumentKey"
  | "liftDocumentKeyDistrust"
> {
  const changeKey = (method: string) => (agency: string, keyId: string, basis: string) =>
    change("AgencyRegistry", method, [codeToChain(agency), keyId, basis]);
  return {
    addOperator: (agency, operator, { basis, ...window }) => {
      const args = [codeToChain(agency), operator, ...windowToChain(window), basis];
      return change("AgencyRegistry", "addOperator", args);
    },
    removeOperator: (account, basis) =>
      change("AgencyRegistry", "removeOperator", [account, basis]),
    distrustOperator: (agency, account, since, basis) => {
      const args = [codeToChain(agency), account, since, basis];
      return change("AgencyRegistry", "distrustOperator", args);
    },
    liftOperatorDistrust: (agency, account, basis) =>
      change("AgencyRegistry", "liftOperatorDistrust", [codeToChain(agency), account, basis]),
    addDocumentKey: (agency, { algorithm, x, y }, { basis, ...window }) => {
      const key = [keyAlgorithmToChain(algorithm), x, y];
      const args = [codeToChain(agency), ...key, ...windowToChain(window), basis];
      return change("AgencyRegistry", "addDocumentKey", args);
    },
    endDocumentKey: changeKey("endDocumentKey"),
    distrustDocumentKey: changeKey("distrustDocumentKey"),
    liftDocumentKeyDistrust: changeKey("liftDocumentKeyDistrust"),
  };
}

function catalogueCalls<Done>(change: Change<Done>): Calls<Done, "publishTypes" | "retireType"> {
  return {
    publishTypes: (publications) =>
      change("CertificateCatalog", "publishTypes", [publications.map(publicationToChain)]),
    retireType: (type, basis) =>
      change("CertificateCatalog", "retireType", [codeToChain(type), basis]),
  };
}

function recognitionCalls<Done>(
  change: Change<Done>,
): Calls<Done, "addRule" | "endRule" | "defineGroup"> {
  return {
    addRule: (rule) => change("RecognitionPolicy", "addRule", [ruleToChain(rule)]),
    endRule: (ruleId, basis) => change("RecognitionPolicy", "endRule", [ruleId, basis]),
    defineGroup: (group, regions, basis) => {
      const args = [groupToChain(group), regions.map(regionToChain), basis];
      return change("RecognitionPolicy", "defineGroup", args);
    },
  };
}

function statusCalls<Done>(change: Change<Done>): Calls<Done, "setStatus" | "setStatuses"> {
  return {
    setStatus: ({ agency, root, index, status, effectiveFrom, reason }) => {
      const method = index === null ? "setBatchStatus" : "setStatus";
      const which = index === null ? [] : [index];
      const args = [codeToChain(agency), root, ...which, status, effectiveFrom, reason];
      return change("StatusRegistry", method, args);
    },
    setStatuses: ({ agency, root, indices, status, effectiveFrom, reason }) => {
      const args = [codeToChain(agency), root, indices, status, effectiveFrom, reason];
      return change("StatusRegistry", "setStatuses", args);
    },
  };
}

function windowToChain({ validFrom, validUntil }: Omit<BasedWindow, "basis">): number[] {
  return [validFrom, endToChain(validUntil)];
}

function publicationToChain({
  type,
  region,
  basis,
  ...publication
}: TypePublication): Record<string, unknown> {
  const order = { certificateType: codeToChain(type), region: regionToChain(region) };
  return { ...order, publication, basis };
}

function ruleToChain(rule: RecognitionRule): Record<string, unknown> {
  return {
    recognising: regionToChain(rule.recognising),
    recognised: regionToChain(rule.recognised),
    group: groupToChain(rule.group),
    certificateType: anyTypeToChain(rule.type),
    serviceItems: rule.serviceItems,
    leastAssurance: rule.leastAssurance,
    maxStatusAge: rule.maxStatusAge,
    validFrom: rule.validFrom,
    validUntil: endToChain(rule.validUntil),
    effect: effectToChain(rule.effect),
    condition: rule.condition,
    basis: rule.basis,
  };
}
