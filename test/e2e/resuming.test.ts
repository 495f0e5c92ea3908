/** What an operator sees of jobs that broke off, and what is refused as they go on. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadSettings } from "../../src/config.ts";
import { openAgencyStore } from "../../src/main/stores/agency-store.ts";
import type { AgencyStore, IssueJob, NewJob } from "../../src/ports/agency-store.ts";
import { beginCommand, until } from "../support/command.ts";
import { AGENCY, AGENCY_REGION, TYPE, issueOrder, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

let world: World;
let store: AgencyStore;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  store = await openAgencyStore(loadSettings({ LZ_HOME: world.home }));
});

afterAll(async () => {
  await store.close();
  await world.close();
});

async function newestJob(): Promise<IssueJob> {
  return (await store.jobs())[0] as IssueJob;
}

async function tableOf(count: number, seed: string): Promise<string> {
  const out = world.file(`${seed}.csv`);
  const size = ["--count", String(count), "--seed", seed, "--agency", AGENCY];
  await world.ask(["sample", "--type", TYPE, ...size, "--out", out]);
  return out;
}

describe("a job that was killed while its records were read", () => {
  it("is resumed from its file, telling how far it is, one event a line beside the one result", async () => {
    const running = beginCommand(world.home, issueOrder(await tableOf(10_000, "resumed")));
    await until("it reads", async () => (await newestJob()).state === "reading");
    await running.stop("SIGKILL");
    const { id } = await newestJob();
    const shown = await world.run(["jobs", "show", id]);
    expect(shown.stdout).toContain(`${id}  reading`);
    expect(shown.stdout).toContain(`Next: ./lz jobs resume ${id}`);
    const { stdout, stderr, exitCode } = await world.run(["jobs", "resume", id, "--json"]);
    expect([exitCode, stdout.trimEnd().split("\n").length]).toEqual([0, 1]);
    expect(JSON.parse(stdout)).toMatchObject({ job: id, state: "done", certificates: 10_000 });
    const events = stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(events[0]).toMatchObject({ event: "progress", job: id, stage: "records" });
    expect(events.at(-1)).toMatchObject({ event: "progress", job: id, total: 3 });
    for (const event of events) {
      expect(Object.keys(event)).toEqual(["event", "job", "stage", "done", "total", "rate"]);
    }
    const again = await world.ask(["jobs", "resume", id]);
    expect(again).toMatchObject({ wasDone: true, batchCount: 3 });
  });

  it("from standard input needs that input again, and says so", async () => {
    const { id } = await createJob({ command: { input: "-" } });
    const { problem } = await world.ask(["jobs", "resume", id], 65);
    expect(problem).toMatchObject({ code: "JOB_NEEDS_SOURCE", detail: id });
    expect((await world.ask(["jobs", "show", id])).next).toContain("same input");
    expect(await world.ask(["jobs", "cancel", id])).toEqual({ job: id, state: "cancelled" });
    const gone = await world.ask(["jobs", "resume", id], 65);
    expect(gone.problem).toMatchObject({ code: "JOB_NOT_FOUND", detail: `${id} was cancelled` });
  });

  async function createJob(order: Pick<NewJob["order"], "command">): Promise<IssueJob> {
    const kind = { agency: AGENCY, region: AGENCY_REGION, type: TYPE, schemaVersion: 1, suite: 1 };
    const shape = { batchSize: 4096, isPadded: false, skipInvalid: false, supersede: false };
    const { identity, ledger } = await newestJob();
    return store.createJob({
      key: `of ${JSON.stringify(order)}`,
      order: { ...kind, ...shape, ...order } as NewJob["order"],
      ...{ identity, ledger, source: "-" },
    });
  }
});

describe("jobs for people and for programs", () => {
  it("a job there is not is named, whatever is wanted of it", async () => {
    for (const what of ["show", "resume", "cancel"]) {
      const { problem } = await world.ask(["jobs", what, "J-19700101-0000"], 65);
      expect(problem).toMatchObject({ code: "JOB_NOT_FOUND", detail: "J-19700101-0000" });
    }
  });

  it("show names batches, transactions, what each cost, and the next step", async () => {
    const { stdout } = await world.run(["jobs", "show", world.job]);
    expect(stdout).toContain(world.root);
    expect(stdout).toMatch(/0x[0-9a-f]{64}\tconfirmed\t\d+\t1\t\d+\t\d+/);
    expect(stdout).toContain(`./lz export --job ${world.job} --all`);
    const shown = await world.ask(["jobs", "show", world.job]);
    expect(shown).toMatchObject({
      ...{ job: world.job, state: "done", type: TYPE, agency: AGENCY, batchSize: 4096 },
      batches: [{ root: world.root, size: 50, issued: 50 }],
      transactions: [{ state: "confirmed", firstBatch: 0, batches: 1 }],
    });
  });

  it("a batch size that no batch can have is refused before anything is read", async () => {
    for (const size of ["0", "16777217"]) {
      const { problem } = await world.ask(issueOrder("none.csv", "--batch-size", size), 64);
      expect(problem.detail).toContain("--batch-size: 1 to 16777216");
    }
  });
});
