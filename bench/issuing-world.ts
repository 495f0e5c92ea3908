/** What issuing is measured in: a local chain with the contracts, an agency entitled to a type, and its tables. */
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { getCompileCacheDir } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { readCatalogueFiles } from "../src/adapters/catalogue/read-catalogue.ts";
import { createStage } from "../src/cli/playing/stage.ts";
import type { Service, Stage } from "../src/cli/playing/stage.ts";
import type { CertificateType } from "../src/core/catalogue/certificate-type.ts";
import { measured } from "./measured-process.ts";
import type { Measured, Program } from "./measured-process.ts";

const PROJECT = join(import.meta.dirname, "..");
/** Eleven claims: texts, names, an address, identifiers with check characters, a number, a date. */
const TYPE_FILE = join(PROJECT, "catalogue", "real-estate-registration-proof.json");
const AGENCY = "11310000MB1A00001C";
const WRITE_TABLE = join(import.meta.dirname, "write-table.ts");
const LINE_FEED = 0x0a;

/** One run of `lz issue`. */
export interface IssueRun extends Measured {
  /** What it printed. */
  readonly result: IssueResult;
  /** Its own LZ_HOME, with its store. */
  readonly home: string;
}

export interface IssueResult {
  readonly job: string;
  readonly state: string;
  readonly certificates: number;
  readonly skipped: number;
  readonly batches: readonly {
    readonly root: string;
    readonly size: number;
    readonly issued: number;
  }[];
  readonly batchCount: number;
}

export interface IssueOptions {
  readonly args?: readonly string[];
  readonly nodeOptions?: readonly string[];
}

interface Surroundings {
  readonly folder: string;
  readonly home: string;
  readonly stage: Stage;
}

export class IssuingWorld {
  readonly type: CertificateType;
  readonly agency = AGENCY;
  readonly folder: string;
  /** The node, which can be made deaf. */
  readonly chain: Service;
  readonly #home: string;
  readonly #stage: Stage;
  /** Records by file. */
  readonly #tables = new Map<string, number>();
  #runs = 0;
  /** The chain before anything was issued, as the node calls it; null until something is. */
  #snapshot: string | null = null;

  constructor({ folder, home, stage }: Surroundings, chain: Service, type: CertificateType) {
    this.folder = folder;
    this.chain = chain;
    this.#home = home;
    this.#stage = stage;
    this.type = type;
  }

