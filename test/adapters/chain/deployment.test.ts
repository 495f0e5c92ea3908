import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Account } from "../../../src/adapters/chain/account.ts";
import { chainReader } from "../../../src/adapters/chain/chain-reader.ts";
import { interfaceOf } from "../../../src/adapters/chain/contracts.ts";
import type { ContractName } from "../../../src/adapters/chain/contracts.ts";
import { deployContracts } from "../../../src/adapters/chain/deploy.ts";
import { findDeployment } from "../../../src/adapters/chain/deployment.ts";
import type { Deployment } from "../../../src/adapters/chain/deployment.ts";
import { governance } from "../../../src/adapters/chain/governance.ts";
import { startLocalNode } from "../../../src/adapters/chain/local-node.ts";
import { walletSigner } from "../../../src/adapters/chain/wallet-signer.ts";
import type { LedgerWorld } from "../../support/ledger-world.ts";
import { startLedgerWorld } from "../../support/ledger-world.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { seededBytes } from "../../support/seeded.ts";
import { altering, at, html, resetting, silent } from "../../support/rpc-proxy.ts";

let world: LedgerWorld;

beforeAll(async () => {
  world = await startLedgerWorld();
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(() => world.close());

describe("finding a deployment by its directory", () => {
  it("finds every contract, whatever the case of the address", async () => {
    const { addresses, identity, firstBlock } = world.deployment;
    const shouted = `0x${addresses.Directory.slice(2).toUpperCase()}`;
    const found = await findDeployment(world.rpc, shouted);
    expect(found).toMatchObject({ addresses, identity, firstBlock });
    expect(Object.keys(addresses)).toHaveLength(7);
    for (const address of Object.values(addresses)) expect(address).toMatch(/^0x[0-9a-f]{40}$/);
  });

  it("finds none where there is only an account", async () => {
    const found = findDeployment(world.rpc, world.authority.address);
    await expect(found).rejects.toMatchObject({ code: "DIRECTORY_NOT_FOUND" });
  });

  it("finds none at the address of another contract", async () => {
    for (const address of Object.values(world.deployment.addresses)) {
      if (address === world.deployment.addresses.Directory) continue;
      const found = findDeployment(world.rpc, address);
      await expect(found).rejects.toMatchObject({ code: "DIRECTORY_NOT_FOUND", detail: address });
    }
  });

  it.each([
    ["another protocol", `0x${"2".padStart(64, "0")}`],
    ["half a word", "0x0001"],
    ["a word that is no version", `0x${"ff".repeat(32)}`],
    ["nothing", "0x"],
    ["null", null],
  ])("finds none where the contract answers with %s", async (_what, result) => {
    world.proxy.behave(altering("eth_call", () => result));
    const found = findDeployment(world.proxied, world.deployment.addresses.Directory);
    await expect(found).rejects.toMatchObject({ code: "DIRECTORY_NOT_FOUND" });
  });

  it.each([
    ["silent", silent, "RPC_TIMEOUT"],
    ["gone", resetting, "RPC_UNREACHABLE"],
    ["a page for signing in", html, "RPC_FAULT"],
  ])("does not say that there is none when the node is %s", async (_what, behaviour, code) => {
    world.proxy.behave(at("eth_call", behaviour));
    const found = findDeployment(world.proxied, world.deployment.addresses.Directory);
    await expect(found).rejects.toMatchObject({ code });
  });

  it("does not say that there is none when the node itself failed", async () => {
    world.proxy.behave(
      at("eth_call", () => ({ error: { code: -32603, message: "disk is full" } })),
    );
    const found = findDeployment(world.proxied, world.deployment.addresses.Directory);
    await expect(found).rejects.toMatchObject({
      code: "RPC_FAULT",
      detail: expect.stringContaining("disk is full"),
    });
  });
});

describe("deploying", () => {
  it("tells of each contract as it is there, and makes a directory of its own each time", async () => {
    const told: string[] = [];
    const tell = (stage: string, done: number, total: number | null): void => {
      told.push(`${stage} ${String(done)}/${String(total)}`);
    };
    const directory = await deployContracts(world.rpc, world.authority, {}, tell);
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7].map((done) => `contracts ${String(done)}/7`));
    expect(directory).not.toBe(world.deployment.addresses.Directory);
    const { firstBlock, identity } = await findDeployment(world.rpc, directory);
    expect(firstBlock).toBeGreaterThan(0);
    expect(identity.directory).toBe(directory);
  });
});

