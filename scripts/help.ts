import { OVERVIEW } from "../src/cli/help.ts";

process.stdout.write(OVERVIEW);
