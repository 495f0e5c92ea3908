/** Where mutants can be, and every mutant there is. */
import type { Context, Rewrite } from "./operators.ts";
import { cut, negationOf, rewritesWithin } from "./operators.ts";
import type { Node, Span } from "./syntax.ts";
import { childOf, childrenOf, fromBytes, spanOf, typeOf, wordOf } from "./syntax.ts";

/**
 * How the copies of a place stand beside each other: a statement and an expression as alternatives, a
 * declaration with its assignment apart, a modifier in a version that can be left out.
 */
export type Shape = "statement" | "expression" | "declaration" | "modifier";

export interface Mutant {
  /** From 1, in the order of the sources. */
  readonly number: number;
  /** Says all a reader needs to find it again: place, operator, change, statement. */
  readonly name: string;
  readonly contract: string;
  readonly operator: string;
  readonly line: number;
  /** What stands in its place's stead. */
  readonly text: string;
}

export interface Place {
  readonly file: string;
  readonly shape: Shape;
  readonly node: Node;
  readonly mutants: readonly Mutant[];
}

/** A place before its mutants have names and numbers. */
interface Draft {
  readonly shape: Shape;
  readonly node: Node;
  readonly rewrites: readonly Rewrite[];
}

/** The mutants of some files, numbered through. */
export function mutantsOf(
  trees: ReadonlyMap<string, Node>,
  sources: ReadonlyMap<string, string>,
  files: readonly string[],
  declarations: ReadonlyMap<number, Node>,
): readonly Place[] {
  const places: Place[] = [];
  const names = new Map<string, number>();
  let number = 0;
  for (const file of files) {
    const context = { source: sources.get(file) ?? "", declarations };
    for (const { owner, where, draft } of draftsOf(trees.get(file), context)) {
      const mutants = unique(draft, context).map((rewrite) => {
        const plain = nameOf(where, draft, rewrite, context);
        const twin = (names.get(plain) ?? 0) + 1;
        names.set(plain, twin);
        number += 1;
        return {
          number,
          name: twin === 1 ? plain : `${plain} #${String(twin)}`,
          contract: owner,
          operator: rewrite.operator,
          line: context.source.slice(0, rewrite.span.start).split("\n").length,
          text: rewritten(spanOf(draft.node), rewrite, context.source),
        };
      });
      if (mutants.length > 0) places.push({ file, shape: draft.shape, node: draft.node, mutants });
    }
  }
  return places;
}

function* draftsOf(tree: Node | undefined, context: Context) {
  for (const top of tree === undefined ? [] : childrenOf(tree, "nodes")) {
    const members = top.nodeType === "ContractDefinition" ? childrenOf(top, "nodes") : [top];
    for (const member of members) {
      const owner = wordOf(top, "name");
      const name = wordOf(member, "name") || wordOf(member, "kind");
      const where = top === member ? name : `${owner}.${name}`;
      for (const draft of draftsOfMember(member, context)) yield { owner, where, draft };
    }
  }
}

function draftsOfMember(member: Node, context: Context): readonly Draft[] {
  const body = childOf(member, "body");
  if (body === undefined) return [];
  const modifiers = childrenOf(member, "modifiers").filter(
    (invocation) => wordOf(invocation, "kind") === "modifierInvocation",
  );
  return [
    ...modifiers.map((node) => draft("modifier", node, [removal(node)])),
    ...draftsOfStatement(body, context, member),
  ];
}

function draftsOfStatement(node: Node, context: Context, member: Node): readonly Draft[] {
  const inner = (field: string): readonly Draft[] =>
    [childOf(node, field), ...childrenOf(node, field)]
      .filter((child) => child !== undefined)
      .flatMap((child) => draftsOfStatement(child, context, member));
  switch (node.nodeType) {
    case "Block":
    case "UncheckedBlock":
      return inner("statements");
    case "IfStatement":
      return [...conditionOf(node, context), ...inner("trueBody"), ...inner("falseBody")];
    case "ForStatement":
      return [...stepsOf(node, context), ...conditionOf(node, context), ...inner("body")];
    case "WhileStatement":
    case "DoWhileStatement":
      return [...conditionOf(node, context), ...inner("body")];
    case "TryStatement":
      return childrenOf(node, "clauses").flatMap((clause) => {
        const block = childOf(clause, "block");
        return block === undefined ? [] : draftsOfStatement(block, context, member);
      });
    default:
      return draftsOfSimple(node, context, member);
  }
}

