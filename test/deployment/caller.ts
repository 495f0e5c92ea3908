/** A counter system through nginx: the client that the project gives out, with more patience than it has by itself. */
import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { VerifierClient } from "../../clients/javascript/src/index.ts";
import type { VerificationRequest } from "../../clients/javascript/src/index.ts";
import { runCommand } from "../support/command.ts";
import type { Deployment } from "./deployment.ts";

/** Beyond a failover of the databases; under the minute for which an answer is kept. */
const ATTEMPTS = 25;
const TIMEOUT_MS = 5_000;
const OFTEN = ["--per-minute", "1000000", "--per-day", "100000000"];

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export class Caller {
  readonly #entry: Deployment["entry"];
  readonly #agent: Agent;
  readonly #client: VerifierClient;
  /** Of every answer that was given. */
  readonly receipts: string[] = [];

  /** @param key a counter's API key */
  constructor(entry: Deployment["entry"], key: string) {
    this.#entry = entry;
    const { ca, name } = entry;
    this.#agent = new Agent({ keepAlive: true, maxSockets: 32, ca, servername: name });
    this.#client = new VerifierClient({
      servers: [`https://${name}`],
      ...{ key, attempts: ATTEMPTS, timeoutMs: TIMEOUT_MS },
      fetch: (url, init) => this.#fetch(new URL(url), init),
    });
  }

  /** @returns accepted, rejected or indeterminate. @throws where there was no answer within the patience */
  async verify(question: VerificationRequest): Promise<string> {
    const { verdict, receipt } = await this.#client.verify(question);
    if (receipt !== null) this.receipts.push(receipt.id);
    return verdict;
  }

  /** @returns the receipts whose use the service does not have */
  async lostUses(): Promise<string[]> {
    const has = (id: string): Promise<boolean> =>
      this.#client.receipt(id).then(
        ({ id: found }) => found === id,
        () => false,
      );
    const isKept = await Promise.all(this.receipts.map(has));
    return this.receipts.filter((_, i) => isKept[i] === false);
  }

  get(path: string): Promise<Reply> {
    return this.#send("GET", path, {});
  }

  /** The platform's own can't be told which address stands for a name. */
  async #fetch({ pathname }: URL, init: RequestInit = {}): Promise<Response> {
    const { method = "GET", headers, body } = init;
    const given = Object.fromEntries(new Headers(headers));
    const sent = typeof body === "string" ? body : undefined;
    const { status, text } = await this.#send(method, pathname, given, sent);
    return new Response(text, { status });
  }

  #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Reply> {
    const { host, port, name } = this.#entry;
    return new Promise((resolve, reject) => {
      const options = { host, port, path, method, agent: this.#agent, timeout: TIMEOUT_MS };
      const call = request({ ...options, headers: { ...headers, host: name } }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("error", reject).on("end", () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      });
      call.on("timeout", () => call.destroy(new Error("timeout"))).on("error", reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** A counter at which the certificates of `region` are shown. @returns its API key */
export async function addCounter(
  { home, folder, databases, hosts }: Deployment,
  region: string,
): Promise<string> {
  const file = join(folder, "counter.key");
  const place = `postgres://liangzheng:${databases.password}@${hosts.address("0.21")}/liangzheng`;
  const counter = ["client", "add", "黄浦区政务服务中心3号窗口", "--role", "counter"];
  const where = ["--region", region, "--service-store", place, "--key", file];
  const { exitCode, stderr } = await runCommand(home, [...counter, ...where, ...OFTEN, "--json"]);
  if (exitCode !== 0) throw new Error(`lz client add: ${stderr}`);
  return (await readFile(file, "utf8")).trim();
}
