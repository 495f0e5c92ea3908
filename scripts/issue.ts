import { issueCommand } from "../src/cli/issuing/issue.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(issueCommand());
