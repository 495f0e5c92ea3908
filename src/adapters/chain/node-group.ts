/** Questions to several nodes, and what more than half of them answer. */
import type { Problem } from "../../core/problem.ts";
import type { Block, ChainReader, NodeHealth } from "../../ports/chain-reader.ts";
import { Ballot } from "./ballot.ts";
import type { Question, Vote } from "./ballot.ts";
import { NewestBlock } from "./newest-block.ts";
import { WatchedNode } from "./watched-node.ts";
import type { ChainNode, Milliseconds } from "./watched-node.ts";

export interface NodesOptions {
  readonly confirmations: number;
  readonly now?: Milliseconds;
}

export class NodeGroup {
  readonly #nodes: readonly WatchedNode[];
  readonly #majority: number;
  readonly #confirmations: number;
  readonly #newest: NewestBlock;
  #ledger: string | null = null;

  constructor(nodes: readonly ChainNode[], { confirmations, now = monotonic }: NodesOptions) {
    const isSame = (reader: ChainReader): boolean =>
      this.#ledger === null || ledgerOf(reader) === this.#ledger;
    this.#nodes = nodes.map((node) => new WatchedNode(node, now, isSame));
    this.#majority = Math.floor(nodes.length / 2) + 1;
    this.#confirmations = confirmations;
    this.#newest = new NewestBlock({
      ...{ nodes: this.#nodes, majority: this.#majority, confirmations, now },
      agree: (question) => this.#agree(question),
    });
  }

  health(): NodeHealth[] {
    return this.#nodes.map(({ health }) => health);
  }

  /** Which ledger most of them find; again where too few could be reached. */
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

  latestBlock(): Promise<Block> {
    return this.#newest.find();
  }

  /** What is the same for every node, at any time. */
  ofAll<T>(what: string, call: (reader: ChainReader) => Promise<T>): Promise<T> {
    return this.#agree({ what, call, reach: 0, isFirm: true });
  }

  /** What most nodes say about blocks up to that one. */
  at<T>(what: string, reach: number, call: (reader: ChainReader) => Promise<T>): Promise<T> {
    const isFirm = reach <= this.#newest.agreed - this.#confirmations;
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
}

function ledgerOf({ identity, firstBlock }: Pick<ChainReader, "identity" | "firstBlock">): string {
  return JSON.stringify({ identity, firstBlock });
}

function monotonic(): number {
  return performance.timeOrigin + performance.now();
}
