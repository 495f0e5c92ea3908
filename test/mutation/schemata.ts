/**
 * Mutant schemata (Untch, Offutt, Harrold 1993): one copy of the sources that holds all mutants, of
 * which the tests choose one when they run, so that a thousand mutants are compiled once.
 */
import { createHash } from "node:crypto";
import type { Place } from "./mutants.ts";
import { cut } from "./operators.ts";
import type { Node, Span } from "./syntax.ts";
import { childOf, childrenOf, nodesIn, spanFrom, spanOf, wordOf } from "./syntax.ts";

/** Sources as strings of one character a byte. */
export type ByteSources = ReadonlyMap<string, string>;

export type Declarations = ReadonlyMap<number, Node>;

interface Edit {
  readonly span: Span;
  readonly text: string;
}

export const HOOKS_FILE = "mutation/Hooks.sol";
/** Chosen instead of a mutant: nothing changes, and every place that is reached is told. */
export const REACH = 0xffffffffn;
/** Hardhat's node hears calls to this address, as its coverage report does. */
const EAR = "0xc0bEc0BEc0BeC0bEC0beC0bEC0bEC0beC0beC0BE";
/**
 * The test runner runs a failed test again, a hundred times more slowly, to say where it failed; but not
 * when it has asked for the time of day, since it may then fail elsewhere. So a mutant asks for it.
 */
const CHEATCODES = "0x7109709ECfa91a80626fF3989D68f67F5b1DD12D";
const UNIX_TIME = "625387dc";

/**
 * The chosen mutant is the block's beneficiary, which the test runner sets. A pure function may not
 * read it, so the function that does is called through a pointer that says it is pure.
 */
export const HOOKS = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

function isMutant__(uint256 number) pure returns (bool) {
    return areMutants__(number, number);
}

function areMutants__(uint256 first, uint256 last) pure returns (bool) {
    function(uint256, uint256) view returns (bool) impure = readMutant__;
    function(uint256, uint256) pure returns (bool) read;
    assembly ("memory-safe") {
        read := impure
    }
    return read(first, last);
}

function readMutant__(uint256 first, uint256 last) view returns (bool) {
    uint256 chosen = uint160(address(block.coinbase));
    if (chosen == ${String(REACH)}) {
        assembly ("memory-safe") {
            mstore(0, first)
            pop(staticcall(gas(), ${EAR}, 0, 32, 0, 0))
        }
    }
    if (chosen < first || chosen > last) return false;
    (bool isHeard, ) = ${CHEATCODES}.staticcall(hex"${UNIX_TIME}");
    return isHeard || true;
}

