/** What verifying is measured in: a chain, a batch that is anchored, its certificates, and a counter that may ask. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addClientWithKey } from "../src/app/access/manage-clients.ts";
import { openServiceStore } from "../src/main/stores/service-store.ts";
import { primitives, systemClock, systemRandomness } from "../src/main/system.ts";
import { HttpTarget } from "./http-target.ts";
import { openIssuingWorld } from "./issuing-world.ts";
import type { IssuingWorld } from "./issuing-world.ts";

/** Twelve levels of proof. */
const BATCH = 4096;
/** Different certificates in turn, so that nothing is quick only because it was just seen. */
const ASKED = 256;
const IN_BATCH = 100;
const REGION = "310000";
/** Nobody's limits are to be measured. */
const NO_LIMIT = 1_000_000_000;

export interface VerifyingWorld {
  /** The node, which can be made deaf. */
  readonly chain: IssuingWorld["chain"];
  /** The LZ_HOME of the service and of the agency. */
  readonly home: string;
  /** Each asks for another certificate. */
  readonly bodies: readonly string[];
  /** Headers of a counter that calls with its API key. */
  readonly headers: Readonly<Record<string, string>>;
  /** Files with one body on each line: a certificate, and a hundred of them. */
  readonly single: string;
  readonly batch: string;
  readonly certificatesInBatch: number;
  /**
   * A service of so many processes, as `lz serve` starts it.
   * @param name of another instance beside the first: it has a ledger of its own
   */
  serve(processes: number, name?: string): Promise<HttpTarget>;
  /** Has the certificate of that body revoked, as its agency does. */
  revoke(body: number): Promise<void>;
  close(): Promise<void>;
}

export async function openVerifyingWorld(): Promise<VerifyingWorld> {
  const world = await openIssuingWorld();
  try {
    const { home, result } = await world.issue(BATCH);
    const certificates = await exported(world, home, result.job);
    const headers = await counterHeaders(home);
    const asked = certificates.slice(0, ASKED);
    const bodies = asked.map((certificate) => JSON.stringify(bodyOf(certificate)));
    const [single, batch] = [join(home, "single.ndjson"), join(home, "batch.ndjson")];
    await writeFile(single, linesOf(bodies));
    await writeFile(batch, linesOf(batchesOf(bodies)));
    return {
      ...{
        chain: world.chain,
        home,
        bodies,
        headers,
        single,
        batch,
        certificatesInBatch: IN_BATCH,
      },
      serve: (processes, name) => HttpTarget.start(serverOf(world, home, processes, name)),
      revoke: async (body) => {
        const file = join(home, `revoked-${String(body)}.lzc.json`);
        await writeFile(file, JSON.stringify(asked[body]));
        await world.run(home, ["status", "set", "--certificate", file, "--to", "revoked"]);
      },
      close: () => world.close(),
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}

function serverOf(
  world: IssuingWorld,
  home: string,
  processes: number,
  name?: string,
): ReturnType<IssuingWorld["program"]> {
  const flags = ["--port", "0", "--processes", String(processes)];
  const store = name === undefined ? [] : ["--store", join(home, `${name}.sqlite`)];
  return world.program(home, ["serve", ...flags, ...store]);
}

async function exported(world: IssuingWorld, home: string, job: string): Promise<unknown[]> {
  const file = join(home, "certificates.ndjson");
  await world.run(home, ["export", "--job", job, "--all", "--out", file]);
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as unknown);
}

function bodyOf(certificate: unknown): object {
  return { certificate, region: REGION, useCause: "性能测量" };
}

function batchesOf(bodies: readonly string[]): string[] {
  return bodies.map((_, from) => {
    const items = Array.from({ length: IN_BATCH }, (_, i) => bodies[(from + i) % bodies.length]);
    return `{"items":[${items.join()}]}`;
  });
}

function linesOf(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

async function counterHeaders(home: string): Promise<Record<string, string>> {
  const place = join(home, "service.sqlite");
  const store = await openServiceStore({ place, clock: systemClock });
  let key = "";
  const tools = {
    clients: store.clients,
    clock: systemClock,
    random: systemRandomness,
    primitives,
  };
  const client = {
    ...{ name: "性能测量窗口", role: "counter" as const, region: REGION, agency: null },
    ...{ serviceItems: null, perMinute: NO_LIMIT, perDay: NO_LIMIT },
  };
  await addClientWithKey({ ...tools, by: "bench" }, client, (text) => {
    key = text;
    return Promise.resolve();
  });
  await store.close();
  return { "content-type": "application/json", authorization: `Bearer ${key}` };
}