  /** A table of so many records: the first of a longer one, where there is one. */
  async table(records: number): Promise<string> {
    const file = join(this.folder, `records-${String(records)}.csv`);
    if (this.#tables.has(file)) return file;
    const [longer] = [...this.#tables].find(([, count]) => count > records) ?? [];
    if (longer === undefined) this.writeTable(file, records);
    else await copyLines(longer, file, records + 1);
    this.#tables.set(file, records);
    return file;
  }

  /** @returns how many records of it are bad */
  writeTable(file: string, records: number, options: readonly string[] = []): number {
    const args = [WRITE_TABLE, TYPE_FILE, String(records), file, "--agency", AGENCY, ...options];
    const printed = execFileSync(process.execPath, args, { encoding: "utf8" });
    return (JSON.parse(printed) as { readonly bad: number }).bad;
  }

  /**
   * Issues all records of a table into a store of its own, on a chain on which nothing was issued before: no run
   * reads a longer ledger than another. What the run before anchored is gone. @throws Error where not all are issued
   */
  async issue(
    records: number,
    { args = [], nodeOptions = [] }: IssueOptions = {},
  ): Promise<IssueRun> {
    const table = await this.table(records);
    const home = await this.newHome();
    await this.#rewind();
    const run = await this.run(home, [...this.issueCommand(table), ...args], nodeOptions);
    const result = JSON.parse(run.output) as IssueResult;
    if (result.certificates !== records || result.state !== "done") {
      throw new Error(`not all of ${String(records)} were issued: ${run.output.slice(0, 1000)}`);
    }
    return { ...run, result, home };
  }

  /** Name and arguments of the command that issues a table. */
  issueCommand(table: string): string[] {
    return ["issue", "--type", this.type.code, "--agency", AGENCY, "--input", table];
  }

  /** Runs `./lz COMMAND --json` with that LZ_HOME. @throws Error where it fails */
  run(
    home: string,
    [name = "", ...args]: readonly string[],
    nodeOptions: readonly string[] = [],
  ): Promise<Measured> {
    return measured(home, { ...this.program(home, [name, ...args]), nodeOptions });
  }

  program(home: string, [name = "", ...args]: readonly string[]): Program {
    const cache = getCompileCacheDir();
    const env = {
      LZ_HOME: home,
      ...(cache !== undefined && { NODE_COMPILE_CACHE: dirname(cache) }),
    };
    return { args: [join(PROJECT, "scripts", `${name}.ts`), ...args, "--json"], env };
  }

  /** An LZ_HOME in which nothing has been issued. */
  async newHome(): Promise<string> {
    const home = join(this.folder, `home-${String(this.#runs++)}`);
    await cp(this.#home, home, { recursive: true });
    return home;
  }

  /** A snapshot can be gone back to once. */
  async #rewind(): Promise<void> {
    const { rpc } = this.chain.json as { readonly rpc: string };
    if (this.#snapshot !== null) await askNode(rpc, "evm_revert", this.#snapshot);
    this.#snapshot = await askNode(rpc, "evm_snapshot");
  }

  async close(): Promise<void> {
    await this.#stage.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** @throws Error where a command fails */
export async function openIssuingWorld(): Promise<IssuingWorld> {
  const folder = await mkdtemp(join(tmpdir(), "lz-bench-"));
  const home = join(folder, "home");
  await mkdir(home);
  const stage = createStage(home);
  try {
    const [type] = (await readCatalogueFiles([TYPE_FILE])).types;
    if (type === undefined) throw new Error(`${TYPE_FILE} is no certificate type`);
    const chain = await stage.start("chain", ["--port", "0"]);
    await succeed(stage, "deploy", ["--rpc", (chain.json as { readonly rpc: string }).rpc]);
    const name = ["--name", "上海市证照样例局", "--region", "310000", "--basis", "性能测量"];
    await succeed(stage, "agency", ["add", "--code", AGENCY, ...name, "--type", type.code]);
    return new IssuingWorld({ folder, home, stage }, chain, type);
  } catch (error) {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** @throws Error where the node refuses */
async function askNode(rpc: string, method: string, ...params: string[]): Promise<string> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  const response = await fetch(rpc, { method: "POST", headers, body });
  const { result } = (await response.json()) as { readonly result?: string | boolean };
  if (result === undefined || result === false) throw new Error(`${method} failed`);
  return String(result);
}

async function succeed(stage: Stage, name: string, args: readonly string[]): Promise<void> {
  const { exitCode, errors } = await stage.run(name, args);
  if (exitCode !== 0) throw new Error(`lz ${name} ended with ${String(exitCode)}: ${errors}`);
}

/** No cell of these tables holds a line end. */
async function copyLines(from: string, to: string, lines: number): Promise<void> {
  const source = createReadStream(from, { highWaterMark: 1 << 20 });
  await pipeline(
    source,
    (chunks) => firstLines(chunks as AsyncIterable<Buffer>, lines),
    createWriteStream(to),
  );
}

async function* firstLines(chunks: AsyncIterable<Buffer>, lines: number): AsyncGenerator<Buffer> {
  let missing = lines;
  for await (const chunk of chunks) {
    let end = -1;
    while (missing > 0) {
      end = chunk.indexOf(LINE_FEED, end + 1);
      if (end < 0) break;
      missing--;
    }
    if (missing === 0) {
      yield chunk.subarray(0, end + 1);
      return;
    }
    yield chunk;
  }
}
