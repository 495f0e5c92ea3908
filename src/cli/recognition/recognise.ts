/** Which certificates a region accepts from another: the rules, and what follows from them. */
import { Command } from "commander";
import { addRuleCommands } from "./recognise-add.ts";
import { addExplainCommand } from "./recognise-explain.ts";
import { groupCommand } from "./recognise-group.ts";
import { addListCommand } from "./recognise-list.ts";
import { addMatrixCommand } from "./recognise-matrix.ts";

export function recogniseCommand(): Command {
  const command = new Command("recognise").description(
    "Say which certificates a region accepts from another, and ask why\n互认规则",
  );
  addRuleCommands(command);
  addListCommand(command);
  addExplainCommand(command);
  addMatrixCommand(command);
  command.addCommand(groupCommand());
  return command;
}
