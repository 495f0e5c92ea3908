/** Issuing agencies: what becomes of them, what they may issue, and the accounts and keys that act for them. */
import { Command } from "commander";
import { addAgencyCommand } from "./agency-add.ts";
import { addEntitlementCommands } from "./agency-entitlement.ts";
import { documentKeyCommand } from "./agency-keys.ts";
import { addLifeCommands } from "./agency-life.ts";
import { operatorCommand } from "./agency-operator.ts";
import { addShowCommand } from "./agency-show.ts";

export function agencyCommand(): Command {
  const command = new Command("agency").description(
    "Register agencies, and say what becomes of them, what they may issue and who acts for them\n发证机关",
  );
  addAgencyCommand(command);
  addShowCommand(command);
  addLifeCommands(command);
  addEntitlementCommands(command);
  command.addCommand(operatorCommand());
  command.addCommand(documentKeyCommand());
  return command;
}
