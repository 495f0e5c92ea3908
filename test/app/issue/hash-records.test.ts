/** From a table to certificates in the store, whatever the table, its encoding, its size and how it is cut. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { numberDigest } from "../../../src/adapters/agency-store/number-digest.ts";
import type { ByteSource } from "../../../src/adapters/sources/byte-source.ts";
import { openBytes } from "../../../src/adapters/sources/byte-source.ts";
import { csvSource } from "../../../src/adapters/sources/csv-source.ts";
import { survey } from "../../../src/adapters/sources/survey.ts";
import { leafOf } from "../../../src/app/issue/make-certificate.ts";
import { rootOfPath } from "../../../src/core/batch/path.ts";
import { batchRoot, buildBatchTree, provePath } from "../../../src/core/batch/tree.ts";
import { compileRecordValidator } from "../../../src/core/catalogue/validate-record.ts";
import { concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import { manifestBytes, manifestHash } from "../../../src/core/batch/manifest.ts";
import { suiteHash } from "../../../src/core/hashing.ts";
import type { RecordSource } from "../../../src/ports/record-source.ts";
import { encodeGb18030 } from "../../support/gb18030.ts";
import type { Row } from "../../support/good-rows.ts";
import { SHANGHAI, TODAY, goodRows } from "../../support/good-rows.ts";
import type { Fault } from "../../support/hashing.ts";
import { certificatesIn, claimsIn, hashing, primitives, type } from "../../support/hashing.ts";
import type { IntakeInMemory } from "../../support/intake-in-memory.ts";
import { digestsIn } from "../../support/intake-in-memory.ts";
import { IDENTITY } from "../../support/ledger-story.ts";

let folder: string;
/** Good ones, to be spoilt. */
let rows: Row[];
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-hash-"));
  rows = goodRows({ type }, 400);
});
afterAll(() => rm(folder, { recursive: true }));

/** Cut into pieces of so many bytes, as a disk may give them. */
async function openCut(content: Uint8Array, cut: number): Promise<RecordSource> {
  const file = join(folder, `${String(++files)}.csv`);
  await writeFile(file, content);
  const whole = await openBytes(file);
  const bytes: ByteSource = {
    ...whole,
    reader: async () => {
      const reader = await whole.reader();
      return { ...reader, fill: (room) => reader.fill(room.subarray(0, cut)) };
    },
  };
  const seen = await survey(bytes, {});
  const encoding = seen.encoding === "gb18030" ? "gb18030" : "utf-8";
  return csvSource({ bytes, survey: seen, encoding, separator: "," });
}

/** What the core itself makes of the rows, record by record, with no thread, block or buffer. */
interface Expected {
  readonly claims: Readonly<Record<string, unknown>>[];
  readonly faults: Fault[];
}

function expectedOf(table: readonly Row[], lineOf: (row: number) => number): Expected {
  const validate = compileRecordValidator(type);
  const [claims, faults]: [Expected["claims"], Fault[]] = [[], []];
  const seen = new Set<unknown>();
  table.forEach((row, i) => {
    const record = validate(row, { today: TODAY, mode: "strict" });
    const found = record.faults.map(({ field, code }) => ({
      line: lineOf(i),
      column: field,
      code,
    }));
    const number = record.claims[type.numberClaim];
    if (number !== undefined && seen.has(number)) {
      found.push({ line: lineOf(i), column: type.numberClaim, code: "NUMBER_DOUBLED" });
    }
    seen.add(number);
    if (found.length === 0) claims.push(record.claims);
    faults.push(...found);
  });
  return { claims, faults };
}

/** Every leaf, tree, root, digest and manifest is what the core's own functions make of the certificates. */
function expectTrue(intake: IntakeInMemory, suite: 1 | 2, isPadded: boolean): void {
  const hash = suiteHash(primitives, suite);
  intake.batches.forEach(({ chunks, root, size, issued, top, manifest, ...batch }, ordinal) => {
    const certificates = intake.certificates(ordinal);
    expect(certificates.map(({ index }) => index)).toEqual(certificates.map((_, i) => i));
    const leaves = concatBytes(...chunks.map(({ nodes }) => nodes.subarray(0, leafBytes(nodes))));
    const own = concatBytes(...certificates.map((certificate) => leafOf(hash, certificate)));
    expect(toHex(leaves.subarray(0, own.length))).toBe(toHex(own));
    const tree = buildBatchTree(hash, leaves);
    expect({ issued, size }).toEqual({ issued: certificates.length, size: tree.size });
    expect(size).toBe(isPadded ? 2 ** Math.ceil(Math.log2(issued)) : issued);
    expect(root).toBe(`0x${toHex(batchRoot(tree))}`);
    for (const index of new Set([0, issued - 1, Math.floor(issued / 2)])) {
      const leaf = own.subarray(32 * index, 32 * index + 32);
      expect(toHex(rootOfPath(hash, leaf, provePath(tree, index)))).toBe(root.slice(2));
    }
    const roots = concatBytes(...chunks.map(({ nodes }) => nodes.slice(-32)));
    expect(toHex(top)).toBe(toHex(buildBatchTree(hash, roots).nodes));
    const { chainId, anchor } = IDENTITY;
    const facts = { agency: SHANGHAI.code, type: type.code, schemaVersion: type.version };
    const name = suite === 1 ? "keccak256" : "sm3";
    const told = manifestBytes({ ...facts, suite: name, size, root, chainId, anchor });
    expect(manifest).toEqual(told);
    expect(batch.manifestHash).toBe(manifestHash(primitives.keccak256, told));
    const numbers = certificates.map((certificate) => claimsIn(certificate)[type.numberClaim]);
    const { numberKey } = intake.secrets;
    expect(chunks.flatMap(({ numbers: digests }) => digestsIn(digests))).toEqual(
      numbers.map((number) => toHex(numberDigest(numberKey, number as string))),
    );
  });
}

