/** What becomes of an agency: suspended and resumed, closed, or merged into another. */
import type { Command } from "commander";
import type { AgencyStatus } from "../../core/ledger/events.ts";
import { Problem } from "../../core/problem.ts";
import { requireAgency, withAgencyCode } from "../terminal/agency-code.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions } from "../governance/governing.ts";
import { instant } from "../terminal/options.ts";

interface Step {
  readonly name: string;
  readonly status: AgencyStatus;
  readonly description: string;
  readonly notes: string;
}

const STEPS: readonly Step[] = [
  {
    name: "suspend",
    status: "suspended",
    description: "Suspend an agency: it issues nothing until it is resumed\n暂停发证机关",
    notes:
      "What it issued before stays good, and its certificates can still be suspended or revoked.",
  },
  {
    name: "resume",
    status: "active",
    description: "Resume a suspended agency\n恢复发证机关",
    notes: "A closed agency can't be resumed.",
  },
  {
    name: "close",
    status: "closed",
    description: "Close an agency for good\n撤销发证机关",
    notes: `What it issued before stays good. Where another agency takes over its work, use lz agency succeed instead: the
answer at the counter then names that agency, and its operators may set the statuses of what this one issued.`,
  },
];

export function addLifeCommands(group: Command): void {
  for (const step of STEPS) addStatusCommand(group, step);
  addSuccession(group);
}

function addStatusCommand(group: Command, step: Step): void {
  withLawfulTime(withAgencyCode(group.command(step.name)))
    .description(step.description)
    .addHelpText("after", notesOf(step))
    .action((code: string, options: LifeOptions) => setAgencyStatus(code, step.status, options));
}

function notesOf({ name, notes }: Step): string {
  return `
The contracts heed it from this block on, whatever --effective-from says; both times are kept.
${notes}

Example:
  ./lz agency ${name} 11310000MB1A00001C --basis 沪府办〔2026〕2号
Next: ./lz agency show 11310000MB1A00001C`;
}

function withLawfulTime(command: Command): Command {
  return withGovernance(
    command.option(
      "--effective-from <time>",
      "from when it holds in law (default: now); the block's own time is kept beside it",
      instant,
    ),
  );
}

interface LifeOptions extends GovernOptions {
  readonly effectiveFrom?: number;
}

async function setAgencyStatus(
  code: string,
  status: AgencyStatus,
  options: LifeOptions,
): Promise<void> {
  await govern(options, ({ state, now }) => {
    requireAgency(state, code);
    const { effectiveFrom = now, basis } = options;
    return {
      changes: [(governance) => governance.setAgencyStatus(code, status, effectiveFrom, basis)],
      result: { agency: code, status, effectiveFrom },
      next: `./lz agency show ${code}`,
    };
  });
}

const SUCCEED_NOTES = `
What the closed agency issued stays good: a verifier names its successor, whose operators may from now on suspend or
revoke it. The successor must be registered and active, and can't be changed afterwards.

Example:
  ./lz agency succeed 11310000MB1A00001C --by 11460000MB1A00001P --basis 国办发〔2026〕3号
Next: ./lz verify with a certificate of the closed agency`;

function addSuccession(group: Command): void {
  withLawfulTime(
    withAgencyCode(group.command("succeed")).requiredOption(
      "--by <code>",
      "the agency that takes over from it",
    ),
  )
    .description("Close an agency whose work another one goes on with\n机关合并承接")
    .addHelpText("after", SUCCEED_NOTES)
    .action(succeedAgency);
}

interface SuccessionOptions extends LifeOptions {
  readonly by: string;
}

async function succeedAgency(code: string, options: SuccessionOptions): Promise<void> {
  const { by: successor, basis } = options;
  if (successor === code) throw new Problem("USAGE", "--by: an agency can't succeed itself");
  await govern(options, ({ state, now }) => {
    requireAgency(state, code);
    requireAgency(state, successor);
    const { effectiveFrom = now } = options;
    return {
      changes: [(governance) => governance.succeedAgency(code, successor, effectiveFrom, basis)],
      result: { agency: code, successor, effectiveFrom },
      next: `./lz agency show ${code}`,
    };
  });
}
