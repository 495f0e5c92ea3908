/** One record in a hundred made bad, each in one of the ways that real tables are. */
import type { CertificateType } from "../src/core/catalogue/certificate-type.ts";
import { createPrng } from "../src/app/sample/prng.ts";
import type { Prng } from "../src/app/sample/prng.ts";

type Row = Record<string, string>;

const ONE_IN = 100;

export class BadRows {
  readonly #type: CertificateType;
  readonly #prng: Prng;
  #count = 0;

  constructor(type: CertificateType, seed: string) {
    this.#type = type;
    this.#prng = createPrng(`bad ${seed}`);
  }

  /** How many there have been. */
  get count(): number {
    return this.#count;
  }

  /** In every hundred rows one anywhere but at the first place, where a good one is to stand. */
  *among(rows: Iterable<Row>): Generator<Row> {
    let good: Row = {};
    let [index, place] = [0, 0];
    for (const row of rows) {
      if (index % ONE_IN === 0) [good, place] = [row, 1 + this.#prng.below(ONE_IN - 1)];
      yield index++ % ONE_IN === place ? this.#spoilt(row, good) : row;
    }
  }

  #spoilt(row: Row, good: Row): Row {
    const spoil = FAULTS[this.#count++ % FAULTS.length] as (typeof FAULTS)[number];
    return { ...row, ...spoil(row, good, this.#type) };
  }
}

/** Changed cells. A type without such a field gets an empty cell where one must be filled. */
const FAULTS: readonly ((row: Row, good: Row, type: CertificateType) => Row)[] = [
  (_row, good, { numberClaim }) => ({ [numberClaim]: good[numberClaim] ?? "" }),
  (_row, _good, { schema }) => ({ [schema.required[0] ?? ""]: "" }),
  (row, _good, type) => inField(type, "citizen-id", (name) => (row[name] ?? "").slice(0, -1)),
  (_row, _good, type) => inField(type, "date", () => "2026-02-30"),
];

function inField(type: CertificateType, format: string, cell: (name: string) => string): Row {
  const fields = Object.entries(type.schema.properties);
  const name = fields.find(([, schema]) => schema.format === format)?.[0];
  return name === undefined ? { [type.schema.required[0] ?? ""]: "" } : { [name]: cell(name) };
}
