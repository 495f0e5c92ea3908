/**
 * How a batch tree is kept so that it grows only at its end, however large the batch: the trees over each
 * chunk of leaves, one after another, then the tree over the chunks' roots. Each is written as the core
 * writes it, leaves first and root last; a batch of one chunk is that chunk's tree and nothing else.
 *
 * It is one and the same batch tree: a full chunk has 2^k leaves, so its root is a node of level k, and in
 * the last chunk an odd last node moves up as it does in the whole.
 */
import { HASH_BYTES } from "../../core/batch/tree.ts";
import { CHUNK_LEAVES } from "../../ports/agency-store.ts";
import { levelsOf } from "./flat-tree.ts";
import type { Level } from "./flat-tree.ts";

export { CHUNK_LEAVES };

/** The whole tree's length in bytes. */
export function treeBytes(size: number): number {
  const chunks = chunkCount(size);
  return (topStart(size) + (chunks > 1 ? nodeCount(chunks) : 0)) * HASH_BYTES;
}

/** @throws RangeError where the batch has no such leaf */
export function leafPosition(size: number, index: number): number {
  requireIndex(size, index);
  return (chunkStart(index) + (index % CHUNK_LEAVES)) * HASH_BYTES;
}

/**
 * Where the siblings of a leaf's path lie, from the leaf up.
 * @throws RangeError where the batch has no such leaf
 */
export function pathPositions(size: number, index: number): number[] {
  requireIndex(size, index);
  const chunk = Math.floor(index / CHUNK_LEAVES);
  const chunkSize = Math.min(CHUNK_LEAVES, size - chunk * CHUNK_LEAVES);
  const nodes = [
    ...siblings(chunkSize, index % CHUNK_LEAVES, chunkStart(index)),
    ...siblings(chunkCount(size), chunk, topStart(size)),
  ];
  return nodes.map((node) => node * HASH_BYTES);
}

function siblings(size: number, index: number, start: number): number[] {
  const at = levelsOf(size).map((level, i) => siblingIn(level, Math.floor(index / 2 ** i)));
  return at.filter((node) => node !== null).map((node) => start + node);
}

/** Null where the node is its level's odd last one. */
function siblingIn({ first, count }: Level, place: number): number | null {
  const sibling = place % 2 === 0 ? place + 1 : place - 1;
  return sibling < count ? first + sibling : null;
}

function requireIndex(size: number, index: number): void {
  if (index < 0 || index >= size) throw new RangeError(`no leaf ${String(index)}`);
}

function chunkCount(size: number): number {
  return Math.ceil(size / CHUNK_LEAVES);
}

/** The first node of the chunk that a leaf is in. */
function chunkStart(index: number): number {
  return Math.floor(index / CHUNK_LEAVES) * nodeCount(CHUNK_LEAVES);
}

/** The first node after all chunks. */
function topStart(size: number): number {
  const chunks = chunkCount(size);
  const last = size - (chunks - 1) * CHUNK_LEAVES;
  return (chunks - 1) * nodeCount(CHUNK_LEAVES) + nodeCount(last);
}

/** Of a tree over that many leaves. */
function nodeCount(leaves: number): number {
  return (levelsOf(leaves).at(-1) as Level).first + 1;
}
