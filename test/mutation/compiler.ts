/** The npm package solc, asked in its standard JSON. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import "../../hardhat.solc.js";
import type { Node } from "./syntax.ts";

const require = createRequire(import.meta.url);

/** Path → text, UTF-8. */
export type Sources = ReadonlyMap<string, string>;

export interface CompilerError {
  readonly message: string;
  /** Where, in bytes; none where the code generator gives up. */
  readonly place?: { readonly file: string; readonly start: number };
}

export interface Analysis {
  readonly trees: ReadonlyMap<string, Node>;
  /** The sources asked about, and those they import. */
  readonly sources: Sources;
  readonly errors: readonly CompilerError[];
}

export interface CompiledContract {
  readonly source: string;
  readonly name: string;
  readonly abi: readonly { readonly type: string; readonly name?: string }[];
  /** Hexadecimal without 0x; empty for an interface or an abstract contract. */
  readonly creationCode: string;
  readonly deployedCode: string;
}

interface Output {
  readonly errors?: readonly {
    readonly severity: string;
    readonly formattedMessage: string;
    readonly sourceLocation?: { readonly file: string; readonly start: number };
  }[];
  readonly sources?: Readonly<Record<string, { readonly ast: Node }>>;
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, ContractOutput>>>>;
}

interface ContractOutput {
  readonly abi: CompiledContract["abi"];
  readonly evm: {
    readonly bytecode: { readonly object: string };
    readonly deployedBytecode: { readonly object: string };
  };
}

/** From the quickest to the roomiest: in what a quick one makes, a function may not have many variables. */
const GENERATOR_NAMES = ["quick", "tidy", "roomy"] as const;
type Generator = (typeof GENERATOR_NAMES)[number];

/**
 * The old generator takes a tenth of the time, a third with its optimiser. The new one finds room for variables only where functions
 * are put into each other, which is the one optimisation it is asked for.
 */
const GENERATORS: Readonly<Record<Generator, object>> = {
  quick: { viaIR: false, optimizer: { enabled: false } },
  tidy: { viaIR: false, optimizer: { enabled: true, runs: 1 } },
  roomy: {
    viaIR: true,
    optimizer: {
      enabled: true,
      runs: 1,
      details: {
        peephole: false,
        inliner: false,
        jumpdestRemover: false,
        orderLiterals: false,
        deduplicate: false,
        cse: false,
        constantOptimizer: false,
        yul: true,
        yulDetails: { stackAllocation: true, optimizerSteps: "dhfoDiu:" },
      },
    },
  },
};
const CODE = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"];

/** Only checks. */
export function check(sources: Sources): readonly CompilerError[] {
  return errorsOf(ask(sources, { "*": { "*": ["abi"] } }, new Map()));
}

/** Checks, and tells how the compiler understands the sources. */
export function analyse(sources: Sources): Analysis {
  const read = new Map(sources);
  const output = ask(sources, { "*": { "": ["ast"] } }, read);
  const trees = Object.entries(output.sources ?? {}).map(([path, { ast }]) => [path, ast] as const);
  return { trees: new Map(trees), sources: read, errors: errorsOf(output) };
}

/**
 * The code of some files' contracts. A file in which one generator finds no room is left to the
 * next.
 * @throws Error when the sources do not compile
 */
export function compile(
  sources: Sources,
  files: readonly string[],
  generator: Generator = "quick",
): readonly CompiledContract[] {
  if (files.length === 0) return [];
  const selection = Object.fromEntries(files.map((file) => [file, { "*": CODE }]));
  const output = ask(sources, selection, new Map(), GENERATORS[generator]);
  const [error] = errorsOf(output);
  if (error === undefined) return contractsIn(output);
  const roomier = GENERATOR_NAMES[GENERATOR_NAMES.indexOf(generator) + 1];
  if (roomier === undefined) throw new Error(error.message);
  if (files.length === 1) return compile(sources, files, roomier);
  return halves(files, error).flatMap((half) => compile(sources, half));
}

/** The crowded file and the others; or, since it is not always named, two halves. */
function halves(
  files: readonly string[],
  { place }: CompilerError,
): readonly (readonly string[])[] {
  const others = files.filter((file) => file !== place?.file);
  const crowded = files.filter((file) => file === place?.file);
  if (crowded.length > 0) return [others, crowded];
  const middle = files.length >> 1;
  return [files.slice(0, middle), files.slice(middle)];
}

function contractsIn({ contracts = {} }: Output): readonly CompiledContract[] {
  return Object.entries(contracts).flatMap(([source, ofSource]) =>
    Object.entries(ofSource).map(([name, contract]) => contractFrom(source, name, contract)),
  );
}

function contractFrom(source: string, name: string, { abi, evm }: ContractOutput) {
  return {
    source,
    name,
    abi,
    creationCode: evm.bytecode.object,
    deployedCode: evm.deployedBytecode.object,
  };
}

function ask(
  sources: Sources,
  outputSelection: object,
  read: Map<string, string>,
  generator: object = {},
): Output {
  const solc = require("solc");
  const input = {
    language: "Solidity",
    sources: Object.fromEntries([...sources].map(([path, content]) => [path, { content }])),
    settings: { evmVersion: "cancun", ...generator, outputSelection },
  };
  const find = (path: string): { contents: string } => {
    const contents = readFileSync(require.resolve(path), "utf8");
    read.set(path, contents);
    return { contents };
  };
  return JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
}

function errorsOf({ errors = [] }: Output): readonly CompilerError[] {
  return errors
    .filter(({ severity }) => severity === "error")
    .map(({ formattedMessage: message, sourceLocation: place }) => ({
      message,
      ...(place !== undefined && { place }),
    }));
}
