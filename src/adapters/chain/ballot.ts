/** What several nodes have said to one question, and who has said the same. */
import { Problem } from "../../core/problem.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { WatchedNode } from "./watched-node.ts";

export interface Question<T> {
  readonly what: string;
  readonly call: (reader: ChainReader, node: WatchedNode) => Promise<T>;
  /** Nodes that have come so far are asked first; the others may not know it yet. */
  readonly reach: number;
  /** Whether honest nodes can't differ: then it is held against the one that does. */
  readonly isFirm: boolean;
}

export interface Vote<T> {
  readonly value: T;
  readonly nodes: readonly WatchedNode[];
}

interface OpenVote<T> extends Vote<T> {
  readonly nodes: WatchedNode[];
}

export class Ballot<T> {
  readonly #what: string;
  readonly #majority: number;
  readonly #votes = new Map<string, OpenVote<T>>();
  readonly #failures: Problem[] = [];

  constructor(what: string, majority: number) {
    this.#what = what;
    this.#majority = majority;
  }

  add(node: WatchedNode, value: T): void {
    const key = this.#majority > 1 ? keyOf(value) : "";
    const vote = this.#votes.get(key);
    if (vote === undefined) this.#votes.set(key, { value, nodes: [node] });
    else vote.nodes.push(node);
  }

  fail(problem: Problem): void {
    this.#failures.push(problem);
  }

  /** Null while no majority has said the same. */
  get winner(): Vote<T> | null {
    return [...this.#votes.values()].find(({ nodes }) => nodes.length >= this.#majority) ?? null;
  }

  get isContradictory(): boolean {
    return this.#votes.size > 1;
  }

  /** Holds it against whoever has said otherwise than the majority, and has come as far as that block. */
  blameOthers(reach: number): void {
    const { winner } = this;
    for (const vote of this.#votes.values()) {
      if (vote !== winner) this.#blame(vote, reach);
    }
  }

  blameAll(reach: number): void {
    for (const vote of this.#votes.values()) this.#blame(vote, reach);
  }

  #blame({ nodes }: Vote<T>, reach: number): void {
    for (const node of nodes) {
      if (node.reaches(reach)) node.blame("contradicted", this.#what);
    }
  }

  /** Why there is no winner: that the nodes differ, or that too few have answered. */
  problem(): Problem {
    const sides = [...this.#votes.values()].map(({ nodes }) => {
      return nodes.map(({ name }) => name).join(", ");
    });
    const failure = this.#failure();
    if (sides.length < 2 && failure !== null) return failure;
    const who = sides.length < 2 ? `only ${sides.join()} has it` : sides.join(" against ");
    return new Problem("NODES_DISAGREE", `${this.#what}: ${who}`);
  }

  /** One that has found another ledger is no word of the rest, which may only be away for a while. */
  #failure(): Problem | null {
    const isOther = ({ code }: Problem): boolean => OTHER_LEDGER.has(code);
    const others = this.#failures.filter(isOther);
    const away = this.#failures.find((failure) => !isOther(failure));
    const [first = null] = others;
    return others.length >= this.#majority ? first : (away ?? first);
  }
}

const OTHER_LEDGER: ReadonlySet<ProblemCode> = new Set([
  "WRONG_CHAIN",
  "DIRECTORY_NOT_FOUND",
  "PREDECESSOR_NOT_FROZEN",
]);

/** Of the same program's readers, whose members come in the same order. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => {
    return typeof member === "bigint" ? `${member.toString()}n` : member;
  });
}
