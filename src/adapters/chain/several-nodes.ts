/**
 * One chain asked of several nodes at once: what more than half of them say is taken, as soon as they have
 * said it, so that one may lag, lie, hang or go backwards without harm. Events of statuses have no number, so
 * nothing but another node tells that one was left out. Of two nodes both have to agree; one alone is believed.
 */
import type { LedgerEvent } from "../../core/ledger/events.ts";
import { Problem } from "../../core/problem.ts";
import type { Block, ChainReader, NodeHealth } from "../../ports/chain-reader.ts";
import { Ballot } from "./ballot.ts";
import type { Vote } from "./ballot.ts";
import { WatchedNode } from "./watched-node.ts";
import type { ChainNode, Milliseconds } from "./watched-node.ts";

export interface SeveralNodes extends ChainReader {
  /** In the order they were named. */
  nodes(): readonly NodeHealth[];
}

export interface NodesOptions {
  readonly confirmations: number;
  readonly now?: Milliseconds;
}

/** So many blocks come and go between two nodes' answers. */
const NEAR_BLOCKS = 3;
/** Who has not come as far as another for so long is behind. */
const LAG_MS = 5_000;

interface Question<T> {
  readonly what: string;
  readonly call: (reader: ChainReader, node: WatchedNode) => Promise<T>;
  /** Nodes that have come so far are asked first; the others may not know it yet. */
  readonly reach: number;
  /** Whether honest nodes can't differ: then it is held against the one that does. */
  readonly isFirm: boolean;
}

/** @throws Problem of the first node where too few can be opened; NODES_DISAGREE where they find two ledgers */
export async function openNodes(
  nodes: readonly ChainNode[],
  options: NodesOptions,
): Promise<SeveralNodes> {
  const group = new NodeGroup(nodes, options);
  const { identity, firstBlock } = await group.open();
  return {
    identity,
    firstBlock,
    nodes: () => group.health(),
    latestBlock: () => group.latestBlock(),
    block: (number) => group.at(`block ${String(number)}`, number, (node) => node.block(number)),
    events: (from, to) => {
      const what = `events of blocks ${String(from)} to ${String(to)}`;
      return group.at(what, to, (node) => eventsOf(node, from, to));
    },
    strayEvents: () => group.at("events after a freeze", 0, (node) => node.strayEvents()),
    counters: (block, generation) => {
      const what = `counters at block ${String(block.number)}`;
      return group.at(what, block.number, (node) => node.counters(block, generation));
    },
    statusWord: (agency, root, word, block) => {
      const what = `statuses of ${root} at block ${String(block.number)}`;
      return group.at(what, block.number, (node) => node.statusWord(agency, root, word, block));
    },
    batchStatus: (agency, root, block) => {
      const what = `status of ${root} at block ${String(block.number)}`;
      return group.at(what, block.number, (node) => node.batchStatus(agency, root, block));
    },
    fingerprint: () => group.ofAll("identity", (node) => node.fingerprint()),
  };
}

/**
 * Of a node that has the last of these blocks. One that lags behind gives what it has without a word, and that
 * may be just what another leaves out on purpose: the two would be a majority.
 */
async function eventsOf(node: ChainReader, from: number, to: number): Promise<LedgerEvent[]> {
  if ((await node.block(to)) !== null) return node.events(from, to);
  throw new Problem("RPC_FAULT", `block ${String(to)} is missing`);
}

class NodeGroup {
  readonly #nodes: readonly WatchedNode[];
  readonly #majority: number;
  readonly #confirmations: number;
  readonly #now: Milliseconds;
  /** The block up to which the nodes have agreed. */
  #agreed = -1;
  /** Blocks that one node has named and most have not come to: which, and since when. */
  readonly #claims = new Map<WatchedNode, { readonly height: number; readonly since: number }>();
  #ledger: string | null = null;

  constructor(nodes: readonly ChainNode[], { confirmations, now = monotonic }: NodesOptions) {
    const isSame = (reader: ChainReader): boolean =>
      this.#ledger === null || ledgerOf(reader) === this.#ledger;
    this.#nodes = nodes.map((node) => new WatchedNode(node, now, isSame));
    this.#majority = Math.floor(nodes.length / 2) + 1;
    this.#confirmations = confirmations;
    this.#now = now;
  }

