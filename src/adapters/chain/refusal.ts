/** What a contract says when it refuses, in its own error's name and values. */
import { isError } from "ethers";
import type { ErrorDescription } from "ethers";
import { Problem } from "../../core/problem.ts";
import { CONTRACT_NAMES, interfaceOf } from "./contracts.ts";
import { codeOf } from "./chain-words.ts";

/** A contract's refusal as CONTRACT_REFUSED; any other error as it is. */
export function toRefusal(error: unknown): unknown {
  if (!isError(error, "CALL_EXCEPTION")) return error;
  const parsed = typeof error.data === "string" ? parseRefusal(error.data) : null;
  const detail = parsed === null ? (error.reason ?? error.shortMessage) : describe(parsed);
  return new Problem("CONTRACT_REFUSED", detail, error);
}

function parseRefusal(data: string): ErrorDescription | null {
  for (const name of CONTRACT_NAMES) {
    const parsed = interfaceOf(name).parseError(data);
    if (parsed !== null) return parsed;
  }
  return null;
}

function describe({ name, args, fragment }: ErrorDescription): string {
  const values = fragment.inputs.map((input, i) => {
    const value: unknown = args[i];
    const isCode = input.type === "bytes18" || input.type === "bytes21";
    return `${input.name}: ${isCode ? codeOf(String(value)) : String(value)}`;
  });
  return `${name}(${values.join(", ")})`;
}
