/** Runs a verifier: follows the chain at a steady pace and answers over HTTP from memory. */
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { ChainFollower } from "../app/follow-chain.ts";
import { verifyPresentation } from "../app/verify-presentation.ts";
import type { ProblemCode } from "../core/problem-codes.ts";
import { Problem, toProblem } from "../core/problem.ts";
import { createHttpApp } from "../http/http-app.ts";
import type { HttpService } from "../http/http-service.ts";
import { SERVER_OPTIONS, configureServer } from "../http/server-limits.ts";
import type { Chain } from "./chain.ts";
import { primitives, systemClock } from "./system.ts";
import { openStore } from "./verifier-store.ts";

/** How long those who are being answered, and a question to the node, are waited for at the end. */
const CLOSING_MS = 2_000;

export interface VerifierSettings {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** The greatest age of the view of the chain, in seconds; past it the verdict is 'can't tell'. */
  readonly maxLedgerAge: number;
  readonly pollMilliseconds: number;
  /** Where the verifier keeps what it has read; ":memory:" to read the chain anew at each start. */
  readonly storeFile: string;
  readonly version: string;
  /** Called when following the chain fails, and once when it works again (null). */
  onTrouble?(problem: Problem | null): void;
  log?: HttpService["log"];
  /** What callers are not told. */
  report?: HttpService["report"];
}

export interface Verifier {
  readonly url: string;
  /** Resolves once connections and store are closed: within a few seconds, whatever the node does. */
  close(): Promise<void>;
}

/** Answers from the start; until the chain was reached, what it answers is 'can't tell'. */
export async function startVerifier(chain: Chain, settings: VerifierSettings): Promise<Verifier> {
  const store = await openStore(settings.storeFile);
  const { reader, confirmations } = chain;
  const options = { chain: reader, store, primitives, clock: systemClock, confirmations };
  const follower = await ChainFollower.open(options);
  const loop = new FollowLoop(follower, settings);
  await loop.step();
  const service = serviceOf(follower, loop, settings, store);
  const server = await listen(service, settings).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  loop.run();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host}:${String(port)}`,
    close: async () => {
      await loop.stop();
      await closeServer(server);
      await follower.keep();
      await store.close();
    },
  };
}

class FollowLoop {
  readonly #follower: ChainFollower;
  readonly #settings: VerifierSettings;
  #trouble: ProblemCode | null = null;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(follower: ChainFollower, settings: VerifierSettings) {
    this.#follower = follower;
    this.#settings = settings;
  }

  get trouble(): ProblemCode | null {
    return this.#trouble;
  }

  async step(): Promise<void> {
    try {
      await this.#follower.poll();
      this.#tell(null);
    } catch (error) {
      this.#tell(toProblem(error));
    }
  }

  run(): void {
    this.#running = this.#loop();
  }

  /** Waits for the step under way, but not for a node that keeps silent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.race([this.#running, sleep(CLOSING_MS, undefined, { ref: false })]);
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopping;
    const pace = this.#settings.pollMilliseconds;
    const isTime = (): Promise<boolean> =>
      sleep(pace, undefined, { signal }).then(
        () => true,
        () => false,
      );
    while (await isTime()) await this.step();
  }

  #tell(problem: Problem | null): void {
    if (this.#stopping.signal.aborted) return;
    const code = problem?.code ?? null;
    if (code !== this.#trouble) this.#settings.onTrouble?.(problem);
    this.#trouble = code;
  }
}

function serviceOf(
  follower: ChainFollower,
  loop: FollowLoop,
  settings: VerifierSettings,
  replays: Parameters<typeof verifyPresentation>[0]["replays"],
): HttpService {
  const { maxLedgerAge, version, log, report } = settings;
  const options = { primitives, clock: systemClock, replays, maxLedgerAge };
  return {
    verify: (given, question) => verifyPresentation(options, follower.view, given, question),
    view: () => follower.view,
    isReady: () => {
      const view = follower.view;
      return view !== null && systemClock.now() - view.asOf <= maxLedgerAge;
    },
    status: () => ({ lastProblem: loop.trouble }),
    now: () => systemClock.now(),
    version,
    ...(log !== undefined && { log }),
    ...(report !== undefined && { report }),
  };
}

/** @throws Problem PORT_IN_USE */
async function listen(service: HttpService, { host, port }: VerifierSettings): Promise<Server> {
  const handle = createHttpApp(service).callback();
  const server = createServer(SERVER_OPTIONS, (request, response) => {
    void handle(request, response);
  });
  configureServer(server);
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      reject(new Problem("PORT_IN_USE", `${host}:${String(port)}`, error));
    });
    server.listen(port, host, () => {
      resolve(server);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
    setTimeout(() => {
      server.closeAllConnections();
    }, CLOSING_MS).unref();
  });
}
