/** The chain as the application reads it, over one JSON-RPC node: the newest deployment and all before it. */
import { keccak256 } from "ethers";
import { Problem } from "../../core/problem.ts";
import type { EventPosition, LedgerEvent } from "../../core/ledger/events.ts";
import type {
  Block,
  ChainFingerprint,
  ChainReader,
  ContractCounters,
} from "../../ports/chain-reader.ts";
import { codeToChain } from "./chain-words.ts";
import type { ContractName } from "./contracts.ts";
import { watchedContracts } from "./deployment.ts";
import type { Deployment, Generation } from "./deployment.ts";
import { readAt } from "./deployment.ts";
import { requireNoneKeptBack } from "./kept-back.ts";
import type { GivenLogs } from "./kept-back.ts";
import type { Log, LogPlace, Raw } from "./logs.ts";
import {
  comparePlaces,
  contentOf,
  countOf,
  fetchLogs,
  hashOf,
  quantity,
  wellFormed,
} from "./logs.ts";

/** A contract of one of the deployments; what it says after its freeze counts for nothing. */
interface Source {
  readonly name: ContractName;
  /** Null for the newest deployment. */
  readonly frozenAt: LogPlace | null;
}

export interface ReaderOptions {
  /** Events as the node gives them: an auditor finds what is missing, and says where, instead of stopping. */
  readonly isAudited?: boolean;
}

export function chainReader(
  deployment: Deployment,
  { isAudited = false }: ReaderOptions = {},
): ChainReader {
  const { identity, predecessors } = deployment;
  const generations: readonly Generation[] = [...predecessors, deployment];
  const sources = sourcesOf(deployment);
  const status = (method: string, args: unknown[], block: Block): Promise<unknown> =>
    readAt(deployment, "StatusRegistry", method, args, block);
  return {
    identity,
    firstBlock: (generations[0] as Generation).firstBlock,
    latestBlock: () => latestBlock(deployment),
    block: (number) => fetchBlock(deployment, quantity(number)),
    events: async (from, to) => {
      const given = await givenLogs(deployment, sources, from, to);
      if (!isAudited) await requireNoneKeptBack(deployment.rpc, given);
      return readEvents(deployment, sources, given, isBeforeFreeze);
    },
    strayEvents: () => strayEvents(deployment, sources),
    counters: (block, generation = predecessors.length) => {
      const { addresses } = generations[generation] as Generation;
      return readCounters({ ...deployment, addresses }, block);
    },
    statusWord: async (agency, root, word, block) =>
      (await status("statusWordOf", [codeToChain(agency), root, word], block)) as bigint,
    batchStatus: async (agency, root, block) =>
      Number(await status("batchStatusOf", [codeToChain(agency), root], block)),
    fingerprint: () => readFingerprint(deployment, generations),
  };
}

async function readFingerprint(
  deployment: Deployment,
  generations: readonly Generation[],
): Promise<ChainFingerprint> {
  const first = await fetchBlock(deployment, quantity(0));
  const addresses = generations.flatMap((generation) => Object.values(generation.addresses));
  const codes = await Promise.all(
    addresses.toSorted().map(async (address) => {
      const code: unknown = await deployment.rpc.ask((provider) =>
        provider.send("eth_getCode", [address, "latest"]),
      );
      return [address, wellFormed("code", () => keccak256(code as string))] as const;
    }),
  );
  const genesis = first?.hash ?? unanswered("block 0");
  return { genesis, codes: Object.fromEntries(codes) };
}

function sourcesOf(deployment: Deployment): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const { addresses, frozenAt } of deployment.predecessors) {
    for (const [name, address] of watchedContracts(addresses)) {
      sources.set(address, { name, frozenAt });
    }
  }
  for (const [name, address] of watchedContracts(deployment.addresses)) {
    sources.set(address, { name, frozenAt: null });
  }
  return sources;
}

async function latestBlock(deployment: Deployment): Promise<Block> {
  return (await fetchBlock(deployment, "latest")) ?? unanswered("latest block");
}

