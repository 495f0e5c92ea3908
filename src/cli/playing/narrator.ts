/** Tells a play step by step, and shows and runs the project's own commands as it goes. */
import { Problem } from "../../core/problem.ts";
import type { Output } from "../terminal/output.ts";
import type { Finished, Service, Stage } from "./stage.ts";

export class Narrator {
  readonly #output: Output;
  readonly #stage: Stage;
  readonly #folder: string;
  #step = 0;

  /** @param folder where the play's files are: left out of the commands that are shown. */
  constructor(output: Output, stage: Stage, folder: string) {
    this.#output = output;
    this.#stage = stage;
    this.#folder = folder;
  }

  /** The next step, in both languages. */
  say(zh: string, en: string): void {
    this.#output.say(`\n${String(++this.#step)}. ${zh}\n   ${en}`);
  }

  note(line: string): void {
    this.#output.say(`   ${line}`);
  }

  /** Runs `./lz COMMAND ARGUMENTS` to its end. @throws Problem INTERNAL for an exit code not accepted. */
  async run(
    command: string,
    args: readonly string[],
    accepted: readonly number[] = [0],
  ): Promise<Finished> {
    this.#showCommand(command, args);
    const [name = "", ...rest] = command.split(" ");
    const finished = await this.#stage.run(name, [...rest, ...args]);
    if (accepted.includes(finished.exitCode)) return finished;
    const said = JSON.stringify(finished.json) + finished.errors;
    throw new Problem("INTERNAL", `lz ${command} ended with ${String(finished.exitCode)}: ${said}`);
  }

  /** Starts a command that stays, and waits for its first line. */
  async start(name: string, args: readonly string[]): Promise<Service> {
    this.#showCommand(name, args);
    return this.#stage.start(name, args);
  }

  #showCommand(command: string, args: readonly string[]): void {
    const short = args.map((arg) => arg.replace(`${this.#folder}/`, ""));
    this.note(`$ ./lz ${[command, ...short].join(" ")}`);
  }
}

/** A member of a command's JSON, as text. */
export function memberOf(json: unknown, name: string): string {
  return String((json as Record<string, unknown>)[name]);
}
