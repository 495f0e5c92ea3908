/** A chain on JSON-RPC in a process of its own, with a ledger: two regions' agencies, types, a key, a rule. */
import { join } from "node:path";
import { Wallet } from "ethers";
import { readCatalogue } from "../../src/adapters/catalogue/read-catalogue.ts";
import { Account } from "../../src/adapters/chain/account.ts";
import { chainReader } from "../../src/adapters/chain/chain-reader.ts";
import { codeToChain } from "../../src/adapters/chain/chain-words.ts";
import { interfaceOf } from "../../src/adapters/chain/contracts.ts";
import type { ContractName } from "../../src/adapters/chain/contracts.ts";
import { deployContracts } from "../../src/adapters/chain/deploy.ts";
import { findDeployment } from "../../src/adapters/chain/deployment.ts";
import type { Deployment } from "../../src/adapters/chain/deployment.ts";
import { DEVELOPMENT_KEY } from "../../src/adapters/chain/development.ts";
import { estimatedGovernance, governance } from "../../src/adapters/chain/governance.ts";
import { connectRpc } from "../../src/adapters/chain/rpc.ts";
import type { Rpc } from "../../src/adapters/chain/rpc.ts";
import { walletSigner } from "../../src/adapters/chain/wallet-signer.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { planPublication, publishCatalogue } from "../../src/app/publish-catalogue.ts";
import { readLedger } from "../../src/app/read-ledger.ts";
import { registerAgency } from "../../src/app/register-agency.ts";
import type { CertificateType } from "../../src/core/catalogue/certificate-type.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { BatchAnchored, LedgerEvent } from "../../src/core/ledger/events.ts";
import { emptyLedger } from "../../src/core/ledger/state.ts";
import type { LedgerView } from "../../src/core/verify/case.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import type { ChainReader } from "../../src/ports/chain-reader.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Governance } from "../../src/ports/governance.ts";
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
export interface LedgerWorld {
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
  /** What the authority's calls would take. */
  readonly estimates: Governance<number>;
  readonly operator: Account;
  readonly operatorKey: string;
  readonly types: readonly CertificateType[];
  readonly type: CertificateType;
  readonly documentKey: SigningKey;
  close(): Promise<void>;
}

/** How long a call to the node by way of the proxy may take, in milliseconds. */
export const TIMEOUT_MS = 2_000;

export async function startLedgerWorld(): Promise<LedgerWorld> {
  const node = await startNodeProcess();
  const proxy = await startRpcProxy(node.url);
  const rpc = await connectRpc(node.url);
  const proxied = await connectRpc(proxy.url, TIMEOUT_MS);
  const authority = new Account(rpc, walletSigner(DEVELOPMENT_KEY));
  const directory = await deployContracts(rpc, authority);
  const deployment = await findDeployment(rpc, directory);
  const proxiedDeployment = { ...deployment, rpc: proxied };
  const primitives = await loadPrimitives();
  const types = await worldTypes();
  const governor = governance(deployment, authority);
  const estimates = estimatedGovernance(deployment, authority.address);
  const operatorKey = `0x${toHex(seededBytes("operator of Shanghai", 32))}`;
  const operator = new Account(rpc, walletSigner(operatorKey));
  const reader = chainReader(deployment);
  const { time } = await reader.latestBlock();
  const { keccak256 } = primitives;
  const plan = planPublication(keccak256, emptyLedger(deployment.identity), types);
  const tools = { governance: governor, estimates, keccak256 };
  await publishCatalogue(tools, plan, { effectiveFrom: time });
  await register(governor, SHANGHAI, operator.address, time);
  await register(governor, HAINAN, new Wallet(DEVELOPMENT_KEY).address, time);
  const documentKey = seededKey("document key of Shanghai");
  await addDocumentKey(governor, documentKey, time);
  await governor.addRule({ ...USUAL_RULE, validFrom: time });
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
    estimates,
    operator,
    operatorKey,
    types,
    type: types[0] as CertificateType,
    documentKey,
    close: async () => {
      rpc.close();
      proxied.close();
      await proxy.close();
      await node.close();
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
  const point = { x: `0x${toHex(publicKey.x)}`, y: `0x${toHex(publicKey.y)}` };
  const key = { algorithm: "P-256", ...point } as const;
  const window = { validFrom, validUntil: null, basis: "测试" };
  await governor.addDocumentKey(SHANGHAI.code, key, window);
}

/** Sends any call of any contract, as any account; by default as the authority. */
export async function callContract(
  world: Pick<LedgerWorld, "deployment" | "authority">,
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
  world: LedgerWorld,
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

export async function mine({ rpc }: LedgerWorld, blocks: number): Promise<void> {
  await rpc.provider.send("hardhat_mine", [`0x${blocks.toString(16)}`]);
}

/** All batches that are on the chain, as the node itself says. */
export async function anchorsOnChain(world: LedgerWorld): Promise<BatchAnchored[]> {
  const events = await allEvents(world);
  return events.filter((event) => event.kind === "BatchAnchored");
}

export async function allEvents({ reader }: LedgerWorld): Promise<LedgerEvent[]> {
  return reader.events(reader.firstBlock, (await reader.latestBlock()).number);
}

/** The chain as a counter sees it now. */
export async function viewOf({ reader, primitives }: LedgerWorld): Promise<LedgerView> {
  return viewThrough(reader, primitives);
}

export async function viewThrough(chain: ChainReader, primitives: Primitives): Promise<LedgerView> {
  return readLedger({ chain, primitives, clock: systemClock, confirmations: 0 });
}
