import { showHelp } from "../src/cli/help.ts";

showHelp();
