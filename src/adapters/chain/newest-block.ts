/** How far a chain has come that several nodes tell, and who of them is behind, ahead or gone backwards. */
import { Problem } from "../../core/problem.ts";
import type { Block } from "../../ports/chain-reader.ts";
import type { Question } from "./ballot.ts";
import type { Milliseconds, WatchedNode } from "./watched-node.ts";

/** So many blocks come and go between two nodes' answers. */
const NEAR_BLOCKS = 3;
/** Who has not come as far as another for so long is behind. */
const LAG_MS = 5_000;

export interface NewestBlockOptions {
  readonly nodes: readonly WatchedNode[];
  readonly majority: number;
  readonly confirmations: number;
  readonly now: Milliseconds;
  readonly agree: (question: Question<Block>) => Promise<Block>;
}

export class NewestBlock {
  readonly #options: NewestBlockOptions;
  #agreed = -1;
  /** Blocks that one node has named and most have not come to: which, and since when. */
  readonly #claims = new Map<WatchedNode, { readonly height: number; readonly since: number }>();

  constructor(options: NewestBlockOptions) {
    this.#options = options;
  }

  /** The block up to which the nodes have agreed. */
  get agreed(): number {
    return this.#agreed;
  }

  /** The newest block that most nodes have and agree about. */
  async find(): Promise<Block> {
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
    const first = this.#options.nodes.filter((node) => node.isAsked);
    await this.#askHeads(first, heads, failures);
    const rest = this.#options.nodes.filter((node) => !first.includes(node));
    if (heads.size < this.#options.majority) await this.#askHeads(rest, heads, failures);
    if (heads.size >= this.#options.majority) return new Map(heads);
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
    return (
      numbers.filter((number) => number >= highest - NEAR_BLOCKS).length >= this.#options.majority
    );
  }

  /** One that goes back further than a reorganisation may is not well until it has caught up. */
  #note(node: WatchedNode, number: number): void {
    const before = node.height ?? number;
    if (number < before - this.#options.confirmations) {
      node.blame("backwards", `at block ${String(number)}, it was at ${String(before)}`);
    }
    node.height = number;
  }

  /** As high as most have come; lower where they differ about it and it is not final anyway. */
  #candidates(heads: ReadonlyMap<WatchedNode, Block>): number[] {
    const numbers = [...heads.values()].map(({ number }) => number).toSorted((a, b) => b - a);
    const reached = numbers.slice(this.#options.majority - 1);
    const highest = reached[0] ?? 0;
    const below: number[] = [];
    for (let by = 1; by < this.#options.confirmations; by *= 2) below.push(highest - by);
    if (this.#options.confirmations > 0) below.push(highest - this.#options.confirmations);
    return [...new Set([...reached, ...below])].filter((number) => number >= 0);
  }

  #agreeOn(number: number, heads: ReadonlyMap<WatchedNode, Block>): Promise<Block> {
    return this.#options.agree({
      what: `block ${String(number)}`,
      call: async (reader, node) => {
        const head = heads.get(node);
        if (head?.number === number) return head;
        const block = await reader.block(number);
        if (block !== null) return block;
        throw new Problem("RPC_FAULT", `${node.name}: block ${String(number)} is missing`);
      },
      reach: number,
      isFirm: this.#options.confirmations === 0,
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
    const mayBeWrong = this.#options.nodes.length - this.#options.majority;
    if (ahead.size === 0 || this.#suspects(ahead) <= mayBeWrong) return;
    throw new Problem("NODES_DISAGREE", `how far the chain has come: ${placesOf(heads)}`);
  }

  #suspects(ahead: ReadonlySet<WatchedNode>): number {
    const isSuspect = (node: WatchedNode): boolean =>
      ahead.has(node) || (node.fault !== null && node.fault !== "behind");
    return this.#options.nodes.filter(isSuspect).length;
  }

  /** Whether it named a block some time ago that most have not come to since. */
  #isLongAhead(node: WatchedNode, number: number, agreed: Block): boolean {
    if (number <= agreed.number) {
      this.#claims.delete(node);
      return false;
    }
    const claim = this.#claims.get(node);
    if (claim === undefined || claim.height <= agreed.number) {
      this.#claims.set(node, { height: number, since: this.#options.now() });
      return false;
    }
    return this.#options.now() - claim.since > LAG_MS;
  }
}

function placesOf(heads: ReadonlyMap<WatchedNode, Block>): string {
  return [...heads].map(([{ name }, { number }]) => `${name} at ${String(number)}`).join(", ");
}
