/** Judging on a trust pack, in a worker: a province's pack takes a good part of a second to load. */
import type { Selection } from "../../core/trust-pack/selection.ts";
import { toProblem } from "../../core/problem.ts";
import type { Problem } from "../../core/problem.ts";
import type { Given } from "../../core/verify/case.ts";
import type { JudgingStore } from "./judging-store.ts";
import type { CounterMatter, CounterVerdict } from "./offline-desk.ts";
import { rememberShown, verifyOffline } from "./offline-desk.ts";
import type { HeldPack, KeyState, PackTools } from "./packs.ts";
import { changedKeyIn, freshPack, keptPack, trustNewKeys } from "./packs.ts";

/** What a clerk is told of the pack. */
export interface PackState {
  /** When a node last confirmed it, in seconds since 1970; null where there is none. */
  readonly asOf: number | null;
  readonly batches: number;
  readonly agencies: number;
  readonly keys: KeyState | null;
  /** Why the last attempt to fetch it failed; null where it did not. */
  readonly trouble: Pick<Problem, "code" | "detail"> | null;
}

export interface PackJudgeTools {
  readonly server: string;
  readonly store: JudgingStore;
  readonly now: () => number;
  readonly fetch?: typeof fetch;
}

export class PackJudge {
  readonly #tools: PackJudgeTools;
  readonly #packs: PackTools;
  #selection: Selection = { region: null, type: null, batch: null };
  #pack: HeldPack | null = null;
  #trouble: PackState["trouble"] = null;
  #keys: KeyState | null = null;

  constructor(tools: PackJudgeTools) {
    this.#tools = tools;
    this.#packs = { ...tools, store: tools.store.packs };
  }

  /** What is kept of a region, without asking anyone. @param region null for all */
  async open(region: string | null): Promise<PackState> {
    this.#selection = { region, type: null, batch: null };
    this.#pack = await keptPack(this.#packs, this.#selection);
    this.#keys = this.#pack?.keys ?? null;
    await this.#tools.store.seen.forget(this.#tools.now());
    return this.#state();
  }

  /** What the service says now; where it can't be asked, what was there stays. */
  async refresh(): Promise<PackState> {
    try {
      const pack = await freshPack(this.#packs, this.#selection, undefined, this.#pack);
      this.#pack = pack ?? this.#pack;
      this.#keys = pack?.keys ?? this.#keys;
      const trouble = pack === null ? NO_NETWORK : pack.trouble;
      this.#trouble = trouble === null ? null : { code: trouble.code, detail: trouble.detail };
    } catch (error) {
      this.#told(error);
    }
    return this.#state();
  }

  /** Takes the service's new keys, which somebody compared, and a pack that they signed. */
  async trustKeys(): Promise<PackState> {
    await trustNewKeys(this.#packs);
    this.#pack = null;
    return this.refresh();
  }

  verify(given: Given, matter: CounterMatter): Promise<CounterVerdict> {
    return verifyOffline(this.#tools, this.#pack?.view ?? null, given, matter);
  }

  remember(given: Given): Promise<void> {
    return rememberShown(this.#tools, given);
  }

  #told(error: unknown): void {
    const { code, detail } = toProblem(error);
    const changed = changedKeyIn(error);
    this.#trouble = { code, detail };
    if (changed !== null) this.#keys = { fingerprint: this.#keys?.fingerprint ?? "", changed };
  }

  #state(): PackState {
    const state = this.#pack?.view.state;
    return {
      asOf: this.#pack?.asOf ?? null,
      batches: state?.anchors.size ?? 0,
      agencies: state?.agencies.size ?? 0,
      keys: this.#keys,
      trouble: this.#trouble,
    };
  }
}

const NO_NETWORK = { code: "SERVER_UNREACHABLE", detail: "" } as const;
