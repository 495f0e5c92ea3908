/** A small world with real parts in one process: a chain on JSON-RPC, two regions' agencies, a rule, a folder. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Wallet } from "ethers";
import { readCatalogue } from "../../src/adapters/catalogue/read-catalogue.ts";
import { Account } from "../../src/adapters/chain/account.ts";
import { anchoringFor } from "../../src/adapters/chain/anchoring.ts";
import { chainReader } from "../../src/adapters/chain/chain-reader.ts";
import { codeToChain } from "../../src/adapters/chain/chain-words.ts";
import { interfaceOf } from "../../src/adapters/chain/contracts.ts";
import type { ContractName } from "../../src/adapters/chain/contracts.ts";
import { deployContracts } from "../../src/adapters/chain/deploy.ts";
import { findDeployment } from "../../src/adapters/chain/deployment.ts";
import type { Deployment } from "../../src/adapters/chain/deployment.ts";
import { DEVELOPMENT_KEY } from "../../src/adapters/chain/development.ts";
import { governance } from "../../src/adapters/chain/governance.ts";
import { connectRpc } from "../../src/adapters/chain/rpc.ts";
import type { Rpc } from "../../src/adapters/chain/rpc.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { openCsv } from "../../src/adapters/sources/csv-source.ts";
import { batchFolder } from "../../src/adapters/store/batch-folder.ts";
import { faultFile } from "../../src/adapters/store/fault-file.ts";
import { openVerifierStore } from "../../src/adapters/store/verifier-store.ts";
import { ChainFollower } from "../../src/app/follow-chain.ts";
import type { IssueOrder, IssueTools } from "../../src/app/issue/issue-batch.ts";
import { issueBatch } from "../../src/app/issue/issue-batch.ts";
import { publishCatalogue } from "../../src/app/publish-catalogue.ts";
import { registerAgency } from "../../src/app/register-agency.ts";
import { generateRecords } from "../../src/app/sample/generate-records.ts";
import { toCsv } from "../../src/app/sample/to-csv.ts";
import type { CertificateType } from "../../src/core/catalogue/certificate-type.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { BatchAnchored, LedgerEvent } from "../../src/core/ledger/events.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import type {
  BatchJob,
  BatchStore,
  ChainReader,
  Clock,
  Governance,
  Primitives,
} from "../../src/ports.ts";
import type { NodeProcess } from "./node-process.ts";
import { startNodeProcess } from "./node-process.ts";
import type { RpcProxy } from "./rpc-proxy.ts";
import { startRpcProxy } from "./rpc-proxy.ts";
import type { SigningKey } from "./seeded.ts";
import { seededBytes, seededKey } from "./seeded.ts";

export const systemClock: Clock = { now: () => Math.floor(Date.now() / 1000) };

/** The issuer, and an agency of another region. */
export const SHANGHAI = { code: "11310000MB1A00001C", region: "310000", name: "上海市证照样例局" };
export const HAINAN = { code: "11460000MB1A00001P", region: "460000", name: "海南省证照样例局" };
/** Special operations qualification (特种作业操作资格证): a holder, a number, a window of validity. */
export const TYPE_CODE = "11100000000013338W032";
/** Marriage certificate (结婚证): without end. */
export const OTHER_TYPE_CODE = "111000000000131433001";
export const TODAY = "2026-06-01";
/** The certificates of a world hold from long before its chain until long after it. */
const WINDOW = { firstIssueDate: "2024-01-01", issueDate: "2024-01-01", validFrom: "2024-01-01" };
const END = { validUntil: "2099-12-31" };

export type Row = Record<string, string>;

export interface ChainWorld {
  readonly node: NodeProcess;
  /** In front of the node; honest unless a test tells it otherwise. */
  readonly proxy: RpcProxy;
  /** Straight to the node, and by way of the proxy. */
  readonly rpc: Rpc;
  readonly proxied: Rpc;
  readonly deployment: Deployment;
  readonly proxiedDeployment: Deployment;
  readonly reader: ChainReader;
  /** Asks through the proxy. */
  readonly proxiedReader: ChainReader;
  readonly primitives: Primitives;
  readonly authority: Account;
  readonly governance: Governance;
  readonly operator: Account;
  readonly operatorKey: string;
  readonly types: readonly CertificateType[];
  readonly type: CertificateType;
  readonly documentKey: SigningKey;
  /** A folder of its own, gone at the end. */
  readonly folder: string;
  close(): Promise<void>;
}

