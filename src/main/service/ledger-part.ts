/** The ledger as a part of a service: what it has read of the chain, kept and followed. */
import { setTimeout as sleep } from "node:timers/promises";
import { spanned } from "../../adapters/telemetry/spans.ts";
import type { LedgerFile } from "../../adapters/store/ledger-store.ts";
import { ChainFollower } from "../../app/follow-chain.ts";
import type { LedgerIdentity } from "../../core/ledger/state.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { Problem } from "../../core/problem.ts";
import type { LedgerView } from "../../core/verify/case.ts";
import type { HttpService } from "../../http/http-service.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { ServiceLog } from "../../ports/service-log.ts";
import type { AwaitedChain } from "../chain/chain.ts";
import { FollowLoop } from "./follow-loop.ts";
import { laterReader } from "./later-reader.ts";
import { ageOf, ledgerFigures } from "./ledger-figures.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";
import type { ChainSettings } from "../settings/service-settings.ts";
import { SteadyAge } from "./steady-age.ts";
import { primitives, systemClock } from "../system.ts";
import { openStore } from "../stores/verifier-store.ts";

/** How long a question to the node is waited for at the end. */
const CLOSING_MS = 2_000;

/** How long a start waits for the chain: a first reading of a large one goes on while it answers 'can't tell'. */
const FIRST_READING_MS = 10_000;

export interface LedgerPart extends ServicePart {
  /** Null until the chain was reached once. */
  readonly view: LedgerView | null;
  /** What following the chain met last, and has not overcome since. */
  readonly trouble: ProblemCode | null;
  /** Changes of statuses after a place, up to the view's block, in the chain's order. */
  readonly statusEvents: HttpService["statusEvents"];
}

/** What of a service's context following the chain needs. */
export interface LedgerContext extends Pick<ServiceContext, "log" | "metrics"> {
  readonly settings: { readonly chain: Pick<ChainSettings, "pollMilliseconds" | "maxAgeSeconds"> };
}

/** What it stands on, and where it keeps what it has read. */
export interface LedgerPlace {
  readonly chain: AwaitedChain;
  /**
   * The file of a chain; ":memory:" to read it anew at each start. Null where the chain has to be known for that
   * and is not.
   */
  readonly fileOf: (chainId: number | null) => string | null;
}

/**
 * Has asked the chain once, whatever came of it; or is still reading, where that takes long. While no node
 * answers it stands on what its store holds, if that says which ledger it is, and goes on when one does.
 * @throws Problem WRONG_CHAIN, DIRECTORY_NOT_FOUND, PREDECESSOR_NOT_FROZEN, DISK_FAILED, STORE_TOO_NEW: no
 * patience mends those
 */
export async function openLedger(
  context: LedgerContext,
  chain: AwaitedChain,
  fileOf: LedgerPlace["fileOf"],
): Promise<LedgerPart> {
  const ledger = new FollowedLedger(context, { chain, fileOf });
  try {
    await ledger.begin();
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

class FollowedLedger implements LedgerPart {
  readonly #context: LedgerContext;
  readonly #place: LedgerPlace;
  readonly #loop: FollowLoop;
  readonly #age = new SteadyAge(systemClock);
  #store: LedgerFile | null = null;
  #opening: Promise<ChainFollower> | null = null;
  #follower: ChainFollower | null = null;

  constructor(context: LedgerContext, place: LedgerPlace) {
    this.#context = context;
    this.#place = place;
    this.#loop = this.#newLoop();
  }

  #newLoop(): FollowLoop {
    const { log, metrics, settings } = this.#context;
    const figures = ledgerFigures(metrics, {
      view: () => this.view,
      nodes: () => this.#place.chain.nodes(),
      trouble: () => this.trouble,
    });
    const polled = { poll: () => spanned("chain.poll", () => this.#poll()) };
    return new FollowLoop(polled, {
      pollMilliseconds: settings.chain.pollMilliseconds,
      closingMilliseconds: CLOSING_MS,
      onTrouble: (problem) => {
        tellTrouble(log, problem);
        if (problem !== null) figures.trouble(problem);
      },
    });
  }

  async begin(): Promise<void> {
    const patience = sleep(FIRST_READING_MS, undefined, { ref: false });
    const opened = this.#open().catch((error: unknown) => {
      if (!isOutage(error)) throw error;
    });
    await Promise.race([opened, patience]);
    await this.#loop.begin(patience);
  }

  async #poll(): Promise<void> {
    const follower = await this.#open();
    await follower.poll();
    // From now on it is known how old it is, whether anybody asks or not.
    this.#age.of(follower.view);
  }

  #open(): Promise<ChainFollower> {
    this.#opening ??= this.#openFollower().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #openFollower(): Promise<ChainFollower> {
    const chain = await this.#reader();
    const store = await this.#storeOf(chain.identity.chainId);
    const { confirmations } = this.#place.chain;
    const options = { chain, store, primitives, clock: systemClock, confirmations };
    this.#follower = await ChainFollower.open(options);
    return this.#follower;
  }

  /** The chain itself; where it can't be reached, what is kept of it has to say which one it is. */
  async #reader(): Promise<ChainReader> {
    const { chain } = this.#place;
    try {
      return (await chain.reach()).reader;
    } catch (error) {
      const kept = isOutage(error) ? await this.#keptIdentity() : null;
      if (kept === null) throw error;
      return laterReader(chain, kept);
    }
  }

  async #keptIdentity(): Promise<LedgerIdentity | null> {
    const { chain, fileOf } = this.#place;
    if (fileOf(chain.chainId) === null) return null;
    const store = await this.#storeOf(chain.chainId);
    return (await store.cursor())?.identity ?? null;
  }

  async #storeOf(chainId: number | null): Promise<LedgerFile> {
    this.#store ??= await openStore(this.#place.fileOf(chainId) ?? ":memory:");
    return this.#store;
  }

  get view(): LedgerView | null {
    return this.#age.of(this.#follower?.view ?? null);
  }

  get trouble(): ProblemCode | null {
    return this.#loop.trouble;
  }

  statusEvents: LedgerPart["statusEvents"] = async (after, limit) => {
    return (await this.#store?.statusEvents(after, this.view?.block.number ?? -1, limit)) ?? [];
  };

  unready(): string | null {
    return staleness(this.view, this.#context.settings.chain.maxAgeSeconds);
  }

  async close(): Promise<void> {
    await this.#loop.stop();
    await this.#follower?.keep();
    await this.#store?.close();
  }
}

/** Nothing but a node that answers is missing. */
function isOutage(error: unknown): boolean {
  return error instanceof Problem && OUTAGES.has(error.code);
}

const OUTAGES: ReadonlySet<ProblemCode> = new Set([
  "RPC_TIMEOUT",
  "RPC_UNREACHABLE",
  "RPC_FAULT",
  "NODES_DISAGREE",
]);

function tellTrouble(log: ServiceLog, problem: Problem | null): void {
  if (problem === null) log.write("warn", "chain-followed");
  else log.write("error", "chain-trouble", { code: problem.code, detail: problem.detail });
}

function staleness(view: LedgerView | null, maxAgeSeconds: number): string | null {
  if (view === null) return "the chain has not been reached";
  const age = ageOf(view);
  return age <= maxAgeSeconds ? null : `the view of the chain is ${String(age)} s old`;
}
