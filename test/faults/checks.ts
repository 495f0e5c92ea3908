/** What must be true after all: nothing lost, nothing twice, and nobody who looks from outside finds anything. */
import { checkStore } from "../../src/app/check-store.ts";
import { leafOf } from "../../src/app/issue/make-certificate.ts";
import { replayHistory } from "../../src/app/replay-history.ts";
import { rootOfPath } from "../../src/core/batch/path.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import type { BatchAnchored, Positioned } from "../../src/core/ledger/events.ts";
import { batchKey } from "../../src/core/ledger/state.ts";
import type { LedgerState } from "../../src/core/ledger/state.ts";
import { recordedStatus } from "../../src/core/ledger/statuses.ts";
import { loadSettings } from "../../src/config.ts";
import { openAgencyStore } from "../../src/main/stores/agency-store.ts";
import type { IssuedCertificate, IssuedPlace } from "../../src/ports/issued.ts";
import type { AgencyStore, IssuedBatch } from "../../src/ports/agency-store.ts";
import type { LedgerWorld } from "../support/ledger-world.ts";

/** What a job was to come to. */
export interface Expected {
  readonly job: string;
  readonly agency: string;
  readonly type: string;
  readonly ledger: string;
  /** The numbers of all valid records. */
  readonly numbers: readonly string[];
  /** Where the same numbers were issued before, in the same order; empty where they were not. */
  readonly replaced: readonly IssuedPlace[];
  /** Roots that are on the chain but not in this store. */
  readonly foreignRoots: readonly string[];
}

/** A store's looks at more certificates than that, one number at a time, would take too long. */
const LOOKED_UP = 100;
const SUPERSEDED = 2;

/** Everything that is wrong, in words; nothing where all is well. */
export async function findWrong(
  world: LedgerWorld,
  place: StorePlace,
  expected: Expected,
): Promise<string[]> {
  const store = await openStore(place);
  try {
    return await lookAt(world, store, expected);
  } catch (error) {
    return [`can't be read: ${String(error)}`];
  } finally {
    await store.close();
  }
}

/** Where a store is: in PostgreSQL, or in a file of LZ_HOME. */
export interface StorePlace {
  /** LZ_HOME. */
  readonly home: string;
  /** LZ_STORE, null where it is not set. */
  readonly store: string | null;
}

/** A store as it is now; close it when done. */
export function openStore({ home, store }: StorePlace): Promise<AgencyStore> {
  const environment = { LZ_HOME: home };
  return openAgencyStore(
    loadSettings(store === null ? environment : { ...environment, LZ_STORE: store }),
  );
}

async function lookAt(
  world: LedgerWorld,
  store: AgencyStore,
  expected: Expected,
): Promise<string[]> {
  const { state, findings } = await replayHistory(world.reader, world.primitives);
  const anchors = await anchorsOnChain(world);
  return [
    ...findings.map(({ code, place, detail }) => `audit: ${code} ${place} ${detail}`),
    ...(await wrongInStore(world, store, state, expected)),
    ...(await wrongInJobs(store, expected)),
    ...(await wrongOnChain(store, anchors, expected)),
    ...(await wrongInCertificates(world, store, expected)),
    ...(await wrongInNumbers(store, expected)),
    ...wrongStatuses(state, expected),
  ];
}

/** As `lz store check` looks at it. */
async function wrongInStore(
  { primitives, types }: LedgerWorld,
  store: AgencyStore,
  state: LedgerState,
  { ledger }: Expected,
): Promise<string[]> {
  const tally = { jobs: 0, batches: 0, certificates: 0, erased: 0, notCompared: 0 };
  const numberClaimOf = (type: string): string | null =>
    types.find(({ code }) => code === type)?.numberClaim ?? null;
  const tools = { store, state, ledger, primitives, numberClaimOf };
  const wrong: string[] = [];
  for await (const { code, place, detail } of checkStore(tools, await store.jobs(), tally)) {
    wrong.push(`store check: ${code} ${place} ${detail}`);
  }
  return tally.notCompared === 0 ? wrong : [...wrong, "batches are of another ledger"];
}

async function wrongInJobs(store: AgencyStore, expected: Expected): Promise<string[]> {
  const wrong: string[] = [];
  for (const job of await store.jobs()) {
    const isOurs = job.ledger === expected.ledger || job.state !== "cancelled";
    if (job.state !== "done" && isOurs) wrong.push(`job ${job.id} is ${job.state}`);
  }
  const job = await store.job(expected.job);
  if (job?.certificates !== expected.numbers.length) {
    const wanted = String(expected.numbers.length);
    wrong.push(`job ${expected.job} has ${String(job?.certificates)} certificates, not ${wanted}`);
  }
  return wrong;
}

