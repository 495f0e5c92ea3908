/** Our rate beside the peers' that wrap documents into batches of their own. */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { median } from "./compare.ts";
import { CORES } from "./measured-process.ts";
import { against, times } from "./report.ts";
import type { Row } from "./report.ts";

const WRAP_DOCUMENTS = join(import.meta.dirname, "wrap-documents.ts");
export const PEERS: readonly string[] = ["OpenAttestation", "TradeTrust"];
const LEAST_TIMES = 60;

/** For one certificate, round by round. */
export interface OurSeconds {
  /** From a table to an anchored batch, on two cores. */
  readonly ours: readonly number[];
  /** The same in CPU seconds. */
  readonly cpu: readonly number[];
  /** CPU seconds of what has to be: values encoded, salts, claims, leaves, trees. */
  readonly hashing: readonly number[];
}

/** The peers' CPU seconds for one document, round by round. */
export class WrapContest {
  readonly #claims: string;
  readonly #documents: number;
  readonly #peers: readonly string[];
  readonly #seconds = new Map<string, number[]>();

  constructor(claimsFile: string, documents: number, peers: readonly string[]) {
    this.#claims = claimsFile;
    this.#peers = peers;
    this.#documents = documents;
  }

  round(): void {
    for (const name of this.#peers) {
      const args = [WRAP_DOCUMENTS, name, String(this.#documents), this.#claims];
      const printed = execFileSync(process.execPath, args, { encoding: "utf8" });
      const { seconds } = JSON.parse(printed) as { readonly seconds: number };
      this.#seconds.set(name, [...(this.#seconds.get(name) ?? []), seconds / this.#documents]);
    }
  }

  /**
   * The peers work on one core, and nobody wraps a batch on two: ours on two cores is set against theirs on
   * one, as their users would find it; and for one core beside it.
   * Their work alone, salts and hashes and the tree of what lies in memory, is the last row: core against core.
   */
  rows({ ours, cpu, hashing }: OurSeconds, isJudged: boolean): Row[] {
    return this.#peers.flatMap((name) => {
      const theirs = this.#seconds.get(name) ?? [];
      const ratio = (own: readonly number[]): number => {
        return median(theirs.map((seconds, i) => seconds / (own[i] ?? Number.NaN)));
      };
      const wrapDocuments = `${name}, wrapDocuments of ${this.#documents.toLocaleString("en")}`;
      const peer = against(wrapDocuments, 1 / median(theirs));
      return [
        {
          name: `certificates issued, on ${String(CORES)} cores`,
          value: 1 / median(ours),
          unit: "a second",
          against: peer,
          ...times(ratio(ours), isJudged ? LEAST_TIMES : null),
        },
        {
          name: "certificates issued, for each core",
          value: 1 / median(cpu),
          unit: "a CPU second",
          against: peer,
          ...times(ratio(cpu), null),
        },
        {
          name: "their work alone: documents salted, hashed, in a tree, for each core",
          value: 1 / median(hashing),
          unit: "a CPU second",
          against: peer,
          ...times(ratio(hashing), null),
        },
      ];
    });
  }
}

/** @returns the file the peers read claims from */
export async function writeClaims(folder: string, claims: readonly unknown[]): Promise<string> {
  const file = join(folder, "claims.json");
  await writeFile(file, JSON.stringify(claims));
  return file;
}
