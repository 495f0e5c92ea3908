import { mapCommand } from "../src/cli/issuing/map.ts";
import { run } from "../src/cli/terminal/run.ts";

await run(mapCommand());
