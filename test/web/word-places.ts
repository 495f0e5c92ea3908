/** Where the pages' sources hold words for people, and which of these are in no table. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { parse } from "vue/compiler-sfc";

const WEB = join(import.meta.dirname, "..", "..", "src", "web");
/** How the languages call themselves, which is the same in every language. */
const NAMES_OF_LANGUAGES = "words/languages.ts";
const CHINESE = /[\u3400-\u9fff\u3000-\u303f\uff01-\uff5e]/;
/** Three words in a row, or two of which the first is a capital's: what isn't one identifier, class or query. */
const ENGLISH = /^[A-Z][a-z']+,? [a-z]|\b[a-z']{2,} [a-z']+ [a-z']{2,}\b/;
const LETTER = /\p{L}/u;
/** What a person hears or sees of an attribute. */
const SHOWN_ATTRIBUTES = new Set(["aria-label", "title", "alt", "placeholder", "label"]);
const LANGUAGES = new Set(["zh", "en", "bo", "ug", "ii"]);
/** What developers read. */
const EXCEPTION = /(?:Error|Fault|Problem)$/;

export interface WordPair {
  readonly place: string;
  /** By language; a text with a value in the middle as {…}. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What the sources hold: whatever is in no table, and the pairs of all tables. */
export interface WordsFound {
  readonly loose: readonly string[];
  readonly pairs: readonly WordPair[];
}

export function findWords(): WordsFound {
  const found = { loose: [] as string[], pairs: [] as WordPair[] };
  for (const file of readdirSync(WEB, { recursive: true, encoding: "utf8" })) {
    const read = (): string => readFileSync(join(WEB, file), "utf8");
    if (file === NAMES_OF_LANGUAGES) continue;
    if (file.endsWith(".vue")) findInComponent(file, read(), found);
    else if (file.endsWith(".ts")) findInCode(file, read(), found);
  }
  return found;
}

interface Finds {
  readonly loose: string[];
  readonly pairs: WordPair[];
}

export function findInComponent(file: string, source: string, found: Finds): void {
  const { descriptor } = parse(source);
  const code = descriptor.scriptSetup ?? descriptor.script;
  if (code) findInCode(file, code.content, found);
  const { ast } = descriptor.template ?? {};
  if (ast) findInTemplate(file, ast as unknown as TemplateNode, found);
}

/** As much of Vue's template AST as is looked at. */
interface TemplateNode {
  readonly type: number;
  readonly loc: { readonly start: { readonly line: number } };
  /** Of an element or attribute its name; a text's content. */
  readonly name?: string;
  readonly content?: string | TemplateNode;
  readonly value?: { readonly content: string };
  readonly exp?: { readonly content: string };
  readonly props?: readonly TemplateNode[];
  readonly children?: readonly TemplateNode[];
}
const [TEXT, INTERPOLATION, ATTRIBUTE, DIRECTIVE] = [2, 5, 6, 7];

function findInTemplate(file: string, node: TemplateNode, found: Finds): void {
  const place = `${file}:${String(node.loc.start.line)}`;
  const text = shownText(node);
  if (LETTER.test(text)) found.loose.push(`${place}: ${text.trim()}`);
  findInCode(place, expressionIn(node), found);
  for (const child of [...(node.props ?? []), ...(node.children ?? [])]) {
    findInTemplate(file, child, found);
  }
}

/** What of a node stands in the page as it is written. */
function shownText({ type, name = "", content, value }: TemplateNode): string {
  if (type === ATTRIBUTE) return SHOWN_ATTRIBUTES.has(name) ? (value?.content ?? "") : "";
  return type === TEXT && typeof content === "string" ? content : "";
}

/** A list's `item in items` is no expression. */
function expressionIn({ type, name, content, exp }: TemplateNode): string {
  if (type === DIRECTIVE && name !== "for") return exp?.content ?? "";
  const isCode = type === INTERPOLATION && typeof content === "object";
  return isCode && typeof content.content === "string" ? content.content : "";
}

export function findInCode(file: string, source: string, found: Finds): void {
  const tree = ts.createSourceFile("words.ts", source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) takePair(file, tree, node, found);
    const text = textOf(node);
    const isWords = text !== null && (CHINESE.test(text) || ENGLISH.test(text));
    if (isWords && !isInTable(node) && !isForDevelopers(node)) {
      found.loose.push(`${placeOf(file, tree, node)}: ${text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

function takePair(
  file: string,
  tree: ts.SourceFile,
  node: ts.ObjectLiteralExpression,
  found: Finds,
): void {
  const texts = new Map<string, string>();
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || !LANGUAGES.has(property.name.getText())) continue;
    const text = wholeText(property.initializer);
    if (text !== null) texts.set(property.name.getText(), text);
  }
  if (texts.size > 0) found.pairs.push({ place: placeOf(file, tree, node), texts });
}

/** Null where it isn't written down. */
function wholeText(node: ts.Expression): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isBinaryExpression(node)) return null;
  const [left, right] = [wholeText(node.left), wholeText(node.right)];
  return left === null || right === null ? null : left + right;
}

function textOf(node: ts.Node): string | null {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
  return isText || ts.isTemplateMiddleOrTemplateTail(node) ? node.text : null;
}

function isInTable(node: ts.Node): boolean {
  const holder = ts.findAncestor(node, ts.isPropertyAssignment);
  return holder !== undefined && LANGUAGES.has(holder.name.getText());
}

function isForDevelopers(node: ts.Node): boolean {
  return (
    ts.findAncestor(node, (one) => {
      if (ts.isImportDeclaration(one) || ts.isLiteralTypeNode(one)) return true;
      if (ts.isCallExpression(one)) return one.expression.kind === ts.SyntaxKind.SuperKeyword;
      return ts.isNewExpression(one) && EXCEPTION.test(one.expression.getText());
    }) !== undefined
  );
}

function placeOf(file: string, tree: ts.SourceFile, node: ts.Node): string {
  return `${file}:${String(tree.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`;
}
