/**
 * The two-person rule: a region's authority that is a contract of several owners. Safe (2 of 3 here) is the
 * most widely used such contract, audited and unchanged for years; its own compiled code is deployed here.
 */
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ContractFactory, Interface, Signature, SigningKey, ZeroAddress, concat } from "ethers";
import { Account } from "../../../src/adapters/chain/account.ts";
import { governance, preparedGovernance } from "../../../src/adapters/chain/governance.ts";
import { walletSigner } from "../../../src/adapters/chain/wallet-signer.ts";
import { replayHistory } from "../../../src/app/replay-history.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import type { Governance, PreparedCall } from "../../../src/ports/governance.ts";
import type { LedgerWorld } from "../../support/ledger-world.ts";
import { startLedgerWorld } from "../../support/ledger-world.ts";
import { seededBytes } from "../../support/seeded.ts";

interface Artifact {
  readonly abi: any[];
  readonly bytecode: string;
}

const require = createRequire(import.meta.url);
const SAFE =
  require("@safe-global/safe-smart-account/build/artifacts/contracts/Safe.sol/Safe.json") as Artifact;
const FACTORY =
  require("@safe-global/safe-smart-account/build/artifacts/contracts/proxies/SafeProxyFactory.sol/SafeProxyFactory.json") as Artifact;
const safe = new Interface(SAFE.abi);
const factory = new Interface(FACTORY.abi);
/** Any owner may bring the signed call to the chain; all who signed it have agreed to it. */
const OWNERS = ["first owner", "second owner", "third owner"].map(keyOf);
const THRESHOLD = 2;
const CITY = { agency: "11460000MB1A090068", region: "460200", name: "三亚市证照样例局" };

let world: LedgerWorld;
let address: string;
let authority: Governance<PreparedCall>;

function keyOf(name: string): string {
  return `0x${toHex(seededBytes(name, 32))}`;
}

const accountOf = (key: string): Account => new Account(world.rpc, walletSigner(key));

beforeAll(async () => {
  world = await startLedgerWorld();
  address = await createSafe();
  await world.governance.appoint("460000", address, "琼府〔2026〕1号");
  authority = preparedGovernance(world.deployment, address);
});
afterAll(() => world.close());

async function deploy({ abi, bytecode }: Artifact): Promise<string> {
  const { data } = await new ContractFactory(abi, bytecode).getDeployTransaction();
  const receipt = await world.authority.execute({ to: null, data });
  return String(receipt.contractAddress);
}

/** As Safe is set up everywhere: one master copy, and a proxy of it for each group of owners. */
async function createSafe(): Promise<string> {
  const [master, proxies] = [await deploy(SAFE), await deploy(FACTORY)];
  const owners = OWNERS.map((key) => accountOf(key).address);
  const none = [ZeroAddress, "0x", ZeroAddress, ZeroAddress, 0, ZeroAddress];
  const setup = safe.encodeFunctionData("setup", [owners, THRESHOLD, ...none]);
  const data = factory.encodeFunctionData("createProxyWithNonce", [master, setup, 0]);
  const { logs } = await world.authority.execute({ to: proxies, data });
  const created = logs.flatMap((log) => factory.parseLog(log) ?? []);
  return String(created.find(({ name }) => name === "ProxyCreation")?.args.getValue("proxy"));
}

async function read(method: string, args: readonly unknown[]): Promise<string> {
  const data = safe.encodeFunctionData(method, args);
  const answer = await world.rpc.provider.call({ to: address, data });
  return String(safe.decodeFunctionResult(method, answer)[0]);
}

/** What owners sign: the call, for this Safe on this chain, with its next number. */
async function hashOf({ to, value, data }: PreparedCall): Promise<string> {
  const nonce = await read("nonce", []);
  return read("getTransactionHash", [to, value, data, ...REST, nonce]);
}

/** An ordinary call, with no refund of gas. */
const REST = [0, 0, 0, 0, ZeroAddress, ZeroAddress];

