/** A verifier as its operator knows it: started, watched, changed while it runs, and ended. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { readFile, rename, writeFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { Agent as SecureAgent, get } from "node:https";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import type { World } from "../support/command-world.ts";
import { askCommand, openWorld } from "../support/command-world.ts";
import type { Running } from "../support/command.ts";
import { PROJECT, startCommand, until } from "../support/command.ts";
import { freePorts } from "../support/free-ports.ts";
import { selfSigned } from "../support/tls.ts";

let world: World;
let running: Running[] = [];
beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
});
afterEach(async () => {
  for (const service of running) await service.stop("SIGKILL");
  running = [];
});
afterAll(() => world.close());

interface Served {
  readonly service: Running;
  readonly url: string;
}

let count = 0;

/** Starts `lz serve --config` with the lines of a file, and stores of its own. */
async function serve(lines: readonly string[]): Promise<Served & { readonly config: string }> {
  const name = `service-${String(++count)}`;
  const config = world.file(`${name}.yaml`);
  const stores = [`ledgerStore: ${name}.ledger`, `serviceStore: ${name}.service`];
  await writeFile(config, [...stores, ...lines, ""].join("\n"));
  const service = await startCommand(world.home, ["serve", "--config", config, "--json"]);
  running.push(service);
  return { service, config, url: (service.json as { server: string }).server };
}

interface LogLine {
  readonly event: string;
  readonly [member: string]: unknown;
}

async function logOf(file: string): Promise<LogLine[]> {
  const lines = (await readFile(world.file(file), "utf8")).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as LogLine);
}

const logged = (file: string, event: string): Promise<void> =>
  until(`${event} is in the log`, async () => {
    return (await logOf(file)).some((line) => line.event === event);
  });

async function verify(url: string, patienceMs = 60_000): Promise<string> {
  const certificate: unknown = JSON.parse(await readFile(world.certificate(0), "utf8"));
  const response = await fetch(`${url}/v1/verifications`, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify({ certificate, region: "310000" }),
    signal: AbortSignal.timeout(patienceMs),
  });
  return ((await response.json()) as { verdict: string }).verdict;
}

/** @returns figures by name, with their labels */
async function figures(
  port: number,
  headers: Record<string, string> = {},
): Promise<Map<string, number>> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/metrics`, { headers });
  const lines = (await response.text()).split("\n").filter((line) => /^\w/.test(line));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

describe("the configuration of lz serve", () => {
  it("is checked before anything is opened: every fault with its line", async () => {
    const config = world.file("faulty.yaml");
    await writeFile(config, "listen: { port: 99999 }\nlogs:\n  levle: info\n");
    const args = ["serve", "--config", config, "--check-config"];
    const { problem } = (await askCommand(world.home, args, 64)) as {
      problem: { code: string; detail: string };
    };
    expect(problem.code).toBe("CONFIGURATION_INVALID");
    expect(problem.detail).toContain("faulty.yaml:1:17: listen.port is 99999");
    expect(problem.detail).toContain("faulty.yaml:3:3: logs.levle is not a setting");
  });

  it("is said to be in order where it is, and nothing is started", async () => {
    const config = world.file("good.yaml");
    await writeFile(config, "listen: { port: 0 }\n");
    const args = ["serve", "--config", config, "--check-config"];
    expect(await askCommand(world.home, args)).toEqual({ config, valid: true });
  });
});

describe("a verifier that is told to end", () => {
  it("says that it isn't ready, goes on answering while it drains, and ends with 0", async () => {
    const { service, url } = await serve(["listen: { port: 0, drainSeconds: 2 }"]);
    const ended = service.stop("SIGTERM");
    await until("it isn't ready", async () => (await fetch(`${url}/readyz`)).status === 503);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
      code: "NOT_READY",
      unready: ["the service is ending"],
    });
    const answer = await fetch(`${url}/healthz`);
    expect([answer.status, answer.headers.get("connection")]).toEqual([200, "close"]);
    expect(await verify(url)).toBe("accepted");
    expect((await ended).exitCode).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("finishes a request that is under way", async () => {
    const { service, url } = await serve(["listen: { port: 0, closeSeconds: 20 }"]);
    const { status, finish } = beginRequest(url);
    await until("it is under way", async () => (await fetch(`${url}/healthz`)).ok);
    const ended = service.stop("SIGTERM");
    await until("it takes no more", () =>
      fetch(url).then(
        () => false,
        () => true,
      ),
    );
    finish();
    expect(await status).toBe(400);
    expect((await ended).exitCode).toBe(0);
  });

  it("ends at once when it is told a second time", async () => {
    const { service, url } = await serve(["listen: { port: 0, drainSeconds: 600 }"]);
    void service.stop("SIGTERM");
    await until("it isn't ready", async () => (await fetch(`${url}/readyz`)).status === 503);
    expect((await service.stop("SIGTERM")).exitCode).toBe(130);
  });
});

/** A body of which the end is held back. */
function beginRequest(url: string): { status: Promise<number | undefined>; finish: () => void } {
  const headers = { "content-type": "application/json", "content-length": "4" };
  const call = request(`${url}/v1/verifications`, { method: "POST", headers, agent: new Agent() });
  call.write("{");
  const status = new Promise<number | undefined>((resolve, reject) => {
    call.on("error", reject).on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });
  return { status, finish: () => void call.end("} x") };
}

describe("what a verifier says", () => {
  it("holds nothing of what it was shown, whatever is wrong with it", async () => {
    const { service, url } = await serve(["listen: { port: 0 }", "logs: { level: debug }"]);
    const text = await readFile(world.certificate(0), "utf8");
    const { claims } = JSON.parse(text) as { claims: { name: string; value: unknown }[] };
    const distinctive = claims
      .map(({ value }) => String(value))
      .filter((value) => value.length >= 6);
    expect(distinctive.length).toBeGreaterThan(2);
    const secret = "SECRET-110101199003077571";
    const broken = [
      `{"certificate": ${text}`,
      text.slice(0, -5),
      `{"presentation": "LZ1:${secret}"}`,
      `"${secret}"`,
    ];
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${secret}`,
      "x-forwarded-for": secret,
    };
    for (const body of [`{"certificate": ${text}}`, ...broken]) {
      await fetch(`${url}/v1/verifications?q=${secret}`, { method: "POST", headers, body });
      await fetch(`${url}/v1/verifications`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
    }
    await fetch(`${url}/v1/batches/${secret}/${secret}`, {
      headers: { "user-agent": secret, "x-request-id": `${secret}!` },
    });
    expect(await verify(url)).toBe("accepted");
    const { stdout, stderr } = await service.stop("SIGTERM");
    expect(stderr).toContain('"route":"/v1/verifications","status":200');
    for (const value of [...distinctive, secret, "127.0.0.1"]) {
      expect((stdout + stderr).replaceAll(url, "")).not.toContain(value);
    }
  });
});

