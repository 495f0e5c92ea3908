import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { deployContracts } from "../../../src/adapters/chain/deploy.ts";
import { findDeployment } from "../../../src/adapters/chain/deployment.ts";
import { startLocalNode } from "../../../src/adapters/chain/local-node.ts";
import type { ChainWorld } from "../../support/chain-world.ts";
import { startChainWorld } from "../../support/chain-world.ts";
import { altering, at, html, resetting, silent } from "../../support/rpc-proxy.ts";

let world: ChainWorld;

beforeAll(async () => {
  world = await startChainWorld();
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
    const directory = await deployContracts(world.rpc, world.authority, (stage, done, total) => {
      told.push(`${stage} ${String(done)}/${String(total)}`);
    });
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7].map((done) => `contracts ${String(done)}/7`));
    expect(directory).not.toBe(world.deployment.addresses.Directory);
    const { firstBlock, identity } = await findDeployment(world.rpc, directory);
    expect(firstBlock).toBeGreaterThan(0);
    expect(identity.directory).toBe(directory);
  });
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
