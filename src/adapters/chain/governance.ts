/** Changing the rules of trust: each method is one call of one contract. */
import type { RecognitionRule } from "../../core/ledger/events.ts";
import type { ChangeReceipt, Governance } from "../../ports.ts";
import type { Account, Call } from "./account.ts";
import {
  anyTypeToChain,
  codeToChain,
  endToChain,
  groupToChain,
  regionToChain,
} from "./chain-words.ts";
import type { ContractName } from "./contracts.ts";
import { interfaceOf } from "./contracts.ts";
import type { Deployment } from "./deployment.ts";

const EFFECTS = { accept: 0, conditional: 1, suspend: 2, deny: 3 } as const;

export function governance({ addresses }: Deployment, account: Account): Governance {
  const run = async (call: Call): Promise<ChangeReceipt> => {
    const { hash, blockNumber, gasUsed } = await account.execute(call);
    return { transaction: hash, block: blockNumber, gasUsed: Number(gasUsed) };
  };
  const change = (name: ContractName, method: string, args: unknown[]): Promise<ChangeReceipt> =>
    run({ to: addresses[name], data: interfaceOf(name).encodeFunctionData(method, args) });

  return {
    account: account.address,
    registerAgency: ({ agency, region, name, effectiveFrom, basis }) => {
      const args = [codeToChain(agency), regionToChain(region), name, effectiveFrom, basis];
      return change("AgencyRegistry", "registerAgency", args);
    },
    grantEntitlement: (agency, type, { validFrom, validUntil, assurance, basis }) => {
      const window = [validFrom, endToChain(validUntil)];
      const args = [codeToChain(agency), codeToChain(type), ...window, assurance, basis];
      return change("AgencyRegistry", "grantEntitlement", args);
    },
    addOperator: (agency, operator, { validFrom, validUntil, basis }) => {
      const args = [codeToChain(agency), operator, validFrom, endToChain(validUntil), basis];
      return change("AgencyRegistry", "addOperator", args);
    },
    addDocumentKey: (agency, { x, y }, { validFrom, validUntil, basis }) => {
      const args = [codeToChain(agency), x, y, validFrom, endToChain(validUntil), basis];
      return change("AgencyRegistry", "addDocumentKey", args);
    },
    publishType: ({ type, region, basis, ...publication }) => {
      const args = [codeToChain(type), regionToChain(region), publication, basis];
      return change("CertificateCatalog", "publishType", args);
    },
    addRule: (rule) => change("RecognitionPolicy", "addRule", [ruleToChain(rule)]),
    setStatus: ({ agency, root, index, status, effectiveFrom, reason }) => {
      const method = index === null ? "setBatchStatus" : "setStatus";
      const which = index === null ? [] : [index];
      const args = [codeToChain(agency), root, ...which, status, effectiveFrom, reason];
      return change("StatusRegistry", method, args);
    },
    fund: (to, value) => run({ to, data: "0x", value }),
  };
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
    effect: EFFECTS[rule.effect],
    condition: rule.condition,
    basis: rule.basis,
  };
}
