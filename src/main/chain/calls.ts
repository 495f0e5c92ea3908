/** A call of a contract, read back from its bytes: what is signed is what is described. */
import type { ParamType } from "ethers";
import {
  agencyStatusOf,
  codeOf,
  effectOf,
  groupOf,
  keyAlgorithmOf,
  numberOf,
  regionOf,
} from "../../adapters/chain/chain-words.ts";
import { interfaceOf } from "../../adapters/chain/contracts.ts";
import type { ContractName } from "../../adapters/chain/contracts.ts";
import type { PreparedCall } from "../../ports/governance.ts";
import type { Chain } from "./chain.ts";

/** Regions, codes and enums as text, times in seconds since 1970, hashes and addresses in hex. */
export type CallValue =
  string | number | boolean | null | readonly CallValue[] | { readonly [name: string]: CallValue };

export interface DecodedCall {
  readonly contract: ContractName;
  /** As in Solidity: appoint(uint24,address,string). */
  readonly signature: string;
  readonly method: string;
  readonly args: Readonly<Record<string, CallValue>>;
}

/** The arguments of each contract that are enums. A certificate's status is a number of the protocol. */
const ENUMS: Readonly<Record<string, Enums>> = {
  AgencyRegistry: { status: agencyStatusOf, algorithm: keyAlgorithmOf },
  RecognitionPolicy: { effect: effectOf },
};

type Enums = Readonly<Record<string, (value: number) => string>>;

/** @returns null for what calls none of this deployment's contracts, such as a payment. */
export function decodeCall(
  { deployment }: Pick<Chain, "deployment">,
  { to, data, value }: PreparedCall,
): DecodedCall | null {
  const found = Object.entries(deployment.addresses).find(([, address]) => address === to);
  if (found === undefined) return null;
  const contract = found[0] as ContractName;
  const parsed = interfaceOf(contract).parseTransaction({ data, value });
  if (parsed === null) return null;
  const { signature, name: method, fragment } = parsed;
  const args = namedValues(ENUMS[contract] ?? {}, fragment.inputs, parsed.args);
  return { contract, signature, method, args };
}

function namedValues(
  enums: Enums,
  inputs: readonly ParamType[],
  values: Readonly<Record<number, unknown>>,
): Record<string, CallValue> {
  const entries = inputs.map((input, i) => {
    return [input.name, valueOf(enums, input, input.name, values[i])] as const;
  });
  return Object.fromEntries(entries);
}

function valueOf(enums: Enums, type: ParamType, name: string, value: unknown): CallValue {
  if (type.isArray()) {
    const { arrayChildren } = type;
    return (value as readonly unknown[]).map((each) => valueOf(enums, arrayChildren, name, each));
  }
  if (type.isTuple()) return namedValues(enums, type.components, value as readonly unknown[]);
  const word = enums[name];
  return word === undefined ? wordOf(type.type, name, value) : word(Number(value));
}

function wordOf(type: string, name: string, value: unknown): CallValue {
  if (type === "uint24") return regionOf(value as bigint);
  if (type === "bytes18" || type === "bytes21") return isZero(value) ? null : codeOf(String(value));
  if (type === "bytes32" && name === "group") return groupOf(String(value));
  if (type === "address") return String(value).toLowerCase();
  return typeof value === "bigint" ? numberOf(value) : (value as string | boolean);
}

function isZero(value: unknown): boolean {
  return /^0x0*$/.test(String(value));
}