  health(): NodeHealth[] {
    return this.#nodes.map(({ health }) => health);
  }

  async open(): Promise<Pick<ChainReader, "identity" | "firstBlock">> {
    const found = await this.#agree({
      what: "the ledger",
      call: ({ identity, firstBlock }) => Promise.resolve({ identity, firstBlock }),
      // Who finds another is the wrong chain's, which it is called when it is asked the next time.
      ...{ reach: 0, isFirm: false },
    });
    this.#ledger = ledgerOf(found);
    return found;
  }

  /** What is the same for every node, at any time. */
  ofAll<T>(what: string, call: (reader: ChainReader) => Promise<T>): Promise<T> {
    return this.#agree({ what, call, reach: 0, isFirm: true });
  }

  /** What most nodes say about blocks up to that one. */
  at<T>(what: string, reach: number, call: (reader: ChainReader) => Promise<T>): Promise<T> {
    const isFirm = reach <= this.#agreed - this.#confirmations;
    return this.#agree({ what, call, reach, isFirm });
  }

  async #agree<T>(question: Question<T>): Promise<T> {
    const reaching = this.#nodes.filter((node) => node.reaches(question.reach));
    // A caller may know of a block, from a receipt, before the nodes were asked how far they have come.
    const able = reaching.length < this.#majority ? this.#nodes : reaching;
    const ballot = new Ballot<T>(question.what, this.#majority);
    const first = able.filter((node) => node.isAsked);
    const rest = this.#nodes.filter((node) => !first.includes(node));
    const won =
      (await this.#ask(first, question, ballot)) ?? (await this.#ask(rest, question, ballot));
    if (won !== null) return won.value;
    if (ballot.isContradictory && question.isFirm) ballot.blameAll(question.reach);
    throw ballot.problem();
  }

  /** @returns null where all have answered and no majority agrees */
  #ask<T>(
    nodes: readonly WatchedNode[],
    question: Question<T>,
    ballot: Ballot<T>,
  ): Promise<Vote<T> | null> {
    return new Promise((resolve) => {
      let open = nodes.length;
      if (open === 0) resolve(null);
      const count = (): void => {
        open--;
        const { winner } = ballot;
        if (winner !== null && question.isFirm) ballot.blameOthers(question.reach);
        if (winner !== null || open === 0) resolve(winner);
      };
      for (const node of nodes) {
        void node
          .ask((reader) => question.call(reader, node))
          .then(
            (value) => {
              ballot.add(node, value);
            },
            (error: unknown) => {
              ballot.fail(error as Problem);
            },
          )
          .then(count);
      }
    });
  }

  /** The newest block that most nodes have and agree about. */
  async latestBlock(): Promise<Block> {
    const heads = await this.#heads();
    let last: unknown;
    for (const number of this.#candidates(heads)) {
      try {
        const block = await this.#agreeOn(number, heads);
        this.#compare(block, heads);
        this.#agreed = Math.max(this.#agreed, block.number);
        return block;
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  /** What the nodes call their newest block; of a slow one only where the others are far apart. */
  async #heads(): Promise<ReadonlyMap<WatchedNode, Block>> {
    const heads = new Map<WatchedNode, Block>();
    const failures: Problem[] = [];
    const first = this.#nodes.filter((node) => node.isAsked);
    await this.#askHeads(first, heads, failures);
    const rest = this.#nodes.filter((node) => !first.includes(node));
    if (heads.size < this.#majority) await this.#askHeads(rest, heads, failures);
    if (heads.size >= this.#majority) return new Map(heads);
    throw failures[0] ?? new Problem("NODES_DISAGREE", "too few nodes answer");
  }

  #askHeads(
    nodes: readonly WatchedNode[],
    heads: Map<WatchedNode, Block>,
    failures: Problem[],
  ): Promise<void> {
    return new Promise((resolve) => {
      let open = nodes.length;
      if (open === 0) resolve();
      const count = (): void => {
        if (--open === 0 || this.#isEnough(heads)) resolve();
      };
      for (const node of nodes) {
        void node
          .ask((reader) => reader.latestBlock())
          .then(
            (block) => {
              this.#note(node, block.number);
              heads.set(node, block);
            },
            (error: unknown) => {
              failures.push(error as Problem);
            },
          )
          .then(count);
      }
    });
  }

  #isEnough(heads: ReadonlyMap<WatchedNode, Block>): boolean {
    const numbers = [...heads.values()].map(({ number }) => number);
    const highest = Math.max(...numbers);
    return numbers.filter((number) => number >= highest - NEAR_BLOCKS).length >= this.#majority;
  }

  /** One that goes back further than a reorganisation may is not well until it has caught up. */
  #note(node: WatchedNode, number: number): void {
    const before = node.height ?? number;
    if (number < before - this.#confirmations) {
      node.blame("backwards", `at block ${String(number)}, it was at ${String(before)}`);
    }
    node.height = number;
  }

  /** As high as most have come; lower where they differ about it and it is not final anyway. */
  #candidates(heads: ReadonlyMap<WatchedNode, Block>): number[] {
    const numbers = [...heads.values()].map(({ number }) => number).toSorted((a, b) => b - a);
    const reached = numbers.slice(this.#majority - 1);
    const highest = reached[0] ?? 0;
    const below: number[] = [];
    for (let by = 1; by < this.#confirmations; by *= 2) below.push(highest - by);
    if (this.#confirmations > 0) below.push(highest - this.#confirmations);
    return [...new Set([...reached, ...below])].filter((number) => number >= 0);
  }

  #agreeOn(number: number, heads: ReadonlyMap<WatchedNode, Block>): Promise<Block> {
    return this.#agree({
      what: `block ${String(number)}`,
      call: async (reader, node) => {
        const head = heads.get(node);
        if (head?.number === number) return head;
        const block = await reader.block(number);
        if (block !== null) return block;
        throw new Problem("RPC_FAULT", `${node.name}: block ${String(number)} is missing`);
      },
      reach: number,
      isFirm: this.#confirmations === 0,
    });
  }

  /**
   * Whose head is not the others' is behind, and no longer so once it has caught up.
   * @throws Problem NODES_DISAGREE where so many are ahead of the rest that the rest may be behind
   */
  #compare(block: Block, heads: ReadonlyMap<WatchedNode, Block>): void {
    const ahead = new Set<WatchedNode>();
    for (const [node, { number }] of heads) {
      if (this.#isLongAhead(node, number, block)) ahead.add(node);
      else if (number >= block.number) node.agree();
      else if (number < block.number - NEAR_BLOCKS && node.fault !== "backwards") {
        node.blame("behind", `at block ${String(number)}, the others at ${String(block.number)}`);
      }
    }
    const mayBeWrong = this.#nodes.length - this.#majority;
    if (ahead.size === 0 || this.#suspects(ahead) <= mayBeWrong) return;
    throw new Problem("NODES_DISAGREE", `how far the chain has come: ${placesOf(heads)}`);
  }

  #suspects(ahead: ReadonlySet<WatchedNode>): number {
    const isSuspect = (node: WatchedNode): boolean =>
      ahead.has(node) || (node.fault !== null && node.fault !== "behind");
    return this.#nodes.filter(isSuspect).length;
  }

  /** Whether it named a block some time ago that most have not come to since. */
  #isLongAhead(node: WatchedNode, number: number, agreed: Block): boolean {
    if (number <= agreed.number) {
      this.#claims.delete(node);
      return false;
    }
    const claim = this.#claims.get(node);
    if (claim === undefined || claim.height <= agreed.number) {
      this.#claims.set(node, { height: number, since: this.#now() });
      return false;
    }
    return this.#now() - claim.since > LAG_MS;
  }
}

function placesOf(heads: ReadonlyMap<WatchedNode, Block>): string {
  return [...heads].map(([{ name }, { number }]) => `${name} at ${String(number)}`).join(", ");
}

function ledgerOf({ identity, firstBlock }: Pick<ChainReader, "identity" | "firstBlock">): string {
  return JSON.stringify({ identity, firstBlock });
}

function monotonic(): number {
  return performance.timeOrigin + performance.now();
}
