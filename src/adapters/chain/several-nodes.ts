/**
 * One chain asked of several nodes at once: what more than half of them say is taken, as soon as they have
 * said it, so that one may lag, lie, hang or go backwards without harm. Events of statuses have no number, so
 * nothing but another node tells that one was left out. Of two nodes both have to agree; one alone is believed.
 */
import type { LedgerEvent } from "../../core/ledger/events.ts";
import { Problem } from "../../core/problem.ts";
import type { ChainReader, NodeHealth } from "../../ports/chain-reader.ts";
import { NodeGroup } from "./node-group.ts";
import type { NodesOptions } from "./node-group.ts";
import type { ChainNode } from "./watched-node.ts";

export interface SeveralNodes extends ChainReader {
  /** In the order they were named. */
  nodes(): readonly NodeHealth[];
}

/** @throws Problem of the first node where too few can be opened; NODES_DISAGREE where they find two ledgers */
export function openNodes(
  nodes: readonly ChainNode[],
  options: NodesOptions,
): Promise<SeveralNodes> {
  return openGroup(new NodeGroup(nodes, options));
}

/** The same of a group that may have been tried before. */
export async function openGroup(group: NodeGroup): Promise<SeveralNodes> {
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