/** Of n leaves there are at least 2n − 1 nodes and at most 2n − 1 + log2 n. */
function leafBytes(nodes: Uint8Array): number {
  const count = nodes.length / 32;
  for (let leaves = Math.floor((count - 12) / 2); ; leaves++) {
    if (leaves >= 1 && nodeCount(leaves) === count) return 32 * leaves;
  }
}

function nodeCount(leaves: number): number {
  return leaves === 1 ? 1 : leaves + nodeCount(Math.ceil(leaves / 2));
}

type Spoil = "nothing" | "sex" | "two" | "line break" | "same" | "private" | "empty row";
const SPOILS: readonly Spoil[] = [
  ...(["nothing", "nothing", "nothing", "nothing"] as const),
  ...(["sex", "two", "line break", "same", "private", "empty row"] as const),
];

function spoilt(row: Row, how: Spoil, first: Row): Row {
  switch (how) {
    case "sex":
      return { ...row, holderSex: "X" };
    case "two":
      return { ...row, holderName: "", issueDate: "2024-02-30" };
    case "line break":
      return { ...row, holderName: '王"小"\n明,\r\n' };
    case "same":
      return { ...row, certificateNumber: first["certificateNumber"] ?? "" };
    case "private":
      return { ...row, holderName: "王\ue000明" };
    case "empty row":
      return Object.fromEntries(Object.keys(row).map((name) => [name, ""]));
    default:
      return row;
  }
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const lineBreaks = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** The text of a table, and at which line each of its records begins. */
function textOf(table: readonly Row[], isQuoted: boolean, end: string): [string, number[]] {
  const columns = Object.keys(rows[0] as Row);
  const lines: number[] = [];
  let [text, line] = [columns.join(",") + end, 2];
  for (const row of table) {
    const cells = columns.map((name) => row[name] ?? "");
    const needs = (each: string): boolean => isQuoted || /[",\r\n]/.test(each);
    const record = cells.map((each) => (needs(each) ? cell(each) : each)).join(",");
    lines.push(line);
    text += record + end;
    line += lineBreaks(record) + 1;
  }
  return [text, lines];
}

describe("any table", () => {
  const tables = fc.record({
    spoils: fc.array(fc.constantFrom(...SPOILS), { minLength: 1, maxLength: 120 }),
    isQuoted: fc.boolean(),
    end: fc.constantFrom("\n", "\r\n", "\r"),
    encoding: fc.constantFrom("utf-8", "with a mark", "gb18030"),
    cut: fc.integer({ min: 1, max: 3_000 }),
    batchSize: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constant(10_000)),
    isPadded: fc.boolean(),
    suite: fc.constantFrom(1 as const, 2 as const),
  });

  it("gives the certificates, faults and roots that the core gives record by record", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ spoils, isQuoted, end, encoding, cut, ...order }) => {
        const first = rows[0] as Row;
        const table = [first, ...spoils.map((how, i) => spoilt(rows[i + 1] as Row, how, first))];
        const [text, lines] = textOf(table, isQuoted, end);
        const bytes = encoding === "gb18030" ? encodeGb18030(text) : Buffer.from(text);
        const content = encoding === "with a mark" ? withMark(bytes) : bytes;
        const { intake, faults, hashed } = hashing(await openCut(content, cut), order);
        const { skipped } = await hashed;
        const filled = table.flatMap((row, i) => {
          return Object.values(row).some((each) => each !== "") ? [{ row, line: lines[i] }] : [];
        });
        const expected = expectedOf(
          filled.map(({ row }) => row),
          (i) => filled[i]?.line as number,
        );
        expect(faults).toEqual(expected.faults);
        expect(certificatesIn(intake).map(claimsIn)).toEqual(expected.claims);
        const { batchSize } = order;
        const sizes = intake.batches.map(({ issued }) => issued);
        expect(sizes.slice(0, -1)).toEqual(sizes.slice(1).map(() => batchSize));
        expectTrue(intake, order.suite, order.isPadded);
        expect(skipped).toBe(new Set(expected.faults.map(({ line }) => line)).size);
        expect(intake.skipped).toBe(skipped);
      }),
      { numRuns: 40 },
    );
  });
});

function withMark(bytes: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(0xef, 0xbb, 0xbf), bytes);
}