/** Every batch of the store is on the chain, once, as its receipt says; and no other. */
async function wrongOnChain(
  store: AgencyStore,
  anchors: readonly Positioned<BatchAnchored>[],
  { foreignRoots }: Expected,
): Promise<string[]> {
  const batches = await allBatches(store);
  const wrong: string[] = [];
  for (const { root, size, receipt } of batches) {
    const found = anchors.filter((anchor) => anchor.root === root);
    const [anchor] = found;
    if (found.length !== 1) wrong.push(`root ${root} is anchored ${String(found.length)} times`);
    if (anchor?.size !== size) wrong.push(`root ${root} has another size on the chain`);
    if (receipt?.sequence !== anchor?.sequence || receipt?.block !== anchor?.position.block) {
      wrong.push(`root ${root}: the receipt is ${JSON.stringify(receipt)}`);
    }
  }
  const known = new Set([...batches.map(({ root }) => root), ...foreignRoots]);
  const others = anchors.filter(({ root }) => !known.has(root));
  return [...wrong, ...others.map(({ root }) => `root ${root} is on the chain, in no store`)];
}

async function allBatches(store: AgencyStore): Promise<readonly IssuedBatch[]> {
  const jobs = await store.jobs();
  const batches = await Promise.all(jobs.map(({ id }) => store.batches(id)));
  return batches.flat();
}

/** Every valid record has one certificate, whose path leads from its leaf to its batch's root. */
async function wrongInCertificates(
  { primitives }: LedgerWorld,
  store: AgencyStore,
  { job, numbers }: Expected,
): Promise<string[]> {
  const wrong: string[] = [];
  const found: string[] = [];
  for (const { root, suite, issued } of await store.batches(job)) {
    const hash = suiteHash(primitives, suite);
    const before = found.length;
    for await (const { certificate, path } of store.certificates(root)) {
      const proven = `0x${toHex(rootOfPath(hash, leafOf(hash, certificate), path))}`;
      if (proven !== root) wrong.push(`${root} #${String(certificate.index)} leads to ${proven}`);
      found.push(numberOf(certificate));
    }
    if (found.length - before !== issued) wrong.push(`${root} has not ${String(issued)} members`);
  }
  if (found.join() !== numbers.join())
    wrong.push(`other certificates than records: ${found.join()}`);
  return wrong;
}

function numberOf({ claims }: IssuedCertificate): string {
  return claims.find(({ name }) => name === "certificateNumber")?.value as string;
}

/** Looked up by its number, each is found, beside the one that it replaces. */
async function wrongInNumbers(
  store: AgencyStore,
  { ledger, agency, type, numbers, replaced }: Expected,
): Promise<string[]> {
  const index = await store.numbers({ ledger, agency, type });
  const wrong: string[] = [];
  for (const [i, number] of numbers.slice(0, LOOKED_UP).entries()) {
    const places = await index.places(number);
    const old = replaced[i];
    const [newest] = places;
    if (places.length !== (old === undefined ? 1 : 2) || newest === undefined) {
      wrong.push(`number ${number} is found ${String(places.length)} times`);
      continue;
    }
    const { certificate } = await store.certificate(newest.root, newest.index);
    if (numberOf(certificate) !== number) wrong.push(`number ${number} is another's`);
    if (newest.root === old?.root) wrong.push(`number ${number}: the old one counts as the newest`);
  }
  return wrong;
}

function wrongStatuses(state: LedgerState, { agency, replaced }: Expected): string[] {
  return replaced
    .filter(({ root, index }) => {
      const changes = state.statuses.get(batchKey(agency, root))?.certificates.of(index);
      return recordedStatus(changes) !== SUPERSEDED || changes?.length !== 1;
    })
    .map(({ root, index }) => `${root} #${String(index)} was not superseded once`);
}

export async function anchorsOnChain({
  reader,
}: Pick<LedgerWorld, "reader">): Promise<Positioned<BatchAnchored>[]> {
  const { number } = await reader.latestBlock();
  const events = await reader.events(reader.firstBlock, number);
  return events.filter((event) => event.kind === "BatchAnchored");
}
