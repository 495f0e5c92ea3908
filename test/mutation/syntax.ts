/** The compiler's syntax tree, as far as it is read here, and places in the source it came from. */

/** A node of the standard-JSON `ast` output; what else it holds depends on `nodeType`. */
export interface Node {
  readonly id: number;
  readonly nodeType: string;
  /** `start:length:file`, in bytes. */
  readonly src: string;
  readonly [field: string]: unknown;
}

/** From `start` until before `end`, in bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function spanOf(node: Node): Span {
  return spanFrom(node.src);
}

export function spanFrom(src: string): Span {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return { start, end: start + length };
}

/**
 * Sources are edited as strings of one character a byte, since the compiler counts bytes and the
 * sources hold Chinese.
 */
export function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

export function childOf(node: Node, field: string): Node | undefined {
  const child = node[field];
  return isNode(child) ? child : undefined;
}

/** The nodes of a list; a list may have gaps, as the components of a tuple have. */
export function childrenOf(node: Node, field: string): readonly Node[] {
  const list = node[field];
  return Array.isArray(list) ? list.filter(isNode) : [];
}

export function wordOf(node: Node, field: string): string {
  const word = node[field];
  return typeof word === "string" ? word : "";
}

/** The type of an expression or a variable in the compiler's words, such as `uint64`. */
export function typeOf(node: Node): string {
  const { typeDescriptions: type } = node as { typeDescriptions?: { typeString?: string | null } };
  return type?.typeString ?? "";
}

/** All nodes in and under a node, each before those under it. */
export function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const field of Object.values(node)) {
    const list: readonly unknown[] = Array.isArray(field) ? field : [field];
    for (const child of list) if (isNode(child)) yield* nodesIn(child);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value;
}
