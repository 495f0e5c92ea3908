/** What a mutant changes inside an expression: small mistakes that a programmer could have made. */
import type { Node, Span } from "./syntax.ts";
import { childOf, childrenOf, nodesIn, spanFrom, spanOf, typeOf, wordOf } from "./syntax.ts";

/** One mistake: this text in that place. */
export interface Rewrite {
  readonly operator: string;
  readonly span: Span;
  readonly text: string;
}

export interface Context {
  /** The source, one character a byte. */
  readonly source: string;
  /** Every declaration of every source, by its number. */
  readonly declarations: ReadonlyMap<number, Node>;
}

/** @returns what may stand in the node's place */
type Operator = (node: Node, context: Context) => readonly string[];

const BOUNDARY: Readonly<Record<string, string>> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };
const OPPOSITE: Readonly<Record<string, string>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};
const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "/",
  "**": "*",
};
const BITS: Readonly<Record<string, string>> = {
  "&": "|",
  "|": "&",
  "^": "&",
  "<<": ">>",
  ">>": "<<",
};
const LOGIC: Readonly<Record<string, string>> = { "&&": "||", "||": "&&" };

const OPERATORS: Readonly<Record<string, Operator>> = {
  boundary: (node, context) => otherOperator(node, context, BOUNDARY),
  opposite: (node, context) => [
    ...otherOperator(node, context, OPPOSITE),
    ...withoutPrefix(node, context, "!"),
  ],
  arithmetic: (node, context) => otherOperator(node, context, ARITHMETIC),
  bits: (node, context) => [
    ...otherOperator(node, context, BITS),
    ...withoutPrefix(node, context, "~"),
  ],
  logic: (node, context) => otherOperator(node, context, LOGIC),
  constant: (node, context) => [
    ...otherLiterals(node, context),
    ...besideConstant(node, context),
    ...otherMembers(node, context),
  ],
  step: otherSteps,
  assignment: otherAssignments,
  choice: otherChoice,
};

/** Every mistake that can be made within an expression or a simple statement. */
export function rewritesWithin(root: Node, context: Context): readonly Rewrite[] {
  return [...nodesIn(root)].flatMap((node) => [
    ...Object.entries(OPERATORS).flatMap(([operator, texts]) =>
      texts(node, context).map((text) => ({ operator, span: spanOf(node), text })),
    ),
    ...negatedOperands(node, context),
    ...swappedArguments(node, context),
  ]);
}

/** A truth value turned round, unless an operator above does it already. */
export function negationOf(node: Node, { source }: Context): readonly Rewrite[] {
  const operator = wordOf(node, "operator");
  if (node.nodeType === "Literal" || operator === "!" || operator in OPPOSITE) return [];
  return [{ operator: "opposite", span: spanOf(node), text: `!(${cut(source, spanOf(node))})` }];
}

export function cut(source: string, { start, end }: Span): string {
  return source.slice(start, end);
}

function otherOperator(
  node: Node,
  { source }: Context,
  table: Readonly<Record<string, string>>,
): readonly string[] {
  const other = table[wordOf(node, "operator")];
  const left = childOf(node, "leftExpression");
  const right = childOf(node, "rightExpression");
  if (other === undefined || left === undefined || right === undefined) return [];
  return [`${operand(cut(source, spanOf(left)))} ${other} ${operand(cut(source, spanOf(right)))}`];
}

function operand(text: string): string {
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}

function withoutPrefix(node: Node, { source }: Context, prefix: string): readonly string[] {
  const operand = childOf(node, "subExpression");
  if (operand === undefined || wordOf(node, "operator") !== prefix) return [];
  return [cut(source, spanOf(operand))];
}

function negatedOperands(node: Node, context: Context): readonly Rewrite[] {
  if (!(wordOf(node, "operator") in LOGIC)) return [];
  return [childOf(node, "leftExpression"), childOf(node, "rightExpression")]
    .filter((operand) => operand !== undefined)
    .flatMap((operand) => negationOf(operand, context));
}

function otherLiterals(node: Node, { source }: Context): readonly string[] {
  if (node.nodeType !== "Literal") return [];
  const text = cut(source, spanOf(node));
  if (wordOf(node, "kind") === "bool") return [text === "true" ? "false" : "true"];
  if (wordOf(node, "kind") === "number") return besideNumber(text);
  return wordOf(node, "kind") === "string" ? besideCharacter(wordOf(node, "hexValue")) : [];
}