/** Signed by these owners, and brought to the chain by one who need not be one of them. */
async function execute(call: PreparedCall, keys: readonly string[]): Promise<void> {
  const hash = await hashOf(call);
  const signatures = keys
    .map((key) => ({ owner: accountOf(key).address, signature: new SigningKey(key).sign(hash) }))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1))
    .map(({ signature }) => Signature.from(signature).serialized);
  const args = [call.to, call.value, call.data, ...REST, concat(signatures)];
  await world.authority.execute({
    to: address,
    data: safe.encodeFunctionData("execTransaction", args),
  });
}

async function registration(): Promise<PreparedCall> {
  const { time } = await world.reader.latestBlock();
  return authority.registerAgency({ ...CITY, effectiveFrom: time, basis: "三府〔2026〕1号" });
}

async function agencyCodes(): Promise<string[]> {
  const { state, findings } = await replayHistory(world.reader, world.primitives);
  expect(findings).toEqual([]);
  return [...state.agencies.keys()];
}

describe("an authority of three owners, two of whom must agree", () => {
  it("is one Safe with its three owners", async () => {
    expect(await read("getThreshold", [])).toBe("2");
    const owners = (await read("getOwners", [])).toLowerCase();
    expect(owners).toBe(OWNERS.map((key) => accountOf(key).address).join());
  });

  it("is refused with one signature: nothing changes", async () => {
    const call = await registration();
    const alone = execute(call, OWNERS.slice(0, 1));
    await expect(alone).rejects.toMatchObject({ code: "CONTRACT_REFUSED", detail: "GS020" });
    expect(await agencyCodes()).not.toContain(CITY.agency);
  });

  it("is refused with the same signature twice, and with a stranger's", async () => {
    const call = await registration();
    const [first = ""] = OWNERS;
    for (const keys of [
      [first, first],
      [first, keyOf("stranger")],
    ]) {
      await expect(execute(call, keys)).rejects.toMatchObject({
        code: "CONTRACT_REFUSED",
        detail: "GS026",
      });
    }
  });

  it("lets no single owner act in its place", async () => {
    const { time } = await world.reader.latestBlock();
    for (const key of OWNERS) {
      const owner = governance(world.deployment, accountOf(key));
      const registered = owner.registerAgency({ ...CITY, effectiveFrom: time, basis: "" });
      await expect(registered).rejects.toMatchObject({
        code: "CONTRACT_REFUSED",
        detail: expect.stringContaining("RegionalAuthorityRequired"),
      });
    }
  });

  it("registers an agency of its region with two signatures, and the chain names it", async () => {
    await execute(await registration(), OWNERS.slice(1));
    expect(await agencyCodes()).toContain(CITY.agency);
    const { number } = await world.reader.latestBlock();
    const events = await world.reader.events(0, number);
    expect(events.findLast(({ kind }) => kind === "AgencyRegistered")).toMatchObject({
      agency: CITY.agency,
      by: address.toLowerCase(),
      basis: "三府〔2026〕1号",
    });
  });

  it("has no power outside its region, with however many signatures", async () => {
    const { time } = await world.reader.latestBlock();
    const shanghai = { agency: "11310000MB1A09006W", region: "310000", name: "上海市证照样例二局" };
    const call = await authority.registerAgency({ ...shanghai, effectiveFrom: time, basis: "" });
    await expect(execute(call, OWNERS)).rejects.toMatchObject({ code: "CONTRACT_REFUSED" });
  });

  it("hands its right on for a city below it, with two signatures", async () => {
    const city = accountOf(keyOf("authority of Sanya")).address;
    await execute(await authority.appoint("460200", city, "琼府〔2026〕2号"), OWNERS.slice(0, 2));
    const { state } = await replayHistory(world.reader, world.primitives);
    expect(state.authorities.get("460200")?.has(city)).toBe(true);
  });
});
