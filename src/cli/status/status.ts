/** What becomes of certificates after they were issued. */
import { Command } from "commander";
import { addSetCommand } from "./status-set.ts";
import { addStatusShowCommand } from "./status-show.ts";

export function statusCommand(): Command {
  const command = new Command("status").description(
    "Set and show the status of certificates\n证照状态",
  );
  addSetCommand(command);
  addStatusShowCommand(command);
  return command;
}
