/**
 * The reference deployment of deploy/, as much of it as can run on one machine: a local chain under four
 * addresses, two PostgreSQL servers, two verifiers and nginx, from the very files in deploy/, of which only
 * addresses and folders are changed.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT, nodeArguments, runCommand } from "../support/command.ts";
import { selfSigned } from "../support/tls.ts";
import type { Forwarder } from "./forwarder.ts";
import { openForwarder } from "./forwarder.ts";
import type { Hosts } from "./hosts.ts";
import { openHosts } from "./hosts.ts";
import type { PostgresPair } from "./postgres-pair.ts";
import { startPostgresPair } from "./postgres-pair.ts";
import type { Program } from "./programs.ts";
import { prepareNginx } from "./nginx-site.ts";
import { installNginx, startProgram, untilSo } from "./programs.ts";

const NAME = "verify.example.gov.cn";
const NODES = ["1.31", "1.32", "1.33", "1.34"];
const VERIFIERS = ["0.11", "0.12"] as const;
export type VerifierHost = (typeof VERIFIERS)[number];

export interface Deployment {
  readonly areApart: boolean;
  /** LZ_HOME of whoever deployed the contracts and issues. */
  readonly home: string;
  readonly folder: string;
  /** Where callers come in, and whose certificate they trust. */
  readonly entry: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly ca: string;
  };
  readonly databases: PostgresPair;
  readonly hosts: Hosts;
  /** Ends as in a power failure. */
  kill(host: VerifierHost): Promise<void>;
  start(host: VerifierHost): Promise<void>;
  /** Whether it says that it is ready, asked on its own address. */
  isReady(host: VerifierHost): Promise<boolean>;
  metrics(host: VerifierHost): Promise<string>;
  /** Whether both have read the chain as far as that block. */
  isFollowed(block: number): Promise<boolean>;
  /** Everything that has been logged by anything. */
  logs(): string;
  close(): Promise<void>;
}