function besideNumber(text: string): readonly string[] {
  return Number(text.replaceAll("_", "")) === 0 ? [`(${text} + 1)`] : besides(text);
}

function besides(text: string): readonly string[] {
  return [`(${text} + 1)`, `(${text} - 1)`];
}

/** Only for a string of one character, which stands for a byte. */
function besideCharacter(hexadecimal: string): readonly string[] {
  if (hexadecimal.length !== 2) return [];
  const code = Number.parseInt(hexadecimal, 16);
  return [code + 1, code - 1].map((other) => `"\\x${other.toString(16).padStart(2, "0")}"`);
}

/** A named number, used: one more, one less. */
function besideConstant(node: Node, { source, declarations }: Context): readonly string[] {
  const declaration = declarations.get(Number(node["referencedDeclaration"]));
  if (declaration?.nodeType !== "VariableDeclaration" || declaration["constant"] !== true)
    return [];
  if (!/^uint\d+$/.test(typeOf(declaration))) return [];
  const value = childOf(declaration, "value");
  const isZero = value !== undefined && wordOf(value, "value") === "0";
  const text = cut(source, spanOf(node));
  return isZero ? [`(${text} + 1)`] : besides(text);
}

/** A member of an enumeration: the one before and the one after it. */
function otherMembers(node: Node, { source, declarations }: Context): readonly string[] {
  const member = declarations.get(Number(node["referencedDeclaration"]));
  if (node.nodeType !== "MemberAccess" || member?.nodeType !== "EnumValue") return [];
  const enumeration = [...declarations.values()].find((declaration) =>
    childrenOf(declaration, "members").includes(member),
  );
  if (enumeration === undefined) return [];
  const members = childrenOf(enumeration, "members");
  const place = members.indexOf(member);
  const { start } = spanOf(node);
  const before = source.slice(start, spanFrom(wordOf(node, "memberLocation")).start);
  return [members[place - 1], members[place + 1]]
    .filter((other) => other !== undefined)
    .map((other) => before + wordOf(other, "name"));
}

function otherSteps(node: Node, { source }: Context): readonly string[] {
  const operator = wordOf(node, "operator");
  const operand = childOf(node, "subExpression");
  if (operand === undefined || (operator !== "++" && operator !== "--")) return [];
  const text = cut(source, spanOf(operand));
  const other = operator === "++" ? "--" : "++";
  return node["prefix"] === true ? [`${other}${text}`, text] : [`${text}${other}`];
}

function otherAssignments(node: Node, { source }: Context): readonly string[] {
  const operator = wordOf(node, "operator");
  const left = childOf(node, "leftHandSide");
  const right = childOf(node, "rightHandSide");
  if (left === undefined || right === undefined || operator === "=") return [];
  const other = { ...ARITHMETIC, ...BITS }[operator.slice(0, -1)];
  if (other === undefined) return [];
  return [`${cut(source, spanOf(left))} ${other}= ${cut(source, spanOf(right))}`];
}

function otherChoice(node: Node, { source }: Context): readonly string[] {
  const [condition, yes, no] = ["condition", "trueExpression", "falseExpression"].map((field) =>
    childOf(node, field),
  );
  if (condition === undefined || yes === undefined || no === undefined) return [];
  const [test, first, second] = [condition, no, yes].map((part) => cut(source, spanOf(part)));
  return [`(${test ?? ""}) ? (${first ?? ""}) : (${second ?? ""})`];
}

/** Neighbours of one type, the wrong way round; `addmod` and `mulmod` don't mind. */
function swappedArguments(node: Node, { source }: Context): readonly Rewrite[] {
  if (node.nodeType !== "FunctionCall" || wordOf(node, "kind") === "typeConversion") return [];
  if (/^(addmod|mulmod)$/.test(wordOf(childOf(node, "expression") ?? node, "name"))) return [];
  const list = childrenOf(node, "arguments");
  return list.slice(1).flatMap((second, place) => {
    const first = list[place];
    if (first === undefined || typeOf(first) !== typeOf(second)) return [];
    const [a, b] = [spanOf(first), spanOf(second)];
    if (cut(source, a) === cut(source, b)) return [];
    const text = cut(source, b) + source.slice(a.end, b.start) + cut(source, a);
    return [{ operator: "order", span: { start: a.start, end: b.end }, text }];
  });
}
