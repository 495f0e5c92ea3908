/** The benchmark of issuing, at a glance: that it measures all it says it does. What it measures is not judged here. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Row } from "../../bench/report.ts";
import { askCommand, temporaryFolder } from "../support/command-world.ts";

const TIME_LIMIT_MS = 600_000;

/** What the table must have a row of: by its name, and by what it is measured against. */
const ROWS: readonly (readonly [name: RegExp, against: RegExp | null])[] = [
  [/^10,000 certificates, table to anchored, by the clock$/, null],
  [/^10,000 certificates, table to anchored, on two cores of its own$/, null],
  [/^the whole against its hashing alone$/, /values, salts, leaves, trees/],
  [/^peak memory of issuing them$/, null],
  [/^of it: checks$/, null],
  [/^of it: hashing: claims, leaves, trees$/, null],
  [/^of it: store$/, null],
  [/^cost growth, 100 to 10,000 certificates/, / µs a certificate$/],
  [/^one certificate with its proof, of a batch of 10,000$/, /batch of /],
  ...["hash-wasm", "@noble/hashes", "ethers"].flatMap((peer) =>
    [64, 100].map((bytes): [RegExp, RegExp] => [
      new RegExp(`^Keccak-256 of ${String(bytes)} bytes$`),
      new RegExp(`^${peer}: `),
    ]),
  ),
  [/^SM3 of 64 bytes$/, /^hash-wasm: /],
  [/^Merkle tree over 100000 leaves$/, /^merkletreejs with hash-wasm/],
  [/^claims hashed, .*two threads, by CPU time$/, /^one thread: /],
  [/^QR codes as SVG$/, /^qrcode: /],
  [/^QR codes as PNG$/, /^qrcode: /],
];

let folder: string;
let rows: readonly Row[];
let picture: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  const svg = join(folder, "growth.svg");
  const bench = ["bench", "issue", "--quick", "--picture", svg];
  const report = await askCommand(join(folder, "home"), bench, 0, { timeLimitMs: TIME_LIMIT_MS });
  rows = report.rows;
  picture = await readFile(svg, "utf8");
}, TIME_LIMIT_MS);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("lz bench issue --quick", () => {
  it.each(ROWS)("has a row %s against %s", (name, against) => {
    const found = rows.filter((row) => {
      return name.test(row.name) && (against === null || against.test(row.against ?? ""));
    });
    expect(found).not.toHaveLength(0);
  });

  it("has a figure in every row, and a ratio where there is something to compare it with", () => {
    const figures = rows.flatMap(({ value, ratio }) => (ratio === null ? [value] : [value, ratio]));
    expect(figures.filter((figure) => !Number.isFinite(figure) || figure <= 0)).toEqual([]);
    expect(JSON.stringify(rows)).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("does not judge a few certificates by what a million is held to", () => {
    const [clock] = rows.filter(({ name }) => name.endsWith("by the clock"));
    expect(clock).toMatchObject({ target: null, met: null });
  });

  it("draws how the cost grows, from five sizes, and keeps the figures", async () => {
    expect(picture.match(/<circle /g)).toHaveLength(5);
    const figures = JSON.parse(await readFile(join(folder, "growth.svg.json"), "utf8"));
    expect(figures.growth).toHaveLength(5);
  });
});