/** `if (!a) revert B();` without the guard is `if (false) revert B();`. */
function conditionOf(node: Node, context: Context): readonly Draft[] {
  const condition = childOf(node, "condition");
  if (condition === undefined) return [];
  const fixed = (text: string): Rewrite => ({ operator: "guard", span: spanOf(condition), text });
  const isBranch = node.nodeType === "IfStatement" && !isExit(childOf(node, "trueBody"));
  return [
    draft("expression", condition, [
      fixed("false"),
      ...(isBranch ? [fixed("true")] : []),
      ...negationOf(condition, context),
      ...rewritesWithin(condition, context),
    ]),
  ];
}

function isExit(body: Node | undefined): boolean {
  if (body === undefined) return false;
  const last = body.nodeType === "Block" ? childrenOf(body, "statements").at(-1) : body;
  return last?.nodeType === "RevertStatement" || last?.nodeType === "Return";
}

/** The start and the step of a loop. */
function stepsOf(node: Node, context: Context): readonly Draft[] {
  const start = childOf(node, "initializationExpression");
  const step = childOf(node, "loopExpression");
  return [start && childOf(start, "initialValue"), step && childOf(step, "expression")]
    .filter((expression) => expression !== undefined)
    .map((expression) => draft("expression", expression, rewritesWithin(expression, context)));
}

function draftsOfSimple(node: Node, context: Context, member: Node): readonly Draft[] {
  switch (node.nodeType) {
    case "ExpressionStatement":
    case "EmitStatement":
      return [draft("statement", node, [removal(node), ...rewritesWithin(node, context)])];
    case "RevertStatement":
      return [draft("statement", node, rewritesWithin(node, context))];
    case "Return":
      return [draft("statement", node, [...otherResults(node, context, member)])];
    case "VariableDeclarationStatement": {
      const value = childOf(node, "initialValue");
      return value === undefined
        ? []
        : [draft("declaration", node, rewritesWithin(value, context))];
    }
    default:
      return [];
  }
}

function otherResults(node: Node, context: Context, member: Node): readonly Rewrite[] {
  const result = childOf(node, "expression");
  if (result === undefined) return [];
  const rewrites = rewritesWithin(result, context);
  if (typeOf(result) === "bool") return [...negationOf(result, context), ...rewrites];
  const list = childOf(member, "returnParameters");
  const [parameter, second] = list === undefined ? [] : childrenOf(list, "parameters");
  if (parameter === undefined || second !== undefined) return rewrites;
  const text = emptyResult(typeOf(parameter));
  return [{ operator: "result", span: spanOf(node), text }, ...rewrites];
}

/** Nothing, in any type: what a variable holds before anything is assigned to it. */
function emptyResult(type: string): string {
  const [, plain = type] = /^(?:struct|enum|contract) (\S+)/.exec(type) ?? [];
  const isPointer = /^struct|\[\]|^string|^bytes(?!\d)/.test(type);
  return `{ ${plain}${isPointer ? " memory" : ""} nothing; return nothing; }`;
}

function removal(node: Node): Rewrite {
  const operator = node.nodeType === "ModifierInvocation" ? "modifier" : "removal";
  return { operator, span: spanOf(node), text: "" };
}

function draft(shape: Shape, node: Node, rewrites: readonly Rewrite[]): Draft {
  return { shape, node, rewrites };
}

/** Two operators may make the same mistake; a swap of equals makes none. */
function unique({ node, rewrites }: Draft, { source }: Context): readonly Rewrite[] {
  const span = spanOf(node);
  const seen = new Set([squeeze(cut(source, span))]);
  return rewrites.filter((rewrite) => {
    const text = squeeze(rewritten(span, rewrite, source));
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function rewritten(whole: Span, { span, text }: Rewrite, source: string): string {
  return source.slice(whole.start, span.start) + text + source.slice(span.end, whole.end);
}

function nameOf(where: string, { node }: Draft, rewrite: Rewrite, { source }: Context): string {
  const { operator, span, text } = rewrite;
  const statement = squeeze(cut(source, spanOf(node)));
  const from = squeeze(cut(source, span));
  const change = text === "" ? "removed" : `→ ${fromBytes(squeeze(text))}`;
  const inside = from === statement ? "" : ` in ${fromBytes(statement)}`;
  return `${where}: ${operator}: ${fromBytes(from)} ${change}${inside}`;
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
