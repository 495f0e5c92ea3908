/** What a contract says when it refuses, in its own error's name and values. */
import { isError } from "ethers";
import type { CallExceptionError, ErrorDescription } from "ethers";
import { Problem } from "../../core/problem.ts";
import { CONTRACT_NAMES, interfaceOf } from "./contracts.ts";
import type { ContractName } from "./contracts.ts";
import { codeOf } from "./chain-words.ts";

/**
 * A contract's refusal as CONTRACT_REFUSED; any other error as it is. Ethers takes whatever a node says to
 * a call for the contract's word, also that the node itself failed: that becomes the node's error again.
 */
export function toRefusal(error: unknown): unknown {
  if (!isError(error, "CALL_EXCEPTION")) return error;
  const said = wordsOfNode(error);
  if (!isRevert(error, said)) return new Error(said, { cause: error });
  const parsed = typeof error.data === "string" ? parseRefusal(error.data) : null;
  const words = parsed === null ? error.shortMessage : describe(parsed);
  return new Problem("CONTRACT_REFUSED", error.reason ?? words, error);
}

function isRevert({ data, reason }: CallExceptionError, said: string): boolean {
  return data !== null || reason !== null || /revert/i.test(said);
}

function wordsOfNode({ info, shortMessage }: CallExceptionError): string {
  const said = info?.["error"] as { readonly message?: unknown } | undefined;
  return typeof said?.message === "string" ? said.message : shortMessage;
}

/** @returns null for what is no error of these contracts: another's, or none at all. */
function parseRefusal(data: string): ErrorDescription | null {
  for (const name of [...CONTRACT_NAMES, "UseLog"] as const) {
    const parsed = parseRefusalOf(name, data);
    if (parsed !== null) return parsed;
  }
  return null;
}

function parseRefusalOf(name: ContractName | "UseLog", data: string): ErrorDescription | null {
  try {
    return interfaceOf(name).parseError(data);
  } catch {
    return null;
  }
}

function describe({ name, args, fragment }: ErrorDescription): string {
  const values = fragment.inputs.map((input, i) => {
    const value: unknown = args[i];
    const isCode = input.type === "bytes18" || input.type === "bytes21";
    return `${input.name}: ${isCode ? codeOf(String(value)) : String(value)}`;
  });
  return `${name}(${values.join(", ")})`;
}
