/** Certificates back from the store: exported and verified as a user does, and cut out of a large batch. */
import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadSettings } from "../src/config.ts";
import { openAgencyStore } from "../src/main/stores/agency-store.ts";
import { median } from "./compare.ts";
import type { IssueResult, IssueRun, IssuingWorld } from "./issuing-world.ts";
import { against } from "./report.ts";
import type { Row } from "./report.ts";

const CUTS = 1000;
const WARM_UP_CUTS = 200;
const MOST_MILLISECONDS = 1;

/** @throws Error unless a certificate of the last batch, exported, is accepted by `lz verify` */
export async function requireVerified(
  world: IssuingWorld,
  home: string,
  batches: IssueResult["batches"],
): Promise<void> {
  const { root = "", issued = 0 } = batches.at(-1) ?? {};
  const file = join(home, "one.lzc.json");
  const place = ["--root", root, "--index", String(randomInt(issued))];
  await world.run(home, ["export", ...place, "--out", file]);
  const verified = await world.run(home, ["verify", file]);
  const { verdict } = JSON.parse(verified.output) as { readonly verdict?: string };
  if (verdict !== "accepted") {
    throw new Error(`${await readFile(file, "utf8")} was not accepted: ${verified.output}`);
  }
}

/**
 * @param whole all certificates in one batch
 * @param small as many in small batches: cutting one out of a large batch should take no longer
 */
export async function retrievalRow(whole: IssueRun, small: IssueRun): Promise<Row> {
  const [ours, theirs] = [await millisecondsOfCut(whole), await millisecondsOfCut(small)];
  const [size, smallSize] = [whole, small].map(({ result }) => {
    return (result.batches[0]?.issued ?? 0).toLocaleString("en");
  });
  return {
    name: `one certificate with its proof, of a batch of ${String(size)}`,
    value: ours,
    unit: "ms",
    against: against(`of a batch of ${String(smallSize)}`, theirs),
    ...{ ratio: theirs / ours, target: "< 1 ms", met: ours < MOST_MILLISECONDS },
  };
}

async function millisecondsOfCut({ home, result }: IssueRun): Promise<number> {
  const store = await openAgencyStore(loadSettings({ LZ_HOME: home }));
  try {
    const taken: number[] = [];
    for (let i = -WARM_UP_CUTS; i < CUTS; i++) {
      const { root, issued } = anyOf(result.batches);
      const start = performance.now();
      const { path } = await store.certificate(root, randomInt(issued));
      if (i >= 0) taken.push(performance.now() - start);
      if (path.length === 0 && issued > 1) throw new Error(`${root} has no path`);
    }
    return median(taken);
  } finally {
    await store.close();
  }
}

function anyOf<T>(items: readonly T[]): T {
  return items[randomInt(items.length)] as T;
}