describe("a module for tracing", () => {
  it("is loaded before anything else: a request is a span with its parts beneath it", async () => {
    await writeFile(
      world.file("sdk.mjs"),
      [
        `import { appendFileSync } from "node:fs";`,
        `import { createRequire } from "node:module";`,
        `const require = createRequire(${JSON.stringify(join(PROJECT, "package.json"))});`,
        `const { trace } = require("@opentelemetry/api");`,
        `const { BasicTracerProvider, SimpleSpanProcessor } = require("@opentelemetry/sdk-trace-base");`,
        `const note = ({ name }) => appendFileSync(${JSON.stringify(world.file("spans"))}, name + "\\n");`,
        `const exporter = { shutdown: async () => {}, export: (spans, done) => {`,
        `  spans.forEach(note);`,
        `  done({ code: 0 });`,
        `} };`,
        `const spanProcessors = [new SimpleSpanProcessor(exporter)];`,
        `trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }));`,
      ].join("\n"),
    );
    const { url } = await serve(["listen: { port: 0 }", "telemetry: { module: ./sdk.mjs }"]);
    expect(await verify(url)).toBe("accepted");
    const spans = new Set((await readFile(world.file("spans"), "utf8")).split("\n"));
    for (const name of ["chain.poll", "judge", "use.record", "POST /v1/verifications"])
      expect(spans).toContain(name);
  });

  it("that can't be loaded is named, and nothing is started", async () => {
    const config = world.file("no-module.yaml");
    await writeFile(config, "telemetry: { module: ./none.mjs }\n");
    const { problem } = await askCommand(world.home, ["serve", "--config", config], 64);
    expect(problem.detail).toContain("none.mjs can't be loaded");
  });
});

describe("several processes of one service", () => {
  it("share a port, each with its own ledger; one that dies is started again; figures come together", async () => {
    const [port = 0] = await freePorts(1);
    const { service, url } = await serve([
      "listen: { port: 0, processes: 2 }",
      `metrics: { port: ${String(port)} }`,
      "logs: { level: info, file: processes.log }",
    ]);
    for (let i = 0; i < 4; i++) expect(await verify(url)).toBe("accepted");
    const seen = await figures(port);
    expect(seen.get("lz_processes")).toBe(2);
    expect(seen.get('lz_verdicts_total{verdict="accepted"}')).toBe(4);
    const requests = (await logOf("processes.log")).filter(({ event }) => event === "request");
    expect(new Set(requests.map((line) => line["process"]))).toEqual(new Set([1, 2]));
    process.kill(await workerOf(service), "SIGKILL");
    // A connection that was just handed to the one that died is lost with it: its caller asks again.
    await until("it answers again", async () => {
      return (await verify(url, 2_000).catch(() => null)) === "accepted";
    });
    await logged("processes.log", "process-ended");
    await until("both are there", async () => (await figures(port)).get("lz_processes") === 2);
    expect((await service.stop("SIGTERM")).exitCode).toBe(0);
  });

  it("end with the words of one that can't even start", async () => {
    const { port } = new URL(world.rpc);
    const config = world.file("taken.yaml");
    await writeFile(config, `listen: { port: ${port}, processes: 2 }\nledgerStore: taken.ledger\n`);
    const { problem } = await askCommand(world.home, ["serve", "--config", config], 69);
    expect(problem.code).toBe("PORT_IN_USE");
  });
});

