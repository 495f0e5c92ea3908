import { runTests } from "../test/run/run-tests.ts";

process.exitCode = await runTests(process.argv.slice(2));
