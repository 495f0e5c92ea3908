/**
 * Issues as `lz issue` does, with the product's own parts wrapped in points, and kills itself at one of
 * them. Reads one order (JSON) a line, answers each with one line, and goes on until it is killed or its
 * input ends.
 */
import { appendFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { createInterface } from "node:readline";
import type { IssueOrder, IssueTools } from "../../src/app/issue/issue-job.ts";
import { issueJob } from "../../src/app/issue/issue-job.ts";
import { loadSettings } from "../../src/config.ts";
import type { Settings } from "../../src/config.ts";
import type { CertificateType } from "../../src/core/catalogue/certificate-type.ts";
import { Problem } from "../../src/core/problem.ts";
import { openAgencyStore } from "../../src/main/stores/agency-store.ts";
import { findType, loadCatalogue } from "../../src/main/catalogue.ts";
import { openChain } from "../../src/main/chain/chain.ts";
import type { Chain } from "../../src/main/chain/chain.ts";
import { faultFile } from "../../src/main/files.ts";
import { finishToolsOf } from "../../src/main/issuing/issuing.ts";
import { openIssuingWorkers } from "../../src/main/issuing/issuing-workers.ts";
import { openRecords } from "../../src/main/issuing/sources.ts";
import {
  pause,
  primitives,
  systemClock,
  systemRandomness,
  todayInBeijing,
} from "../../src/main/system.ts";
import type { Anchoring } from "../../src/ports/anchoring.ts";
import type { RecordSource } from "../../src/ports/record-source.ts";
import type { AgencyStore } from "../../src/ports/agency-store.ts";
import { rpcCall } from "../support/dev-accounts.ts";
import type { Ending, IssuingOrder } from "./issuing-pool.ts";
import { Points } from "./points.ts";
import { mineWhenAsked, watchDatabase, watchNode } from "./inner-points.ts";

const PAUSE_MS = 5;
const REGION = "310000";
const catalogue = await loadCatalogue(undefined);

for await (const line of createInterface(process.stdin)) {
  const ending = await carryOut(JSON.parse(line) as IssuingOrder);
  process.stdout.write(`${JSON.stringify(ending)}\n`);
}

async function carryOut(order: IssuingOrder): Promise<Ending> {
  const points = new Points(order.happening?.moment ?? null, () => befall(order));
  try {
    const job = await issue(order, points);
    return { kind: "done", job, points: points.counts };
  } catch (error) {
    if (error instanceof Problem && error.code !== "INTERNAL") {
      return { kind: "problem", code: error.code, detail: error.detail };
    }
    return { kind: "broken", words: String((error as Error).stack) };
  }
}

function befall({ happening, input }: IssuingOrder): void {
  switch (happening?.what) {
    case "stop":
      process.kill(process.pid, "SIGSTOP");
      return;
    case "truncate the table":
      truncateSync(input, Math.floor(statSync(input).size / 2));
      return;
    case "append to the table":
      appendFileSync(input, "one more\r\n");
      return;
    case "remove the table":
      rmSync(input);
      return;
    default:
      process.kill(process.pid, "SIGKILL");
  }
}

function settingsOf({ home, store, timeoutMs }: IssuingOrder): Settings {
  const environment = { LZ_HOME: home, LZ_TIMEOUT_MS: String(timeoutMs) };
  return loadSettings(store === null ? environment : { ...environment, LZ_STORE: store });
}

async function issue(order: IssuingOrder, points: Points): Promise<string> {
  const type = findType(catalogue, order.type);
  const settings = settingsOf(order);
  const source = await openRecords({ place: order.input });
  const chain = await openChain(settings);
  const unwatch = watchDatabase(points);
  if (order.mining === "when asked") mineWhenAsked(chain.rpc.provider, order.node);
  watchNode(points, chain.rpc.provider);
  try {
    const store = await openAgencyStore(settings);
    try {
      const tools = await toolsOf(order, points, {
        chain,
        source,
        store: points.wrap("store", store),
      });
      return (await issueJob(issueOrderOf(order, type), tools)).job.id;
    } finally {
      await store.close();
    }
  } finally {
    unwatch();
    chain.close();
    await source.close();
  }
}

function issueOrderOf(order: IssuingOrder, type: CertificateType): IssueOrder {
  const { agency, suite, batchSize, isPadded, supersede } = order;
  return {
    ...{ type, agency, suite, batchSize, isPadded, supersede },
    region: REGION,
    mapping: null,
    skipInvalid: true,
    maxErrors: null,
    today: todayInBeijing(systemClock),
    command: {},
  };
}

interface Parts {
  readonly chain: Chain;
  readonly source: RecordSource;
  readonly store: AgencyStore;
}

async function toolsOf(order: IssuingOrder, points: Points, parts: Parts): Promise<IssueTools> {
  const { chain, source, store } = parts;
  const { agency, patience } = order;
  const finishing = await finishToolsOf(settingsOf(order), chain, store, { agency, patience });
  const { supersession } = finishing;
  const report = faultFile(`${order.input}.errors.csv`);
  return {
    ...finishing,
    ...{ primitives, random: systemRandomness, identity: chain.reader.identity, source },
    reader: points.wrap("reader", finishing.reader),
    anchoring: points.wrap("anchoring", limited(finishing.anchoring, order.batchesAtOnce)),
    supersession: {
      ...supersession,
      governance: points.wrap("governance", supersession.governance),
    },
    pacing: points.wrap("pacing", { ...finishing.pacing, pause: pauseOf(order) }),
    faultsOf: () => points.wrap("faults", report),
    openWorkers: (work) => points.wrap("workers", openIssuingWorkers(work, 1)),
  };
}

/** As on a chain whose transactions hold no more. */
function limited(anchoring: Anchoring, most: number | null): Anchoring {
  if (most === null) return anchoring;
  return { ...anchoring, plan: (requests) => anchoring.plan(requests.slice(0, most)) };
}

/** Time passes by blocks, one at every other pause. */
function pauseOf({ mining, node }: IssuingOrder): () => Promise<void> {
  let pauses = 0;
  return async () => {
    await pause(PAUSE_MS);
    if (mining !== "at once" && ++pauses % 2 === 0) await rpcCall(node, "evm_mine");
  };
}
