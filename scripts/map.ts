import { mapCommand } from "../src/cli/map.ts";
import { run } from "../src/cli/run.ts";

await run(mapCommand());