describe("deploying for others", () => {
  const key = (name: string): Account =>
    new Account(world.rpc, walletSigner(`0x${toHex(seededBytes(name, 32))}`));
  const account = `0x${"ab".repeat(20)}`;

  it("leaves the account that deployed no power, and appointments their delay", async () => {
    const [administrator, authority] = [key("administrator"), key("authority")];
    const directory = await deployContracts(world.rpc, world.authority, {
      appointmentDelay: 86_400,
      administrator: administrator.address,
      authority: authority.address,
      basis: "国办函〔2026〕1号",
    });
    const deployment = await findDeployment(world.rpc, directory);
    const refused = { code: "CONTRACT_REFUSED" };
    const deployer = governance(deployment, world.authority);
    await expect(deployer.appoint("0", account, "")).rejects.toMatchObject(refused);
    await expect(deployer.appoint("460000", account, "")).rejects.toMatchObject(refused);
    await governance(deployment, authority).appoint("460000", account, "依据");
    await governance(deployment, administrator).appoint("0", account, "依据");
    const { number } = await world.reader.latestBlock();
    const events = await chainReader(deployment).events(0, number);
    expect(events).toMatchObject([
      { region: "0", account: authority.address, basis: "国办函〔2026〕1号" },
      { region: "460000", account, by: authority.address },
      { region: "0", account, by: administrator.address },
    ]);
    const delays = events.map(({ position, ...event }) => {
      return "effectiveFrom" in event ? event.effectiveFrom - position.time : null;
    });
    expect(delays).toEqual([0, 86_400, 86_400]);
  });

  it("finds no predecessor where there is none", async () => {
    const options = { predecessor: world.authority.address };
    const deployed = deployContracts(world.rpc, world.authority, options);
    await expect(deployed).rejects.toMatchObject({ code: "DIRECTORY_NOT_FOUND" });
  });
});

describe("a deployment that says it succeeds another", () => {
  it("PREDECESSOR_NOT_FROZEN: may not have spoken before the other's last word", async () => {
    const old = await deployContracts(world.rpc, world.authority);
    const predecessor = old;
    const next = await deployContracts(world.rpc, world.authority, { predecessor });
    const { addresses } = await findDeployment(world.rpc, old);
    await expect(findDeployment(world.rpc, next)).rejects.toMatchObject({
      code: "PREDECESSOR_NOT_FROZEN",
      detail: `${old}, named by ${next}, is not frozen`,
    });
    const registry = { rpc: world.rpc, addresses: { ...addresses, Directory: next } };
    const data = interfaceOf("Directory").encodeFunctionData("accessManager");
    const answer = await world.rpc.provider.call({ to: next, data });
    const AuthorityRegistry = `0x${answer.slice(-40)}`;
    const early = { ...registry, addresses: { ...registry.addresses, AuthorityRegistry } };
    await governance(early as Deployment, world.authority).appoint("0", `0x${"ab".repeat(20)}`, "");
    const outgoing = { rpc: world.rpc, addresses } as Deployment;
    await governance(outgoing, world.authority).freeze(next, "");
    await expect(findDeployment(world.rpc, next)).rejects.toMatchObject({
      code: "PREDECESSOR_NOT_FROZEN",
      detail: `${old}, named by ${next}, froze only after the other spoke`,
    });
  });

  it("DIRECTORY_NOT_FOUND: is not followed for ever, in a circle or to a lost beginning", async () => {
    const own = world.deployment.addresses.Directory;
    const word = (address: string): string => `0x${address.slice(2).padStart(64, "0")}`;
    const asked = (contract: ContractName, method: string): string =>
      interfaceOf(contract).getFunction(method)?.selector ?? "";
    world.proxy.behave(async (call, forward) => {
      const data = String((call.params[0] as { data?: unknown } | undefined)?.data);
      if (data === asked("Directory", "predecessor")) return { result: word(own) };
      if (data === asked("AuthorityRegistry", "isFrozen")) return { result: word("0x01") };
      return call.method === "eth_getLogs" ? { result: [freezeLog(own)] } : forward();
    });
    await expect(findDeployment(world.proxied, own)).rejects.toMatchObject({
      code: "DIRECTORY_NOT_FOUND",
      detail: `${own}: more than 16 predecessors`,
    });
  });

  /** As a node would give it: the registry of the world says that it is succeeded. */
  function freezeLog(successor: string): Record<string, unknown> {
    const by = world.authority.address;
    const log = interfaceOf("AuthorityRegistry").encodeEventLog("LedgerFrozen", [
      ...[successor, "", by, 9],
    ]);
    const address = world.deployment.addresses.AuthorityRegistry;
    const place = { blockNumber: "0x9", logIndex: "0x0", transactionHash: `0x${"9".repeat(64)}` };
    return { ...log, address, ...place };
  }
});

describe("a local node", () => {
  it("says which port is in use", async () => {
    const { port } = new URL(world.node.url);
    await expect(startLocalNode(Number(port))).rejects.toMatchObject({
      code: "PORT_IN_USE",
      detail: `127.0.0.1:${port}`,
    });
  });

  it("listens where it says, and is gone once it is closed", async () => {
    const node = await startLocalNode(0);
    const ask = (): Promise<Response> =>
      fetch(node.url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
      });
    expect(await (await ask()).json()).toMatchObject({ result: "0x7a69" });
    expect(node.chainId).toBe(31337);
    await node.close();
    await expect(ask()).rejects.toThrow("fetch failed");
  });

  it("passes on what else is wrong with the address to listen at", async () => {
    await expect(startLocalNode(0, "203.0.113.1")).rejects.toMatchObject({ code: "EADDRNOTAVAIL" });
  });
});