/** How long a call to the node by way of the proxy may take, in milliseconds. */
export const TIMEOUT_MS = 1_000;

export async function startChainWorld(): Promise<ChainWorld> {
  const node = await startNodeProcess();
  const proxy = await startRpcProxy(node.url);
  const rpc = await connectRpc(node.url);
  const proxied = await connectRpc(proxy.url, TIMEOUT_MS);
  const authority = new Account(rpc, DEVELOPMENT_KEY);
  const directory = await deployContracts(rpc, authority);
  const deployment = await findDeployment(rpc, directory);
  const proxiedDeployment = { ...deployment, rpc: proxied };
  const primitives = await loadPrimitives();
  const types = await worldTypes();
  const governor = governance(deployment, authority);
  await publishCatalogue(governor, primitives.keccak256, types);
  const operatorKey = `0x${toHex(seededBytes("operator of Shanghai", 32))}`;
  const operator = new Account(rpc, operatorKey);
  const reader = chainReader(deployment);
  const { time } = await reader.latestBlock();
  await register(governor, SHANGHAI, operator.address, time);
  await register(governor, HAINAN, new Wallet(DEVELOPMENT_KEY).address, time);
  const documentKey = seededKey("document key of Shanghai");
  await addDocumentKey(governor, documentKey, time);
  await governor.addRule({ ...USUAL_RULE, validFrom: time });
  const folder = await mkdtemp(join(tmpdir(), "lz-world-"));
  return {
    node,
    proxy,
    rpc,
    proxied,
    deployment,
    proxiedDeployment,
    reader,
    proxiedReader: chainReader(proxiedDeployment),
    primitives,
    authority,
    governance: governor,
    operator,
    operatorKey,
    types,
    type: types[0] as CertificateType,
    documentKey,
    folder,
    close: async () => {
      rpc.close();
      proxied.close();
      await proxy.close();
      await node.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Hainan accepts Shanghai's certificates. */
export const USUAL_RULE = {
  recognising: HAINAN.region,
  recognised: SHANGHAI.region,
  group: null,
  type: TYPE_CODE,
  serviceItems: [],
  leastAssurance: 3,
  maxStatusAge: 0,
  validFrom: 0,
  validUntil: null,
  effect: "accept",
  condition: "",
  basis: "国办发〔2022〕3号",
} as const;

async function worldTypes(): Promise<readonly CertificateType[]> {
  const folder = join(import.meta.dirname, "..", "..", "catalogue");
  const { types } = await readCatalogue(folder);
  return [TYPE_CODE, OTHER_TYPE_CODE].map((code) => {
    return types.find((type) => type.code === code) as CertificateType;
  });
}

async function register(
  governor: Governance,
  { code, region, name }: typeof SHANGHAI,
  operator: string,
  from: number,
): Promise<void> {
  await registerAgency(governor, {
    agency: code,
    region,
    name,
    types: [TYPE_CODE],
    assurance: 4,
    operator,
    basis: "测试",
    from,
    funding: 0n,
  });
}

async function addDocumentKey(
  governor: Governance,
  { publicKey }: SigningKey,
  validFrom: number,
): Promise<void> {
  const key = { x: `0x${toHex(publicKey.x)}`, y: `0x${toHex(publicKey.y)}` };
  const window = { validFrom, validUntil: null, basis: "测试" };
  await governor.addDocumentKey(SHANGHAI.code, key, window);
}

/** Sends any call of any contract, as any account; by default as the authority. */
export async function callContract(
  world: Pick<ChainWorld, "deployment" | "authority">,
  name: ContractName,
  method: string,
  args: readonly unknown[],
  account: Account = world.authority,
): Promise<void> {
  const data = interfaceOf(name).encodeFunctionData(method, args);
  await account.execute({ to: world.deployment.addresses[name], data });
}

/** Anchors roots without any certificates behind them. */
export async function anchorRoots(
  world: ChainWorld,
  ...names: readonly string[]
): Promise<string[]> {
  const roots = names.map((name) => `0x${toHex(seededBytes(name, 32))}`);
  for (const root of roots) {
    const batch = { root, size: 100, manifestHash: root };
    const args = [codeToChain(TYPE_CODE), 1, 1, batch];
    await callContract(world, "BatchAnchor", "anchor", args, world.operator);
  }
  return roots;
}

export async function mine({ rpc }: ChainWorld, blocks: number): Promise<void> {
  await rpc.provider.send("hardhat_mine", [`0x${blocks.toString(16)}`]);
}

/** Valid records of the world's type, each another holder's. */
export function goodRows({ type }: Pick<ChainWorld, "type">, count: number, seed = "rows"): Row[] {
  const rows = generateRecords(type, { count, seed, today: TODAY });
  return [...rows].map((row) => ({ ...row, ...WINDOW, ...END }));
}

let files = 0;

/** A new file of the world's folder with these rows. */
export async function writeCsv(
  { folder }: Pick<ChainWorld, "folder">,
  rows: readonly Row[],
  columns: readonly string[] = Object.keys(rows[0] ?? {}),
): Promise<string> {
  const file = join(folder, `records-${String(++files)}.csv`);
  await writeFile(file, [...toCsv(columns, rows)].join(""));
  return file;
}

export function newFolder({ folder }: Pick<ChainWorld, "folder">): string {
  return join(folder, `batch-${String(++files)}`);
}

/** What `lz issue` would be told. */
export function orderOf(world: ChainWorld, changes: Partial<IssueOrder> = {}): IssueOrder {
  const { code: agency, region } = SHANGHAI;
  const order = { type: world.type, agency, region, skipInvalid: false, today: TODAY };
  return { ...order, suite: 1, ...changes };
}

/** What it works with, by way of the proxy; it looks three times for a receipt. */
export async function toolsFor(
  world: ChainWorld,
  file: string,
  folder: string,
  changes: Partial<IssueTools> = {},
): Promise<IssueTools> {
  const operator = new Account(world.proxied, world.operatorKey);
  return {
    source: await openCsv(file),
    store: batchFolder(folder),
    faults: faultFile(`${folder}.errors.csv`),
    anchoring: await anchoringFor(world.proxiedDeployment, operator, SHANGHAI.code),
    identity: world.deployment.identity,
    primitives: world.primitives,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    waiting: { attempts: 3, pause: () => Promise.resolve(), isFinal: () => Promise.resolve(true) },
    ...changes,
  };
}

export interface IssuedFolder {
  readonly job: BatchJob;
  readonly store: BatchStore;
  readonly folder: string;
  readonly rows: readonly Row[];
}

/** A batch issued and anchored in the usual way. */
export async function issueRows(
  world: ChainWorld,
  rows: readonly Row[],
  changes: Partial<IssueOrder> = {},
): Promise<IssuedFolder> {
  const folder = newFolder(world);
  const tools = await toolsFor(world, await writeCsv(world, rows), folder);
  const { job } = await issueBatch(orderOf(world, changes), tools);
  return { job, store: tools.store, folder, rows };
}

/** All batches that are on the chain, as the node itself says. */
export async function anchorsOnChain(world: ChainWorld): Promise<BatchAnchored[]> {
  const events = await allEvents(world);
  return events.filter((event) => event.kind === "BatchAnchored");
}

export async function allEvents({ reader }: ChainWorld): Promise<LedgerEvent[]> {
  return reader.events(reader.firstBlock, (await reader.latestBlock()).number);
}

/** The chain as a counter sees it now. */
export async function viewOf({ reader, primitives }: ChainWorld): Promise<LedgerView> {
  const store = await openVerifierStore(":memory:", systemClock);
  const options = { chain: reader, store, primitives, clock: systemClock, confirmations: 0 };
  const follower = await ChainFollower.open(options);
  await follower.poll();
  await store.close();
  return follower.view as LedgerView;
}
