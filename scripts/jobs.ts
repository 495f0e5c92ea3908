import { jobsCommand } from "../src/cli/jobs.ts";
import { run } from "../src/cli/run.ts";

await run(jobsCommand());
