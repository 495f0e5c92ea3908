/** What an agency may issue, from when until when. */
import type { Command } from "commander";
import { requireAgency, requireTypes, withAgencyCode } from "../terminal/agency-code.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions } from "../governance/governing.ts";
import { assuranceOption, collect, withWindow } from "../terminal/options.ts";
import type { WindowOptions } from "../terminal/options.ts";

export function addEntitlementCommands(group: Command): void {
  withWindow(withTypes(withAgencyCode(group.command("grant"))))
    .description("Let an agency issue further types, or for another time\n授予颁发权限")
    .addOption(assuranceOption())
    .addHelpText("after", GRANT_NOTES)
    .action(grant);
  withTypes(withAgencyCode(group.command("end-grant")))
    .description("End an agency's right to issue a type, from this block on\n终止颁发权限")
    .addHelpText("after", END_NOTES)
    .action(endGrant);
}

function withTypes(command: Command): Command {
  return withGovernance(
    command.requiredOption("--type <code>", "the type; give it several times", collect),
  );
}

const GRANT_NOTES = `
A grant of a type that the agency may issue already takes the place of the former one.

Example:
  ./lz agency grant 11310000MB1A00001C --type 11100000000013338W001 --valid-until 2031-01-01
Next: ./lz agency show 11310000MB1A00001C`;

const END_NOTES = `
What it issued before stays good: a certificate is judged by what its agency might issue when it anchored it.

Example:
  ./lz agency end-grant 11310000MB1A00001C --type 11100000000013338W001
Next: ./lz agency show 11310000MB1A00001C`;

interface TypeOptions extends GovernOptions {
  readonly type: readonly string[];
}

interface GrantOptions extends TypeOptions, WindowOptions {
  readonly assurance: number;
}

async function grant(code: string, options: GrantOptions): Promise<void> {
  await govern(options, ({ state, blockTime }) => {
    requireAgency(state, code);
    requireTypes(state, options.type);
    const { validFrom = blockTime, validUntil = null, assurance: level, basis } = options;
    const window = { validFrom, validUntil, assurance: level, basis };
    return {
      changes: options.type.map((type) => (governance) => {
        return governance.grantEntitlement(code, type, window);
      }),
      result: { agency: code, types: options.type },
      next: `./lz agency show ${code}`,
    };
  });
}

async function endGrant(code: string, options: TypeOptions): Promise<void> {
  const { type: types, basis } = options;
  await govern(options, ({ state }) => {
    requireAgency(state, code);
    return {
      changes: types.map((type) => (governance) => governance.endEntitlement(code, type, basis)),
      result: { agency: code, types },
      next: `./lz agency show ${code}`,
    };
  });
}
