/** A small world with real parts for one test file: a chain, a deployment, an agency, a batch, a verifier. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, startCommand, until } from "./command.ts";
import type { Ran, RunOptions, Running } from "./command.ts";

export const AGENCY = "11310000MB1A00001C";
export const AGENCY_REGION = "310000";
export const COUNTER_REGION = "460000";
/** 二级建造师注册证书: a person's, with dates, names, an identity number, a list. */
export const TYPE = "11100000000013338W001";
export const BATCH_SIZE = 50;

export interface World {
  /** LZ_HOME of every command. */
  readonly home: string;
  readonly rpc: string;
  readonly directory: string;
  readonly server: string;
  readonly chain: Running;
  /** The CSV file that the batch was issued from, the job and the batch's root. */
  readonly records: string;
  readonly job: string;
  readonly root: string;
  /** A path in the world's own folder. */
  file(name: string): string;
  /** Runs `./lz ARGS`, whatever comes of it. */
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Runs `./lz ARGS --json`, which must end with that exit code. @returns its one line of JSON */
  ask(args: readonly string[], exitCode?: number, options?: RunOptions): Promise<any>;
  /** The file of one certificate of the batch. */
  certificate(index: number): string;
  /** Waits until the verifier has taken a block. */
  followed(block: number): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Whether a verifier runs; "no" saves its time. */
  readonly verifier: "yes" | "no";
  /** Whether agency and batch are there. */
  readonly batch: "yes" | "no";
}

/** Shared by the tests of a file: what one of them changes another must not rely on. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const folder = await temporaryFolder();
  const home = join(folder, "home");
  const file = (name: string): string => join(folder, name);
  const run: World["run"] = (args, more) => runCommand(home, args, more);
  const ask: World["ask"] = (args, exitCode, more) => askCommand(home, args, exitCode, more);
  const records = file("records.csv");
  const sample = ["sample", "--type", TYPE, "--count", String(BATCH_SIZE), "--agency", AGENCY];
  const chain = await startCommand(home, ["chain", "--port", "0", "--json"]);
  const { rpc } = chain.json as { rpc: string };
  const [{ directory }] = (await Promise.all([
    ask(["deploy", "--rpc", rpc]),
    ask([...sample, "--out", records]),
  ])) as [{ directory: string }, unknown];
  const issued = options.batch === "yes" ? await issueBatch(ask, records, file) : NOTHING_ISSUED;
  const { job, root, files } = issued;
  const serving =
    options.verifier === "yes"
      ? await startCommand(home, [
          "serve",
          "--port",
          "0",
          "--max-age",
          "3",
          "--poll",
          "200",
          "--json",
        ])
      : null;
  const server = serving === null ? "" : (serving.json as { server: string }).server;
  return {
    ...{ home, rpc, directory, server, chain, records, job, root, file, run, ask },
    certificate: (index) => String(files[index]),
    followed: (block) =>
      until(`the verifier has taken block ${String(block)}`, async () => {
        const { block: taken } = (await (await fetch(`${server}/readyz`)).json()) as {
          block?: number;
        };
        return taken !== undefined && taken >= block;
      }),
    close: async () => {
      await serving?.stop();
      await chain.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "lz-test-"));
}

/** @throws unless it ends with the exit code and prints exactly one line, which is JSON. */
export async function askCommand(
  home: string,
  args: readonly string[],
  exitCode = 0,
  options: RunOptions = {},
): Promise<any> {
  const ran = await runCommand(home, [...args, "--json"], options);
  const isOneLine = ran.stdout.indexOf("\n") === ran.stdout.length - 1;
  if (ran.exitCode !== exitCode || !isOneLine || ran.json === undefined) {
    const end = `ended with ${String(ran.exitCode)}, not ${String(exitCode)}`;
    throw new Error(`lz ${args.join(" ")} ${end}: ${ran.stdout}${ran.stderr}`);
  }
  return ran.json;
}

async function issueBatch(
  ask: World["ask"],
  records: string,
  file: World["file"],
): Promise<Issued> {
  const name = ["--name", "上海市证照样例局", "--region", AGENCY_REGION, "--basis", "测试"];
  await ask(["agency", "add", "--code", AGENCY, ...name, "--type", TYPE]);
  return issueAndExport({ ask, file }, records);
}

export interface Issued {
  readonly job: string;
  /** Of its first batch. */
  readonly root: string;
  /** Where that is anchored. */
  readonly block: number;
  /** Certificate files in their order. */
  readonly files: readonly string[];
}

const NOTHING_ISSUED: Issued = { job: "", root: "", block: 0, files: [] };

/** What issues a table of the world's type for its agency. */
export function issueOrder(input: string, ...more: readonly string[]): string[] {
  return ["issue", "--type", TYPE, "--agency", AGENCY, "--input", input, ...more];
}

/** Issues a table of records, and exports all of them into a folder of their own. */
export async function issueAndExport(
  { ask, file }: Pick<World, "ask" | "file">,
  records: string,
  ...more: readonly string[]
): Promise<Issued> {
  const { job, batches } = await ask(issueOrder(records, ...more));
  const out = file(`certificates-${String(job)}`);
  const { files } = await ask(["export", "--job", job as string, "--all", "--out", out]);
  const [{ root, block }] = batches as [Pick<Issued, "root" | "block">];
  return { job: job as string, root, block, files: files as string[] };
}
