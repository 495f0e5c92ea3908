/** A country's ledger made up on the fly, block by block: nothing of it is held but the heads of its log. */
import type { LedgerEvent } from "../src/core/ledger/events.ts";
import { nextHead } from "../src/core/ledger/anchors.ts";
import { emptyLedger } from "../src/core/ledger/state.ts";
import { toHex } from "../src/core/encoding/bytes.ts";
import type { LedgerIdentity } from "../src/core/ledger/state.ts";
import type { Primitives } from "../src/core/hashing.ts";
import type { Block, ChainReader, ContractCounters } from "../src/ports/chain-reader.ts";

export interface LedgerSize {
  readonly batches: number;
  /** Certificates in a batch. */
  readonly size: number;
  /** Certificates of each batch whose status changes, in as many events. */
  readonly changes: number;
}

export const IDENTITY: LedgerIdentity = {
  chainId: 31337,
  directory: `0x${"d1".repeat(20)}`,
  anchor: `0x${"a1".repeat(20)}`,
  predecessors: [],
};

const AGENCY = "11310000MB1A00001C";
const TYPE = "11100000000013338W032";
const OPERATOR = `0x${"0e".repeat(20)}`;
const BEGIN = 1_735_689_600;
/** Block 1 says who may issue what; a block with one batch and its statuses follows for each batch. */
const FIRST_BATCH = 2;

/** 32 bytes that no two numbers share. */
function hashLike(number: number): string {
  const bytes = Buffer.alloc(32);
  bytes.writeDoubleBE(number, 0);
  bytes.writeDoubleBE(number * Math.PI, 8);
  bytes.writeDoubleBE(number * Math.E, 16);
  bytes.writeDoubleBE(Math.sqrt(number), 24);
  return `0x${bytes.toString("hex")}`;
}

export class LedgerStory {
  readonly size: LedgerSize;
  readonly last: number;
  /** Of each batch in the log, 32 bytes each. */
  readonly #heads: Buffer;

  constructor({ keccak256 }: Pick<Primitives, "keccak256">, size: LedgerSize) {
    this.size = size;
    this.last = size.batches + FIRST_BATCH - 1;
    this.#heads = Buffer.alloc(32 * size.batches);
    const log = emptyLedger(IDENTITY);
    for (let i = 0; i < size.batches; i++) {
      log.head = nextHead(keccak256, log, this.#anchor(i, ""));
      this.#heads.write(log.head.slice(2), 32 * i, "hex");
    }
  }

  *eventsOf(block: number): Generator<LedgerEvent> {
    if (block === 1) yield* this.#beginning();
    if (block < FIRST_BATCH || block > this.last) return;
    const batch = block - FIRST_BATCH;
    const head = this.#headOf(batch);
    yield this.#anchor(batch, head);
    const { root } = this.#anchor(batch, head);
    for (let i = 0; i < this.size.changes; i++) yield this.#status(block, root, i);
  }

  /** What a node says of it. */
  get reader(): ChainReader {
    const blockAt = (number: number): Block => {
      return { number, hash: hashLike(2 ** 41 + number), time: BEGIN + number };
    };
    const none = (): never => {
      throw new Error("nobody asks for that");
    };
    return {
      identity: IDENTITY,
      firstBlock: 1,
      latestBlock: () => Promise.resolve(blockAt(this.last)),
      block: (number) => Promise.resolve(number <= this.last ? blockAt(number) : null),
      events: (from, to) => {
        const events: LedgerEvent[] = [];
        for (let at = from; at <= to; at++) events.push(...this.eventsOf(at));
        return Promise.resolve(events);
      },
      counters: () => Promise.resolve(this.#counters()),
      fingerprint: () => Promise.resolve({ genesis: hashLike(2 ** 41), codes: {} }),
      ...{ strayEvents: none, statusWord: none, batchStatus: none },
    };
  }

  #headOf(batch: number): string {
    return `0x${toHex(this.#heads.subarray(32 * batch, 32 * batch + 32))}`;
  }

  #counters(): ContractCounters {
    const sequences = { AuthorityRegistry: 0, CertificateCatalog: 1, RecognitionPolicy: 0 };
    const { batches } = this.size;
    const head = this.#headOf(batches - 1);
    return { sequence: batches, head, sequences: { ...sequences, AgencyRegistry: 3 } };
  }

  #place(block: number, logIndex: number): LedgerEvent["position"] {
    const transaction = hashLike(2 ** 40 + block);
    return { block, logIndex, time: BEGIN + block, transaction };
  }

  *#beginning(): Generator<LedgerEvent> {
    const governed = { by: OPERATOR, basis: "" };
    const window = { validFrom: BEGIN, validUntil: null };
    yield {
      ...{ kind: "TypePublished", ...governed, type: TYPE, region: "0", version: 1, number: 1 },
      ...{ schemaHash: hashLike(1), name: "证", nameEn: "", alwaysDisclosed: [], validity: "" },
      ...{ effectiveFrom: BEGIN, uri: "", sequence: 1, position: this.#place(1, 0) },
    };
    yield {
      ...{ kind: "AgencyRegistered", agency: AGENCY, ...governed, region: "310000", name: "局" },
      ...{ effectiveFrom: BEGIN, sequence: 1, position: this.#place(1, 1) },
    };
    yield {
      ...{ kind: "EntitlementGranted", agency: AGENCY, ...governed, ...window, type: TYPE },
      ...{ assurance: 4, sequence: 2, position: this.#place(1, 2) },
    };
    yield {
      ...{ kind: "OperatorAdded", agency: AGENCY, ...governed, ...window, account: OPERATOR },
      ...{ sequence: 3, position: this.#place(1, 3) },
    };
  }

  #anchor(batch: number, head: string): Extract<LedgerEvent, { kind: "BatchAnchored" }> {
    const block = batch + FIRST_BATCH;
    return {
      ...{ kind: "BatchAnchored", agency: AGENCY, root: hashLike(2 ** 42 + batch), type: TYPE },
      ...{ sequence: batch + 1, schemaVersion: 1, size: this.size.size, suite: 1 },
      ...{ time: BEGIN + block, manifestHash: hashLike(2 ** 43 + batch) },
      ...{ operator: OPERATOR, head, position: this.#place(block, 0) },
    };
  }

  #status(block: number, root: string, i: number): LedgerEvent {
    const index = Math.floor((i * this.size.size) / this.size.changes);
    return {
      ...{ kind: "CertificateStatusChanged", agency: AGENCY, root, index, status: 5 },
      ...{ effectiveFrom: BEGIN + block, reason: 1, by: OPERATOR },
      position: this.#place(block, i + 1),
    };
  }
}
