import { isCommand, showHelp } from "../src/cli/help.ts";

const [, , name] = process.argv;
if (name === undefined || !isCommand(name)) showHelp();
else {
  process.argv.splice(2, 1);
  process.argv.push("--help");
  await import(`./${name}.ts`);
}