function create__(address code, bytes memory arguments) returns (address created) {
    assembly ("memory-safe") {
        let start := mload(0x40)
        let size := extcodesize(code)
        extcodecopy(code, start, 0, size)
        mcopy(add(start, size), add(arguments, 32), mload(arguments))
        created := create(0, start, add(size, mload(arguments)))
        if iszero(created) {
            returndatacopy(start, 0, returndatasize())
            revert(start, returndatasize())
        }
    }
}
`;
const IMPORT = `\nimport {isMutant__, areMutants__, create__} from "${HOOKS_FILE}";\n`;

/** The sources with all mutants in them, and with contracts created from code kept elsewhere. */
export function withMutants(
  sources: ByteSources,
  trees: ReadonlyMap<string, Node>,
  places: readonly Place[],
): ByteSources {
  const declarations = declarationsIn(trees);
  const edits = new Map<string, Edit[]>([...sources.keys()].map((file) => [file, []]));
  const add = (file: string, edit: Edit): void => void edits.get(file)?.push(edit);
  for (const place of places) {
    const source = sources.get(place.file) ?? "";
    if (place.shape !== "modifier") add(place.file, editOf(place, source));
  }
  for (const [file, tree] of trees) {
    for (const edit of shelvingIn(tree, sources.get(file) ?? "", declarations)) add(file, edit);
  }
  const versions = places.filter(({ shape }) => shape === "modifier");
  const written = versions.flatMap((place) => versionOf(place, sources, declarations, edits));
  for (const { file, edit } of written) add(file, edit);
  return new Map(
    [...sources].map(([file, source]) => {
      const list = edits.get(file) ?? [];
      const text = edited(source, { start: 0, end: source.length }, list);
      return [file, list.length === 0 ? text : text + IMPORT];
    }),
  );
}

/** Where the tests find a contract's creation code: as code of this address. */
export function shelfOf(source: string, contract: string): string {
  return `0x${createHash("sha256").update(`${source}:${contract}`).digest("hex").slice(0, 40)}`;
}

export function declarationsIn(trees: ReadonlyMap<string, Node>): Declarations {
  const nodes = [...trees.values()].flatMap((tree) => [...nodesIn(tree)]);
  return new Map(nodes.map((node) => [node.id, node]));
}

function editOf({ shape, node, mutants }: Place, source: string): Edit {
  const span = spanOf(node);
  const copies = mutants.map(({ number, text }) => [number, text] as const);
  if (shape === "expression") return { span, text: chosenExpression(cut(source, span), copies) };
  // The semicolon is the statement's, but not in its node's text.
  const whole = { start: span.start, end: source.indexOf(";", span.end) + 1 };
  if (shape === "statement")
    return { span: whole, text: chosenStatement(cut(source, span), copies) };
  return { span: whole, text: chosenDeclaration(node, source, copies) };
}

type Copies = readonly (readonly [number: number, text: string])[];

function chosenExpression(original: string, copies: Copies): string {
  const rest = copies.slice(0, -1).reduceRight(
    (others, [number, text]) => {
      return `(isMutant__(${String(number)}) ? (/*${String(number)}*/ ${text}) : ${others})`;
    },
    copies
      .slice(-1)
      .map(([number, text]) => `(/*${String(number)}*/ ${text})`)
      .join(""),
  );
  return `(!${isAnyOf(copies)} ? (/*0*/ ${original}) : ${rest})`;
}

/** The last copy needs no question: whoever comes so far has chosen one of them. */
function chosenStatement(original: string, copies: Copies): string {
  const others = copies.map(([number, text], place) => {
    const question = place < copies.length - 1 ? `if (isMutant__(${String(number)})) ` : "";
    const isWhole = text.trim() === "" || text.startsWith("{");
    return `${question}{ /*${String(number)}*/ ${text}${isWhole ? "" : ";"} }`;
  });
  return `{ if (!${isAnyOf(copies)}) { /*0*/ ${original}; } else ${others.join(" else ")} }`;
}

function isAnyOf(copies: Copies): string {
  const numbers = copies.map(([number]) => number);
  return `areMutants__(${String(Math.min(...numbers))}, ${String(Math.max(...numbers))})`;
}

/** `T a = b` becomes `T a;` and an assignment that can be chosen. */
function chosenDeclaration(node: Node, source: string, copies: Copies): string {
  const { start, end } = spanOf(node);
  const value = childOf(node, "initialValue");
  const before = source.slice(start, value === undefined ? end : spanOf(value).start);
  const variables = childrenOf(node, "declarations");
  const left = before.startsWith("(") ? namesIn(before, variables, start) : only(variables);
  const assigned = (text: string): string => `${left} = ${text.slice(before.length)}`;
  const declared = variables.map((variable) => `${cut(source, spanOf(variable))};`).join(" ");
  const assignments = copies.map(([number, text]) => [number, assigned(text)] as const);
  return `${declared} ${chosenStatement(assigned(source.slice(start, end)), assignments)}`;
}

function only(variables: readonly Node[]): string {
  return variables.map((variable) => wordOf(variable, "name")).join();
}

/** `(uint256 a, , bool b) = ` without its types: `(a, , b)`. */
function namesIn(before: string, variables: readonly Node[], start: number): string {
  const list = variables.map((variable) => ({
    span: { start: spanOf(variable).start - start, end: spanOf(variable).end - start },
    text: wordOf(variable, "name"),
  }));
  return edited(before, { start: 0, end: before.length }, list).replace(/\s*=\s*$/, "");
}

/** A version of the modifier for this one use of it, which a mutant leaves out. */
function versionOf(
  { file, node, mutants }: Place,
  sources: ByteSources,
  declarations: Declarations,
  edits: ReadonlyMap<string, readonly Edit[]>,
): readonly { readonly file: string; readonly edit: Edit }[] {
  const used = childOf(node, "modifierName");
  const modifier = used && declarations.get(Number(used["referencedDeclaration"]));
  if (used === undefined || modifier === undefined) return [];
  const body = childOf(modifier, "body");
  const home = fileOf(modifier, declarations);
  if (body === undefined || home === undefined) return [];
  const source = sources.get(home) ?? "";
  const number = String(mutants[0]?.number);
  const name = `${wordOf(modifier, "name")}__${number}`;
  const { start, end } = spanOf(modifier);
  const place = spanFrom(wordOf(modifier, "nameLocation"));
  const header =
    source.slice(start, place.start) + name + source.slice(place.end, spanOf(body).start);
  const whole = edited(source, spanOf(body), edits.get(home) ?? []);
  const text = `\n${header}{ if (isMutant__(${number})) { /*${number}*/ _; } else ${whole} }`;
  return [
    { file: home, edit: { span: { start: end, end }, text } },
    { file, edit: { span: spanOf(used), text: name } },
  ];
}

function fileOf(node: Node, declarations: Declarations): string | undefined {
  const [, , index] = node.src.split(":");
  const units = [...declarations.values()].filter(({ nodeType }) => nodeType === "SourceUnit");
  const home = units.find((unit) => unit.src.split(":")[2] === index);
  return home && wordOf(home, "absolutePath");
}

/**
 * `new C(a)` puts the whole of C into whoever creates it, and into every test that does: most of what
 * there would be to compile. The code is laid on a shelf instead, an address, and created from there.
 */
function shelvingIn(tree: Node, source: string, declarations: Declarations): readonly Edit[] {
  return creationsIn(tree, declarations).map(({ call, type, file, contract }) => {
    const list = childrenOf(call, "arguments").map((argument) => cut(source, spanOf(argument)));
    const words = list.length === 0 ? '""' : `abi.encode(${list.join(", ")})`;
    const code = `address(uint160(${BigInt(shelfOf(file, contract)).toString()}))`;
    const text = `${cut(source, spanOf(type))}(create__(${code}, ${words}))`;
    return { span: spanOf(call), text };
  });
}

/** The files of the contracts that are created anywhere. */
export function createdIn(trees: ReadonlyMap<string, Node>): ReadonlySet<string> {
  const declarations = declarationsIn(trees);
  const creations = [...trees.values()].flatMap((tree) => creationsIn(tree, declarations));
  return new Set(creations.map(({ file }) => file));
}

interface Creation {
  readonly call: Node;
  readonly type: Node;
  readonly file: string;
  readonly contract: string;
}

function creationsIn(tree: Node, declarations: Declarations): readonly Creation[] {
  return [...nodesIn(tree)].flatMap((call) => {
    const made = call.nodeType === "FunctionCall" ? childOf(call, "expression") : undefined;
    const type = made?.nodeType === "NewExpression" ? childOf(made, "typeName") : undefined;
    const contract = declarations.get(Number(type?.["referencedDeclaration"]));
    const unit = declarations.get(Number(contract?.["scope"]));
    if (contract?.nodeType !== "ContractDefinition" || type === undefined || !unit) return [];
    return [{ call, type, file: wordOf(unit, "absolutePath"), contract: wordOf(contract, "name") }];
  });
}

function edited(source: string, { start, end }: Span, edits: readonly Edit[]): string {
  const inside = edits
    .filter(({ span }) => span.start >= start && span.end <= end)
    .sort((a, b) => a.span.start - b.span.start);
  let text = "";
  let place = start;
  for (const { span, text: replacement } of inside) {
    text += source.slice(place, span.start) + replacement;
    place = span.end;
  }
  return text + source.slice(place, end);
}