export async function openDeployment(): Promise<Deployment> {
  const hosts = openHosts();
  const folder = mkdtempSync(join(tmpdir(), "lz-deployment-"));
  // The databases run as a user of their own.
  chmodSync(folder, 0o711);
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.reverse()) await end();
    hosts.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await openAll(hosts, folder, opened, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function openAll(
  hosts: Hosts,
  folder: string,
  opened: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<Deployment> {
  const home = join(folder, "home");
  const contracts = await openChain(hosts, home, opened);
  const databaseFolder = join(folder, "databases");
  mkdirSync(databaseFolder);
  const databases = await startPostgresPair(databaseFolder, hosts.address);
  opened.push(() => databases.close());
  const verifiers = new Verifiers(hosts, folder, { ...contracts, password: databases.password });
  opened.push(() => verifiers.close());
  for (const host of VERIFIERS) await verifiers.start(host);
  const entry = await openNginx(hosts, folder, opened);
  return {
    areApart: hosts.areApart,
    ...{ home, folder, entry, databases, hosts, close },
    kill: (host) => verifiers.end(host, "SIGKILL"),
    start: (host) => verifiers.start(host),
    isReady: (host) => verifiers.isReady(host),
    metrics: (host) => verifiers.metrics(host),
    isFollowed: (block) => verifiers.isFollowed(block),
    logs: () => verifiers.logs() + logsOf(folder, ["access.log", "error.log"]),
  };
}

/** Addresses on the chain. */
interface Contracts {
  readonly directory: string;
  readonly useLog: string;
}

async function openChain(
  hosts: Hosts,
  home: string,
  opened: (() => Promise<unknown>)[],
): Promise<Contracts> {
  const command = [process.execPath, ...nodeArguments("chain", ["--port", "0", "--json"])];
  const chain = startProgram({ name: "chain", command, env: { LZ_HOME: home } });
  opened.push(() => chain.end("SIGKILL"));
  await untilSo("the chain listens", () => Promise.resolve(chain.said().includes('"rpc"')), chain);
  const { rpc } = JSON.parse(chain.said()) as { rpc: string };
  const behind = { host: "127.0.0.1", port: Number(new URL(rpc).port) };
  for (const host of NODES) {
    const node: Forwarder = await openForwarder({ host: hosts.address(host), port: 8_545 }, behind);
    opened.push(() => node.close());
  }
  const args = ["deploy", "--rpc", rpc, "--json"];
  const { json } = await runCommand(home, args);
  const { directory, useLog } = json as Contracts;
  return { directory, useLog };
}

class Verifiers {
  readonly #hosts: Hosts;
  readonly #folder: string;
  readonly #facts: Contracts & { readonly password: string };
  readonly #running = new Map<VerifierHost, Program>();

  constructor(hosts: Hosts, folder: string, facts: Contracts & { readonly password: string }) {
    this.#hosts = hosts;
    this.#folder = folder;
    this.#facts = facts;
  }

  async start(host: VerifierHost): Promise<void> {
    const config = this.#configure(host);
    const args = ["--config", config, "--host", this.#hosts.address(host), "--processes", "1"];
    const command = [...this.#hosts.on(host), process.execPath, ...nodeArguments("serve", args)];
    const env = { LZ_HOME: join(this.#folder, host), PGPASSWORD: this.#facts.password };
    const program = startProgram({ name: host, command, env });
    this.#running.set(host, program);
    await untilSo(`verifier ${host} is ready`, () => this.isReady(host), program);
  }

  async isReady(host: VerifierHost): Promise<boolean> {
    const url = `http://${this.#hosts.address(host)}:8080/readyz`;
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  }

  async metrics(host: VerifierHost): Promise<string> {
    return (await fetch(`http://${this.#hosts.address(host)}:9464/metrics`)).text();
  }

  async isFollowed(block: number): Promise<boolean> {
    const blocks = VERIFIERS.map(async (host) => {
      const response = await fetch(`http://${this.#hosts.address(host)}:8080/readyz`);
      return ((await response.json()) as { block?: number }).block ?? -1;
    });
    return (await Promise.all(blocks)).every((read) => read >= block);
  }

  async end(host: VerifierHost, signal: NodeJS.Signals): Promise<void> {
    await this.#running.get(host)?.end(signal);
  }

  async close(): Promise<void> {
    for (const host of VERIFIERS) await this.end(host, "SIGKILL");
  }

  logs(): string {
    return VERIFIERS.map((host) => {
      return (
        (this.#running.get(host)?.said() ?? "") + logsOf(join(this.#folder, host), ["verifier.log"])
      );
    }).join("");
  }

  /** deploy/verifier.yaml with this machine's folders and addresses. */
  #configure(host: VerifierHost): string {
    const folder = join(this.#folder, host);
    mkdirSync(folder, { recursive: true });
    const shared = join(this.#folder, "keys");
    const text = readFileSync(join(PROJECT, "deploy", "verifier.yaml"), "utf8")
      .replaceAll("10.20.", this.#hosts.address(""))
      .replaceAll("/var/lib/liangzheng/keys", shared)
      .replaceAll(/\/var\/(lib|log)\/liangzheng/g, folder)
      .replace(/0x0{36}1337/, this.#facts.directory)
      .replace(/0x0{36}1338/, this.#facts.useLog)
      .replace("anchorEveryMinutes: 60", "anchorEveryMinutes: 1")
      .replace("metrics: { host: 0.0.0.0", `metrics: { host: ${this.#hosts.address(host)}`)
      .replace("anonymousPerMinute: 120", "anonymousPerMinute: 1000000")
      .replace("service-items.json", join(PROJECT, "catalogue", "service-items", "items.json"));
    const file = join(folder, "verifier.yaml");
    writeFileSync(file, text);
    return file;
  }
}

async function openNginx(
  hosts: Hosts,
  folder: string,
  opened: (() => Promise<unknown>)[],
): Promise<Deployment["entry"]> {
  const program = installNginx();
  const { certificate, key } = selfSigned(NAME);
  const host = hosts.address("0.5");
  const config = prepareNginx(folder, {
    ...{ certificate, key, listen: `${host}:8443` },
    addresses: hosts.address(""),
  });
  const args = ["-c", config, "-e", join(folder, "error.log")];
  const nginx = startProgram({ name: "nginx", command: [...hosts.on("0.5"), program, ...args] });
  opened.push(() => nginx.end("SIGTERM"));
  await untilSo(
    "nginx has begun",
    () => Promise.resolve(readFileSync(join(folder, "nginx.pid")).length > 0),
    nginx,
  );
  return { host, port: 8_443, name: NAME, ca: certificate };
}

function logsOf(folder: string, names: readonly string[]): string {
  return names
    .map((name) => {
      try {
        return readFileSync(join(folder, name), "utf8");
      } catch {
        return "";
      }
    })
    .join("");
}
