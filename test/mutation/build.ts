/** From the project's Solidity sources to compiled tests that hold every mutant. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CompiledContract, CompilerError, Sources } from "./compiler.ts";
import { analyse, check, compile } from "./compiler.ts";
import type { Mutant, Place } from "./mutants.ts";
import { mutantsOf } from "./mutants.ts";
import { HOOKS, HOOKS_FILE, createdIn, declarationsIn, withMutants } from "./schemata.ts";
import type { Node } from "./syntax.ts";
import { fromBytes, toBytes } from "./syntax.ts";

export interface Build {
  readonly places: readonly Place[];
  /** Changes that are no Solidity, such as an index outside its array: nobody could deploy them. */
  readonly impossible: readonly Mutant[];
  readonly contracts: readonly CompiledContract[];
}

/** Every source under `contracts/`, tests too, by its path from the root. */
export function readSources(root: string): Sources {
  const paths = readdirSync(join(root, "contracts"), { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => path.endsWith(".sol")).map((path) => `contracts/${path}`);
  return new Map(files.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** Mutants are made of what is deployed: no tests, no interfaces, no libraries of others. */
export function isMutated(path: string): boolean {
  return /^contracts\/[^/]+\.sol$/.test(path) && !path.endsWith(".t.sol");
}

/**
 * @param choose which mutants to make; all of them, if not given
 * @throws Error when the sources, or their tests, do not compile
 */
export function build(
  sources: Sources,
  choose: (mutants: readonly Mutant[]) => readonly Mutant[] = (mutants) => mutants,
): Build {
  const { trees, sources: all, errors } = analyse(sources);
  if (errors[0] !== undefined) throw new Error(errors[0].message);
  const bytes = new Map([...all].map(([path, text]) => [path, toBytes(text)]));
  const files = [...sources.keys()].filter(isMutated);
  const every = mutantsOf(trees, bytes, files, declarationsIn(trees));
  const chosen = numbersOf(choose(every.flatMap(mutantsAtPlace)));
  let places = having(every, ({ number }) => chosen.has(number));
  const impossible: Mutant[] = [];
  for (;;) {
    const mutated = texts(withMutants(bytes, trees, places));
    const bad = mutantsAt(check(mutated), mutated);
    if (bad.size === 0) return { places, impossible, contracts: compileAll(mutated, trees) };
    impossible.push(...having(places, ({ number }) => bad.has(number)).flatMap(mutantsAtPlace));
    places = having(places, ({ number }) => !bad.has(number));
  }
}

function mutantsAtPlace({ mutants }: Place): readonly Mutant[] {
  return mutants;
}

function numbersOf(mutants: readonly Mutant[]): ReadonlySet<number> {
  return new Set(mutants.map(({ number }) => number));
}

/** The places of those mutants. */
function having(places: readonly Place[], is: (mutant: Mutant) => boolean): readonly Place[] {
  return places
    .map((place) => ({ ...place, mutants: place.mutants.filter(is) }))
    .filter(({ mutants }) => mutants.length > 0);
}

function compileAll(sources: Sources, trees: ReadonlyMap<string, Node>) {
  const created = createdIn(trees);
  const isNeeded = (path: string): boolean =>
    path.endsWith(".t.sol") || isMutated(path) || created.has(path);
  return compile(sources, [...sources.keys()].filter(isNeeded));
}

function texts(bytes: ReadonlyMap<string, string>): Sources {
  return new Map([
    ...[...bytes].map(([path, source]) => [path, fromBytes(source)] as const),
    [HOOKS_FILE, HOOKS] as const,
  ]);
}

/** Each mutant's text begins with its number in a comment, the original's with 0. */
function mutantsAt(errors: readonly CompilerError[], sources: Sources): ReadonlySet<number> {
  return new Set(
    errors.map(({ message, place }) => {
      const before = toBytes(sources.get(place?.file ?? "") ?? "").slice(0, place?.start);
      const number = Number([...before.matchAll(/\/\*(\d+)\*\//g)].at(-1)?.[1] ?? 0);
      if (place === undefined || number === 0) throw new Error(message);
      return number;
    }),
  );
}
