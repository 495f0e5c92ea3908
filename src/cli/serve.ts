import { Command } from "commander";
import { loadSettings } from "../config.ts";
import { openChain } from "../main/chain.ts";
import { verifierStoreFile } from "../main/verifier-store.ts";
import { startVerifier } from "../main/verifier.ts";
import { createOutput, printProblem } from "./output.ts";
import type { ChainOptions } from "./options.ts";
import { integer, portNumber, withChain } from "./options.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { version } from "./version.ts";

export function serveCommand(): Command {
  return withChain(new Command("serve"))
    .description("Run the verifier: follow the chain and answer over REST, until Ctrl-C\n核验服务")
    .option("--port <number>", "port to listen on; 0 for any that is free", portNumber, 8080)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--max-age <seconds>", "age of the chain's view past which it can't tell", integer, 30)
    .option("--poll <milliseconds>", "how often the chain is asked", integer, 500)
    .option("--store <file>", "where it keeps what it has read (default: in LZ_HOME)")
    .addHelpText("after", NOTES)
    .action(serve);
}

const NOTES = `
The API is described at /openapi.json; /readyz says whether it follows the chain.

Example:
  ./lz serve --port 8080
Next: ./lz verify FILE --server http://127.0.0.1:8080`;

interface ServeOptions extends ChainOptions {
  readonly port: number;
  readonly host: string;
  readonly maxAge: number;
  readonly poll: number;
  readonly store?: string;
}

async function serve(options: ServeOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const settings = loadSettings();
  const chain = await openChain(settings, options);
  try {
    const verifier = await startVerifier(chain, {
      host: options.host,
      port: options.port,
      maxLedgerAge: options.maxAge,
      pollMilliseconds: options.poll,
      storeFile: options.store ?? verifierStoreFile(settings, chain.reader.identity),
      version,
      report: ({ requestId, problem }) => {
        const cause = problem.cause instanceof Error ? problem.cause.message : problem.detail;
        process.stderr.write(`lz: ${problem.code} ${String(requestId)} ${cause}\n`);
      },
      onTrouble: (problem) => {
        if (problem === null) process.stderr.write("lz: 已与链同步 The chain is followed.\n");
        else printProblem(problem, false);
      },
    });
    const interrupted = untilInterrupted();
    output.say(`核验服务已启动 The verifier answers at ${verifier.url} (see /openapi.json).`);
    output.result({ server: verifier.url, directory: chain.reader.identity.directory });
    await interrupted;
    await verifier.close();
    // A node that keeps silent would otherwise hold the process until its time is up.
    process.exit();
  } finally {
    chain.close();
  }
}
