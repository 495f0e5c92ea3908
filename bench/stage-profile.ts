/** Where the time of a process goes, by stages of its work: from the profiles that `node --cpu-prof` leaves. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** As V8 writes it, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** The node that ran, for each sample. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

const OTHER = "other";

/**
 * By the file of the innermost function that one of them fits: what V8, SQLite or a library does counts for
 * whoever asked for it.
 */
const STAGES: readonly (readonly [stage: string, file: RegExp])[] = [
  ["numbers, compared", /\/issue\/number-set|\/agency-store\/number-/],
  ["pages, encrypted", /\/agency-store\/certificate-page/],
  ["store", /\/adapters\/(agency-store|store)\/|\/node_modules\/(kysely|pg)\//],
  [
    "values encoded, salts",
    /\/hashing\/(flat-writer|quick-cbor|flat-certificates)|\/core\/encoding\//,
  ],
  ["hashing: claims, leaves, trees", /\/adapters\/hashing\/|\/core\/(batch|certificate)\//],
  ["reading, decoding, rows", /\/adapters\/sources\//],
  [
    "checks",
    /\/core\/(catalogue|identifiers)\/|\/node_modules\/ajv|\/app\/issue\/(quality|read-|mapping|fault)/,
  ],
  ["chain", /\/adapters\/chain\/|\/core\/ledger\/|\/node_modules\/ethers\//],
  ["between threads", /\/worker-(pool|task)|node:internal\/(worker|per_context\/messageport)/],
  ["starting", /node:internal\/(modules|deps|bootstrap|main|process)/],
];
const GARBAGE = "(garbage collector)";
/** Of the thread, not of the work. */
const IDLE = "(idle)";

/** Threads that are known to have worked so long together. */
export interface Worked {
  readonly profiles: readonly CpuProfile[];
  /** Of CPU time: a profile counts the time that a thread waited for a processor too. */
  readonly cpuSeconds: number;
}

/** CPU seconds by stage, the longest first. */
export function secondsByStage(work: readonly Worked[]): [stage: string, seconds: number][] {
  const all = new Map<string, number>();
  for (const { profiles, cpuSeconds } of work) {
    const spent = spentIn(profiles);
    const whole = [...spent.values()].reduce((sum, time) => sum + time, 0);
    for (const [stage, time] of spent) add(all, stage, (cpuSeconds * time) / whole);
  }
  return [...all].toSorted(([, a], [, b]) => b - a);
}

/** Microseconds by stage, without those in which there was nothing to do. */
function spentIn(profiles: readonly CpuProfile[]): Map<string, number> {
  const spent = new Map<string, number>();
  for (const { nodes, samples, timeDeltas } of profiles) {
    const stages = stagesByNode(nodes);
    samples.forEach((node, i) => {
      add(spent, stages.get(node) ?? OTHER, timeDeltas[i] ?? 0);
    });
  }
  spent.delete(IDLE);
  return spent;
}

function add(sums: Map<string, number>, name: string, more: number): void {
  sums.set(name, (sums.get(name) ?? 0) + more);
}

/** Parents come before their children. */
function stagesByNode(nodes: readonly ProfileNode[]): Map<number, string> {
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  const stages = new Map<number, string>();
  for (const node of nodes) {
    const parent = stages.get(parents.get(node.id) ?? -1) ?? OTHER;
    stages.set(node.id, ownStage(node) ?? parent);
  }
  return stages;
}

function ownStage({ callFrame: { functionName, url } }: ProfileNode): string | null {
  if (functionName === IDLE) return IDLE;
  if (functionName === GARBAGE) return "garbage collection";
  return STAGES.find(([, file]) => file.test(url))?.[0] ?? null;
}

/** @param folder what `--cpu-prof-dir` named: a file for each thread, its number in the name */
export async function readProfiles(
  folder: string,
): Promise<{ readonly main: CpuProfile[]; readonly others: CpuProfile[] }> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".cpuprofile"));
  const isMain = (name: string): boolean => name.split(".")[4] === "0";
  const read = async (name: string): Promise<CpuProfile> => {
    return JSON.parse(await readFile(join(folder, name), "utf8")) as CpuProfile;
  };
  return {
    main: await Promise.all(files.filter(isMain).map(read)),
    others: await Promise.all(files.filter((name) => !isMain(name)).map(read)),
  };
}
