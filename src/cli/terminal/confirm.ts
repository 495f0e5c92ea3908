/** Asks yes or no on the terminal. */
import { createInterface } from "node:readline/promises";
import { Problem } from "../../core/problem.ts";

/** @throws Problem USAGE where there is no terminal to ask on */
export async function confirm(question: string, insteadFlag: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new Problem("USAGE", `${insteadFlag} expected: there is no terminal to ask on`);
  }
  const line = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(?:y|yes|是|好)$/i.test((await line.question(`${question} [y/N] `)).trim());
  } finally {
    line.close();
  }
}
