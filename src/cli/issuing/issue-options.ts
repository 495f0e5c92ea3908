/** What `lz issue` is told, and what `lz jobs resume` may be told anew. */
import type { Command } from "commander";
import { integer } from "../terminal/options.ts";
import type { ChainOptions } from "../terminal/options.ts";
import type { SourceFlags } from "./source-options.ts";

export interface IssueOptions extends ChainOptions, SourceFlags {
  readonly type: string;
  readonly agency: string;
  readonly input?: string;
  readonly source?: string;
  readonly mapping?: string;
  readonly suite: string;
  readonly batchSize: number;
  readonly pad?: true;
  readonly skipInvalid?: true;
  readonly maxErrors?: number;
  readonly supersede?: true;
  readonly dryRun?: true;
  readonly errors?: string;
  readonly catalogue?: string;
  readonly key?: string;
  readonly patience?: number;
  readonly stuckAfter?: number;
}

/** --patience and --stuck-after. */
export function withPacing(command: Command): Command {
  return command
    .option("--patience <seconds>", "give up once nothing has moved on for so long (120)", integer)
    .option(
      "--stuck-after <seconds>",
      "offer more for a transaction that is not mined by then (60)",
      integer,
    );
}
