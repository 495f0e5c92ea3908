/** Which column of a table is probably which claim, by what they are called. */
import type { CertificateType, ClaimDefinition } from "../../core/catalogue/certificate-type.ts";
import { ELEMENT_NAMES, isElementName } from "../../core/catalogue/element-names.ts";
import { HOLDER_KEY_COLUMN } from "../../core/catalogue/mapping.ts";

/** `name`: it is called so. `near`: it is called nearly so, which a person should look at. */
export type MatchKind = "name" | "near";

export interface ColumnMatch {
  readonly claim: string;
  readonly column: string;
  readonly kind: MatchKind;
}

interface Candidate extends ColumnMatch {
  /** 0 to 1. */
  readonly likeness: number;
}

/** Less alike than this are two different things: 发证日期 and 颁发日期 are 0.75 alike. */
const LEAST_LIKENESS = 0.6;
/** A column that is as like another claim could be either. */
const CLEARLY_MORE = 0.1;
const BRACKETS = /[(（[【][^)）\]】]*[)）\]】]/g;
const SIGNS = /[^\p{L}\p{N}]/gu;

/** Each claim and each column at most once; the likest first. */
export function matchColumns(type: CertificateType, columns: readonly string[]): ColumnMatch[] {
  const candidates = candidatesOf(type, [...new Set(columns)]);
  const matches: ColumnMatch[] = [];
  for (const candidate of candidates) {
    const { claim, column, kind } = candidate;
    const isTaken = matches.some((match) => match.claim === claim || match.column === column);
    if (isTaken || (kind === "near" && isAmbiguous(candidate, candidates, matches))) continue;
    matches.push({ claim, column, kind });
  }
  return matches;
}

function candidatesOf(type: CertificateType, columns: readonly string[]): Candidate[] {
  const names = namesOf(type);
  const plainColumns = columns.map((column) => ({ column, plain: plain(column) }));
  const all = [...names].flatMap(([claim, known]) => {
    return plainColumns.map(({ column, plain: called }): Candidate => {
      const likeness = Math.max(...known.map((name, i) => rankedLikeness(name, called, i)));
      return { claim, column, likeness, kind: likeness > 1 ? "name" : "near" };
    });
  });
  const named = new Set(all.flatMap(({ kind, column }) => (kind === "name" ? [column] : [])));
  return all
    .filter((candidate) => candidate.kind === "name" || isWorthALook(candidate, named))
    .sort((a, b) => b.likeness - a.likeness);
}

/** A column that is called as a claim is is not another one; and nothing is nearly a key. */
function isWorthALook(
  { claim, column, likeness: value }: Candidate,
  named: ReadonlySet<string>,
): boolean {
  return value >= LEAST_LIKENESS && claim !== HOLDER_KEY_COLUMN && !named.has(column);
}

/** Above 1 for a name, the more the earlier it stands: a type's own names come before common ones. */
function rankedLikeness(name: string, called: string, rank: number): number {
  return name === called ? 2 - rank / 100 : likeness(name, called);
}

function isAmbiguous(
  { claim, column, likeness: best }: Candidate,
  candidates: readonly Candidate[],
  matches: readonly ColumnMatch[],
): boolean {
  return candidates.some((other) => {
    const isRival = (other.claim === claim) !== (other.column === column);
    const isFree = !matches.some((match) => {
      return match.claim === other.claim || match.column === other.column;
    });
    return isRival && isFree && best - other.likeness < CLEARLY_MORE;
  });
}

/** What each claim may be called, its own names first. */
function namesOf(type: CertificateType): ReadonlyMap<string, readonly string[]> {
  const named = type.claims.map((claim) => {
    const elements = [...new Set(elementsOf(type, claim))];
    const common = elements.flatMap((name) => (isElementName(name) ? ELEMENT_NAMES[name] : []));
    const names = [claim.name, claim.zh, claim.en, ...elements, ...common].map(plain);
    return [claim.name, [...new Set(names)]] as const;
  });
  return new Map([...named, [HOLDER_KEY_COLUMN, [plain(HOLDER_KEY_COLUMN), "持证人密钥指纹"]]]);
}

/** The element that a claim says it is, or that its place in the type makes it. */
function elementsOf(type: CertificateType, { name, sourceName }: ClaimDefinition): string[] {
  const { numberClaim, validity } = type;
  const elements = sourceName === undefined ? [] : [sourceName];
  if (name === numberClaim) elements.push("ZZBH");
  if (name === validity.from && validity.kind === "until") elements.push("ZZYXQQSRQ");
  if (validity.kind === "until" && name === validity.until) elements.push("ZZYXQJZRQ");
  return elements;
}

/** `Holder_Name`, `身份证号（18位）` → `holdername`, `身份证号` */
function plain(name: string): string {
  const text = name.normalize("NFKC").toLowerCase();
  return text.replace(BRACKETS, "").replace(SIGNS, "") || text;
}

/** Twice the characters that both have in the same order, by the characters of both: 0 to 1. */
export function likeness(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  if (left.length + right.length === 0) return 0;
  let row = new Array<number>(right.length + 1).fill(0);
  for (const character of left) {
    const above = row;
    row = [0];
    right.forEach((other, j) => {
      const diagonal = (above[j] ?? 0) + 1;
      row.push(character === other ? diagonal : Math.max(above[j + 1] ?? 0, row[j] ?? 0));
    });
  }
  return (2 * (row.at(-1) ?? 0)) / (left.length + right.length);
}
