import { jobsCommand } from "../src/cli/issuing/jobs.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(jobsCommand());