/** One of the processes that it leads. */
async function workerOf({ pid }: Running): Promise<number> {
  const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8");
  return Number(children.trim().split(" ")[0]);
}

describe("settings that change while a verifier runs", () => {
  it("are taken up at SIGHUP: the log goes on in a new file, and what waits for a restart is named", async () => {
    const { service, config } = await serve([
      "listen: { port: 0 }",
      "logs: { level: info, file: a.log }",
    ]);
    await logged("a.log", "serving");
    await rename(world.file("a.log"), world.file("a.log.1"));
    await writeFile(config, (await readFile(config, "utf8")).replace("port: 0", "port: 9"));
    service.signal("SIGHUP");
    await until("the new file is there", () =>
      readFile(world.file("a.log")).then(
        () => true,
        () => false,
      ),
    );
    await logged("a.log", "settings-taken-up");
    expect((await logOf("a.log"))[0]).toMatchObject({ waitForRestart: "listen.port" });
  });

  it("are noticed without a signal; faulty ones are refused, and it goes on as it was", async () => {
    const { config, url } = await serve([
      "listen: { port: 0 }",
      "logs: { level: info, file: b.log }",
    ]);
    const text = await readFile(config, "utf8");
    await writeFile(config, `${text}access: { anonymousPerMinute: none }\n`);
    await logged("b.log", "settings-refused");
    const refused = (await logOf("b.log")).find(({ event }) => event === "settings-refused");
    expect(refused?.["detail"]).toContain('access.anonymousPerMinute is "none"; write integer');
    expect(await verify(url)).toBe("accepted");
    await writeFile(config, `${text}access: { anonymousPerMinute: 1 }\n`);
    await logged("b.log", "settings-taken-up");
    const statuses = new Set<number>();
    for (let i = 0; i < 3; i++) statuses.add((await fetch(`${url}/v1/types`)).status);
    expect(statuses).toContain(429);
  });

  it("are also the service's keys: a new one signs, the one before stays listed", async () => {
    const { url } = await serve(["listen: { port: 0 }", "logs: { level: info, file: d.log }"]);
    const keys = async (): Promise<string[]> => {
      const response = await fetch(`${url}/v1/keys`);
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    };
    const before = await keys();
    const { keyId } = (await world.ask(["key", "rotate"])) as { keyId: string };
    await logged("d.log", "settings-taken-up");
    expect(await keys()).toEqual([keyId, ...before]);
  });

  it("renew a TLS certificate without dropping who is connected", async () => {
    const [first, second] = [selfSigned("first.example"), selfSigned("second.example")];
    const put = async ({ certificate, key }: typeof first): Promise<void> => {
      await writeFile(world.file("tls.crt"), certificate);
      await writeFile(world.file("tls.key"), key);
    };
    await put(first);
    const { service, url } = await serve([
      "listen: { port: 0, tls: { certificate: tls.crt, key: tls.key } }",
      "logs: { level: info, file: c.log }",
    ]);
    expect(url).toMatch(/^https:/);
    const kept = connect(url);
    expect(await kept.ask()).toEqual([200, "first.example"]);
    await writeFile(world.file("tls.key"), second.key);
    service.signal("SIGHUP");
    await logged("c.log", "settings-refused");
    expect(await connect(url).ask()).toEqual([200, "first.example"]);
    await put(second);
    service.signal("SIGHUP");
    await logged("c.log", "settings-taken-up");
    expect(await connect(url).ask()).toEqual([200, "second.example"]);
    expect(await kept.ask()).toEqual([200, "first.example"]);
  });
});

/** Asks over one connection that is kept open. @returns the status, and whose certificate that connection has */
function connect(url: string): { ask(): Promise<[number | undefined, unknown]> } {
  const agent = new SecureAgent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        const call = get(`${url}/healthz`, { agent }, (response) => {
          const socket: unknown = response.socket;
          const { subject } = (socket as TLSSocket).getPeerCertificate();
          response.resume().on("end", () => {
            resolve([response.statusCode, subject.CN]);
          });
        });
        call.on("error", reject);
      }),
  };
}
