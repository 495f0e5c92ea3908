import { isCommand, overviewCommand, showHelp } from "../src/cli/help.ts";
import { run } from "../src/cli/terminal/run.ts";

const [node = "", script = "", name, ...rest] = process.argv;
if (name === undefined || name === "help") showHelp();
else if (isCommand(name)) {
  process.argv.splice(2, 1);
  process.argv.push("--help");
  await import(`./${name}.ts`);
} else {
  const isJson = rest.includes("--json");
  await run(overviewCommand(), [node, script, name, ...(isJson ? ["--json"] : [])]);
}
