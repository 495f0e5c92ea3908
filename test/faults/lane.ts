/** A chain with an agency, and homes of that agency to issue from: each run begins from the same state of both. */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateRecords } from "../../src/app/sample/generate-records.ts";
import { toCsv } from "../../src/app/sample/to-csv.ts";
import { writeConfiguration } from "../../src/config.ts";
import type { IssuedPlace } from "../../src/ports/issued.ts";
import { SHANGHAI, startLedgerWorld } from "../support/ledger-world.ts";
import type { LedgerWorld } from "../support/ledger-world.ts";
import type { NodeProcess } from "../support/node-process.ts";
import { startNodeProcess } from "../support/node-process.ts";
import type { Postgres } from "../support/postgres.ts";
import { anchorsOnChain, openStore } from "./checks.ts";
import type { Expected, StorePlace } from "./checks.ts";
import { IssuingPool } from "./issuing-pool.ts";
import type { IssuingOrder } from "./issuing-pool.ts";
import { scenarioOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

type Row = Readonly<Record<string, string>>;

const ROWS = 4_500;
/** How many of them were issued before, by a store that the scenarios that supersede go on from. */
const ISSUED_BEFORE = 40;
const DATES = { firstIssueDate: "2024-01-01", issueDate: "2024-01-01", validFrom: "2024-01-01" };
const END = { validUntil: "2099-12-31" };

export interface Home {
  readonly folder: string;
  readonly order: IssuingOrder;
  readonly expected: Omit<Expected, "job">;
}

export class Lane {
  readonly world: LedgerWorld;
  readonly folder: string;
  readonly pool = new IssuingPool();
  readonly #rows: readonly Row[];
  readonly #postgres: Postgres | null;
  #snapshot = "";
  #rootsBefore: readonly string[] = [];
  #places: readonly IssuedPlace[] = [];
  #ledger = "";
  #homes = 0;
  #databases = 0;
  #other: Promise<NodeProcess> | null = null;

  private constructor(
    world: LedgerWorld,
    folder: string,
    rows: readonly Row[],
    postgres: Postgres | null,
  ) {
    this.world = world;
    this.folder = folder;
    this.#rows = rows;
    this.#postgres = postgres;
  }

  /** @param postgres where the agency's store is then; else it is a file in each home */
  static async open(postgres: Postgres | null = null): Promise<Lane> {
    const world = await startLedgerWorld();
    const folder = await mkdtemp(join(tmpdir(), "lz-faults-"));
    const records = generateRecords(world.type, {
      count: ROWS,
      seed: "faults",
      today: "2026-06-01",
    });
    const rows = [...records].map((row) => ({ ...row, ...DATES, ...END }));
    const lane = new Lane(world, folder, rows, postgres);
    await lane.#issueBefore();
    return lane;
  }

  /** A home of its own for a run, on a chain as it was before all runs. */
  async begin(scenario: Scenario, name?: string): Promise<Home> {
    const folder = this.#file(name ?? this.#newName());
    await rm(folder, { recursive: true, force: true });
    return this.beginIn(folder, scenario);
  }

  async beginIn(folder: string, scenario: Scenario): Promise<Home> {
    await this.#rewind();
    await this.#setMining(scenario);
    return this.#newHome(folder, scenario, 0);
  }

  /** Another home on the same chain: another machine with the same operator's key. */
  async addHome(scenario: Scenario, firstRow: number): Promise<Home> {
    return this.#newHome(this.#file(this.#newName()), scenario, firstRow);
  }

  #newName(): string {
    return `home-${String(++this.#homes)}`;
  }

  async #newHome(home: string, scenario: Scenario, firstRow: number): Promise<Home> {
    const from = scenario.supersedes ? this.#file("issued") : this.#file("new");
    await cp(from, home, { recursive: true });
    await this.#configure(home, scenario.confirmations);
    const store = await this.#newDatabase(scenario.supersedes ? "issued" : null);
    return this.addTable({ home, store }, scenario, firstRow);
  }

  /** Another table to issue from the same home. */
  async addTable(place: StorePlace, scenario: Scenario, firstRow: number): Promise<Home> {
    const { home } = place;
    const end = firstRow + scenario.records;
    const rows = this.#rows.slice(firstRow, end);
    const input = join(home, `records-${String(firstRow)}.csv`);
    await writeTable(input, withInvalid(rows, scenario.invalid));
    return {
      folder: home,
      order: this.#order(scenario, place, input),
      expected: {
        agency: SHANGHAI.code,
        type: this.world.type.code,
        ledger: this.#ledger,
        numbers: rows.map(numberOf),
        replaced: scenario.supersedes ? this.#places.slice(firstRow, end) : [],
        foreignRoots: scenario.supersedes ? [] : this.#rootsBefore,
      },
    };
  }

  /** Its node is the lane's proxy from now on. */
  async goThroughProxy({ folder }: Home, { confirmations }: Scenario): Promise<void> {
    await this.#configure(folder, confirmations, this.world.proxy.url);
  }

  /** The address of a node of another chain with the same number. */
  async otherNode(): Promise<string> {
    this.#other ??= startNodeProcess();
    return (await this.#other).url;
  }

  async end({ folder, order }: Home): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    const database = order.store?.split("/").at(-1);
    if (database !== undefined) await this.#postgres?.run(`DROP DATABASE IF EXISTS ${database}`);
  }

  async close(): Promise<void> {
    await this.pool.close();
    await this.world.close();
    await (await this.#other)?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What a store needs that issued before, and one that did not. */
  async #issueBefore(): Promise<void> {
    const home = this.#file("issued");
    const keys = join(this.#file("new"), "keys");
    await mkdir(keys, { recursive: true });
    const key = join(keys, `operator-${SHANGHAI.code}.key`);
    await writeFile(key, `${this.world.operatorKey}\n`, { mode: 0o600 });
    await cp(this.#file("new"), home, { recursive: true });
    await this.#configure(home, 0);
    const input = this.#file("issued-before.csv");
    const rows = this.#rows.slice(0, ISSUED_BEFORE);
    await writeTable(input, rows);
    const scenario = {
      ...scenarioOf(0),
      batchSize: 16,
      supersedes: false,
      mining: "at once",
    } as const;
    const place = { home, store: await this.#newDatabase(null, "issued") };
    const ending = await this.pool.issue(this.#order(scenario, place, input));
    if (ending.kind !== "done") throw new Error(`can't issue at all: ${JSON.stringify(ending)}`);
    await this.#lookUp(place, rows, ending.job);
  }

  async #lookUp(place: StorePlace, rows: readonly Row[], id: string): Promise<void> {
    const store = await openStore(place);
    const job = await store.job(id);
    this.#ledger = String(job?.ledger);
    const scope = { agency: SHANGHAI.code, type: this.world.type.code, ledger: this.#ledger };
    const numbers = await store.numbers(scope);
    const places = await Promise.all(rows.map((row) => numbers.places(numberOf(row))));
    this.#places = places.flat();
    await store.close();
    this.#rootsBefore = (await anchorsOnChain(this.world)).map(({ root }) => root);
  }

  async #configure(home: string, confirmations: number, rpc = this.world.rpc.url): Promise<void> {
    const { chainId, directory } = this.world.deployment.identity;
    await writeConfiguration(home, { rpc, chainId, directory, confirmations });
  }

  #order(scenario: Scenario, { home, store }: StorePlace, input: string): IssuingOrder {
    const { batchSize, isPadded, batchesAtOnce, suite, supersedes, mining, confirmations } =
      scenario;
    return {
      ...{ home, input, agency: SHANGHAI.code, type: this.world.type.code },
      ...{ batchSize, isPadded, batchesAtOnce },
      suite: suite === "keccak256" ? 1 : 2,
      supersede: supersedes,
      mining: mining === "at once" && confirmations > 0 ? "while waiting" : mining,
      ...{ node: this.world.node.url, store, timeoutMs: 10_000, patience: 60, happening: null },
    };
  }

  #file(name: string): string {
    return join(this.folder, name);
  }

  /** @param template what it begins as, null for an empty one */
  async #newDatabase(template: string | null, wanted?: string): Promise<string | null> {
    if (this.#postgres === null) return null;
    const name = wanted ?? `run${String(++this.#databases)}`;
    const from = template === null ? "" : `TEMPLATE ${template}`;
    await this.#postgres.run(`CREATE DATABASE ${name} ${from}`);
    return this.#postgres.url(name);
  }

  async #setMining({ mining }: Scenario): Promise<void> {
    const { provider } = this.world.rpc;
    await provider.send("evm_setAutomine", [mining === "at once"]);
  }

  /** A snapshot serves once. */
  async #rewind(): Promise<void> {
    const { provider } = this.world.rpc;
    if (this.#snapshot !== "") await provider.send("evm_revert", [this.#snapshot]);
    this.#snapshot = String(await provider.send("evm_snapshot", []));
  }
}

function numberOf(row: Row): string {
  return String(row["certificateNumber"]);
}

/** Records without a number, among the others. */
function withInvalid(rows: readonly Row[], count: number): readonly Row[] {
  const invalid = Array.from({ length: count }, () => ({ ...rows[0], certificateNumber: "" }));
  const middle = Math.floor(rows.length / 2);
  return [...rows.slice(0, middle), ...invalid, ...rows.slice(middle)];
}

async function writeTable(file: string, rows: readonly Row[]): Promise<void> {
  await writeFile(file, [...toCsv(Object.keys(rows[0] ?? {}), rows)].join(""));
}
