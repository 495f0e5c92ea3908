/** Asks for a secret on the terminal, without showing it. */
import { openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ReadStream } from "node:tty";
import { Problem } from "../../core/problem.ts";

/** The terminal that the process was started from, whatever its input and output are joined to. */
const TERMINAL = "/dev/tty";

/** @throws Problem KEY_PASSWORD_MISSING where there is no terminal, or nothing was typed */
export async function askHidden(question: string): Promise<string> {
  const terminal = openTerminal(question);
  const input = new ReadStream(terminal);
  try {
    const typed = await typedLine(input, () => writeSync(terminal, question));
    if (typed === "") throw new Problem("KEY_PASSWORD_MISSING", "nothing was typed");
    return typed;
  } finally {
    writeSync(terminal, "\n");
    input.destroy();
  }
}

function openTerminal(question: string): number {
  try {
    return openSync(TERMINAL, "r+");
  } catch (error) {
    const what = question.replace(/: $/, "");
    throw new Problem("KEY_PASSWORD_MISSING", `${what}: there is no terminal to ask on`, error);
  }
}

/**
 * Readline takes keys one by one and would show them on its output, which here is none. It is asked only when
 * that is so: before, the terminal itself would show what somebody quick types.
 */
async function typedLine(input: ReadStream, ask: () => void): Promise<string> {
  const output = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const line = createInterface({ input, output, terminal: true, historySize: 0 });
  ask();
  const typed = await new Promise<string>((resolve) => {
    line.once("line", resolve);
    line.once("close", () => {
      resolve("");
    });
  });
  line.close();
  return typed;
}
