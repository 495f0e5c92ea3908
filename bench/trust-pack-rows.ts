/** What a trust pack takes: 10,000 batches of 4,000 certificates, of which one in a hundred was revoked. */
import { generateKeyPairSync, randomBytes, randomInt, sign } from "node:crypto";
import { gzipSync } from "node:zlib";
import { loadPrimitives } from "../src/adapters/hashing/primitives.ts";
import { applyEvent } from "../src/core/ledger/reduce.ts";
import type { EventPosition } from "../src/core/ledger/events.ts";
import type { LedgerState } from "../src/core/ledger/state.ts";
import { emptyLedger } from "../src/core/ledger/state.ts";
import { packTrust } from "../src/core/trust-pack/pack.ts";
import { openPack, signPack } from "../src/core/trust-pack/trust-pack.ts";
import { unpackTrust } from "../src/core/trust-pack/unpack.ts";
import type { LedgerView } from "../src/core/verify/case.ts";
import { standsAlone } from "./report.ts";
import type { Row } from "./report.ts";

const BATCHES = 10_000;
const SIZE = 4_000;
const REVOKED = 40;
const AGENCIES = 200;
const YEAR = 365 * 86_400;
const BEGUN = 1_767_225_600;
const ALL = { region: null, type: null, batch: null };
const MEGABYTE = 1_000_000;

export interface TrustPackRowsOptions {
  /** A glance: a hundredth of the batches. */
  readonly isQuick: boolean;
  readonly say: (step: string) => void;
}

/** Each certificate revoked by itself at some second of a year is the worst; a list for each batch the best. */
export async function trustPackRows({ isQuick, say }: TrustPackRowsOptions): Promise<Row[]> {
  const { sha256, ...others } = await loadPrimitives();
  const primitives = { sha256, ...others };
  const batches = isQuick ? BATCHES / 100 : BATCHES;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const key = { x: bytesOf(x), y: bytesOf(y) };
  const signing = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
  const signer = {
    keyId: "bench",
    sign: (message: Uint8Array) => new Uint8Array(sign("sha256", message, signing)),
  };
  const rows: Row[] = [];
  for (const way of ["one by one", "in lists"] as const) {
    say(`a trust pack of ${String(batches)} batches, revoked ${way}`);
    const view = viewOf(batches, way);
    const [packing, packed] = timed(() => packTrust(view, ALL, null, primitives));
    const bytes = signPack(signer, packed.head, packed.content);
    const [loading, held] = timed(() => unpackTrust(openPack(bytes, key, primitives), null));
    const after = packed.head.place;
    const [asking, nothing] = timed(() => packTrust(view, ALL, after, primitives));
    const name = `trust pack, ${String(held.view.state.anchors.size)} batches, 1 % revoked ${way}`;
    rows.push(
      figure(`${name}: compressed`, gzipSync(bytes).length / MEGABYTE, "MB"),
      figure(`${name}: as it is`, bytes.length / MEGABYTE, "MB"),
      figure(`${name}: made`, packing, "ms of CPU"),
      figure(`${name}: checked and loaded`, loading, "ms of CPU"),
      figure(
        `${name}: that nothing is new`,
        signPack(signer, nothing.head, nothing.content).length,
        "bytes",
      ),
      figure(`${name}: to find that out`, asking, "ms of CPU"),
    );
  }
  return rows;
}

function figure(name: string, value: number, unit: string): Row {
  return { name, value, unit, ...standsAlone };
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64url"));
}

/** In milliseconds of this process's CPU time. */
function timed<T>(work: () => T): [number, T] {
  const begun = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(begun);
  return [(user + system) / 1_000, value];
}

/** A ledger of so many batches of 4,000 certificates, of which one in a hundred was revoked. */
export function viewOf(batches: number, way: "one by one" | "in lists"): LedgerView {
  const address = (byte: string): string => `0x${byte.repeat(20)}`;
  const identity = { chainId: 31_337, directory: address("d1"), anchor: address("a1") };
  const state = emptyLedger({ ...identity, predecessors: [] });
  let block = 0;
  const position = (time: number): EventPosition => {
    block++;
    return { block, logIndex: 0, time, transaction: word() };
  };
  for (let i = 0; i < batches; i++) anchor(state, i, position(BEGUN + i * 60));
  for (const { agency, root } of state.anchors.values()) {
    const change = { agency, root, status: 5, reason: 7, by: address("51") };
    const together = BEGUN + randomInt(YEAR);
    const indices = [...new Set(Array.from({ length: REVOKED }, () => randomInt(SIZE)))];
    for (const index of indices) {
      const time = way === "in lists" ? together : BEGUN + randomInt(YEAR);
      const effectiveFrom = Math.floor(time / 86_400) * 86_400;
      const kind = "CertificateStatusChanged" as const;
      applyEvent(state, { kind, ...change, index, effectiveFrom, position: position(time) });
    }
  }
  const place = { number: block, hash: word(), time: BEGUN + YEAR };
  return { state, block: place, asOf: BEGUN + YEAR, pending: new Set() };
}

function word(): string {
  return `0x${randomBytes(32).toString("hex")}`;
}

function anchor(state: LedgerState, i: number, position: EventPosition): void {
  const agency = `11460200MB${String(i % AGENCIES).padStart(8, "0")}`;
  const operator = `0x${String(i % AGENCIES).padStart(40, "0")}`;
  const described = {
    type: `11100000000019907J${String(i % 50).padStart(3, "0")}`,
    schemaVersion: 1,
  };
  const made = {
    size: SIZE,
    suite: 1 as const,
    time: position.time,
    manifestHash: word(),
    operator,
  };
  const logged = { root: word(), sequence: i + 1, head: word(), position };
  applyEvent(state, { kind: "BatchAnchored", agency, ...described, ...made, ...logged });
}
