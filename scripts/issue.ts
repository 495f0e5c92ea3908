import { issueCommand } from "../src/cli/issue.ts";
import { run } from "../src/cli/run.ts";

await run(issueCommand());