function unanswered(what: string): never {
  throw new Problem("RPC_FAULT", `the node gives no ${what}`);
}

async function fetchBlock({ rpc }: Deployment, tag: string): Promise<Block | null> {
  const raw: unknown = await rpc.ask((provider) => {
    return provider.send("eth_getBlockByNumber", [tag, false]);
  });
  if (raw === null) return null;
  return wellFormed(`block ${tag}`, () => {
    const { number, hash, timestamp } = raw as Raw;
    return { number: countOf(number), hash: hashOf(hash), time: countOf(timestamp) };
  });
}

async function readCounters(deployment: Deployment, block: Block): Promise<ContractCounters> {
  const sequenceOf = async (name: ContractName): Promise<number> =>
    Number(await readAt(deployment, name, "sequence", [], block));
  const [sequence, head, AuthorityRegistry, AgencyRegistry, CertificateCatalog, RecognitionPolicy] =
    await Promise.all([
      sequenceOf("BatchAnchor"),
      readAt(deployment, "BatchAnchor", "head", [], block),
      sequenceOf("AuthorityRegistry"),
      sequenceOf("AgencyRegistry"),
      sequenceOf("CertificateCatalog"),
      sequenceOf("RecognitionPolicy"),
    ]);
  const sequences = { AuthorityRegistry, AgencyRegistry, CertificateCatalog, RecognitionPolicy };
  return { sequence, head: head as string, sequences };
}

type IsWanted = (log: Log, source: Source) => boolean;

const isBeforeFreeze: IsWanted = (log, { frozenAt }) =>
  frozenAt === null || comparePlaces(log, frozenAt) <= 0;

const isAfterFreeze: IsWanted = (log, source) => !isBeforeFreeze(log, source);

/** From the first freeze on, of the frozen deployments alone. */
async function strayEvents(
  deployment: Deployment,
  sources: ReadonlyMap<string, Source>,
): Promise<LedgerEvent[]> {
  const [oldest] = deployment.predecessors;
  if (oldest === undefined) return [];
  const { number } = await latestBlock(deployment);
  const frozen = new Map([...sources].filter(([, { frozenAt }]) => frozenAt !== null));
  const given = await givenLogs(deployment, frozen, oldest.frozenAt.block, number);
  return readEvents(deployment, frozen, given, isAfterFreeze);
}

async function givenLogs(
  { rpc }: Deployment,
  sources: ReadonlyMap<string, Source>,
  from: number,
  to: number,
): Promise<GivenLogs> {
  const addresses = [...sources.keys()];
  const logs: Log[] = [];
  for await (const log of fetchLogs(rpc, addresses, from, to)) logs.push(log);
  return { addresses, from, to, logs };
}

async function readEvents(
  deployment: Deployment,
  sources: ReadonlyMap<string, Source>,
  { logs }: GivenLogs,
  isWanted: IsWanted,
): Promise<LedgerEvent[]> {
  const times = new BlockTimes(deployment);
  const events: LedgerEvent[] = [];
  for (const log of logs) {
    const source = sources.get(log.address);
    if (source === undefined || !isWanted(log, source)) continue;
    const content = contentOf(log, source.name);
    if (content === null) continue;
    const { block, logIndex, transaction } = log;
    const position: EventPosition = { block, logIndex, transaction, time: await times.of(log) };
    events.push({ ...content, position });
  }
  return events;
}

/** Nodes that put the time beside the log spare one question for each block. */
class BlockTimes {
  readonly #deployment: Deployment;
  readonly #times = new Map<number, number>();

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  async of({ block, time: beside }: Log): Promise<number> {
    const time = this.#times.get(block) ?? beside ?? (await this.#ask(block));
    this.#times.set(block, time);
    return time;
  }

  async #ask(block: number): Promise<number> {
    const found = await fetchBlock(this.#deployment, quantity(block));
    return found?.time ?? unanswered(`block ${String(block)}`);
  }
}
