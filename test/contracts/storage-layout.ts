/** Where each contract keeps its variables, as the compiler lays them out. */
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const ROOT = join(import.meta.dirname, "..", "..");

/** Not in snapshots/, where Hardhat takes every file for gas figures. */
export const LAYOUT_FILE = join(import.meta.dirname, "storage-layout.json");

/** Contract → one line for each variable, and for each member of a struct that it holds. */
export type StorageLayout = Readonly<Record<string, readonly string[]>>;

interface Variable {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

interface VariableType {
  readonly label: string;
  readonly members?: readonly Variable[];
}

interface ContractLayout {
  readonly storage: readonly Variable[];
  readonly types: Readonly<Record<string, VariableType>> | null;
}

/** Of every contract in `contracts/` that keeps anything. */
export function storageLayout(): StorageLayout {
  const files = readdirSync(join(ROOT, "contracts")).filter(
    (file) => file.endsWith(".sol") && !file.endsWith(".t.sol"),
  );
  const contracts = compile(files.map((file) => `contracts/${file}`));
  const layouts = Object.values(contracts).flatMap((ofFile) => Object.entries(ofFile));
  return Object.fromEntries(
    layouts
      .filter(([, { storageLayout: layout }]) => layout.storage.length > 0)
      .map(([name, { storageLayout: layout }]) => [name, linesOf(layout)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function linesOf({ storage, types }: ContractLayout): readonly string[] {
  const structs = Object.values(types ?? {}).filter(({ members }) => members !== undefined);
  const line = (owner: string, { label, slot, offset, type }: Variable): string => {
    const place = offset === 0 ? `slot ${slot}` : `slot ${slot}, byte ${String(offset)}`;
    return `${owner}${label}: ${types?.[type]?.label ?? type} at ${place}`;
  };
  return [
    ...storage.map((variable) => line("", variable)),
    ...structs.flatMap(({ label, members = [] }) =>
      members.map((member) => line(`${label}.`, member)),
    ),
  ];
}

function compile(files: readonly string[]) {
  const solc = require("solc");
  const content = (path: string): string => readFileSync(join(ROOT, path), "utf8");
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(files.map((file) => [file, { content: content(file) }])),
    settings: {
      outputSelection: Object.fromEntries(files.map((file) => [file, { "*": ["storageLayout"] }])),
    },
  };
  const find = (path: string) => ({
    contents: path.startsWith("contracts/")
      ? content(path)
      : readFileSync(require.resolve(path), "utf8"),
  });
  const { errors = [], contracts } = JSON.parse(
    solc.compile(JSON.stringify(input), { import: find }),
  );
  const error = errors.find(({ severity }: { severity: string }) => severity === "error");
  if (error !== undefined) throw new Error(error.formattedMessage);
  return contracts as Readonly<
    Record<string, Readonly<Record<string, { readonly storageLayout: ContractLayout }>>>
  >;
}
