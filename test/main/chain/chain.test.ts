import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import { loadSettings, writeConfiguration } from "../../../src/config.ts";
import type { Settings } from "../../../src/config.ts";
import type { Pacing } from "../../../src/app/issue/anchor-tools.ts";
import { openChain, pacingOf, readLedger } from "../../../src/main/chain/chain.ts";
import type { ChainWorld } from "../../support/chain-world.ts";
import { mine, startChainWorld } from "../../support/chain-world.ts";
import { altering, onChain, resetting } from "../../support/rpc-proxy.ts";

let world: ChainWorld;
let settings: Settings;
let directory: string;

beforeAll(async () => {
  world = await startChainWorld();
  ({ Directory: directory } = world.deployment.addresses);
  const home = join(world.folder, "home");
  const file = { rpc: world.proxy.url, chainId: 31337, directory, confirmations: 2 };
  await writeConfiguration(home, file);
  settings = loadSettings({ LZ_HOME: home, LZ_TIMEOUT_MS: "20000" });
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(() => world.close());

describe("the chain that is configured", () => {
  it("is opened, and read once from its first block to its newest final one", async () => {
    const chain = await openChain(settings);
    await mine(world, 2);
    const { state, block } = await readLedger(chain);
    expect(block.number).toBe((await world.reader.latestBlock()).number - 2);
    expect([...state.agencies.keys()]).toHaveLength(2);
    chain.close();
  });

  it("is WRONG_CHAIN where the node is on another now, named by both", async () => {
    world.proxy.behave(onChain(1));
    await expect(openChain(settings)).rejects.toMatchObject({
      code: "WRONG_CHAIN",
      detail: expect.stringMatching(/is chain 1, configured 31337$/),
    });
  });

  it("is whatever chain the node is on where a flag names the node", async () => {
    world.proxy.behave(onChain(1));
    const chain = await openChain(settings, { rpc: world.proxy.url });
    expect(chain.reader.identity.chainId).toBe(1);
    chain.close();
  });

  it("is DIRECTORY_NOT_FOUND after a local chain was started anew", async () => {
    world.proxy.behave(altering("eth_call", () => "0x"));
    await expect(openChain(settings)).rejects.toMatchObject({ code: "DIRECTORY_NOT_FOUND" });
  });

  it("is RPC_UNREACHABLE without its node", async () => {
    world.proxy.behave(resetting);
    await expect(openChain(settings)).rejects.toMatchObject({ code: "RPC_UNREACHABLE" });
  });

  it("is NOT_CONFIGURED before it was deployed, said with where was looked", async () => {
    const nowhere = loadSettings({ LZ_HOME: join(world.folder, "nowhere") });
    const problem = { code: "NOT_CONFIGURED", detail: expect.stringContaining("nowhere") };
    await expect(openChain(nowhere)).rejects.toMatchObject(problem);
    await expect(openChain(nowhere, { directory })).rejects.toMatchObject(problem);
  });
});

describe("the pauses between two looks at the chain", () => {
  it("begin short and grow, and what is not said is usual", async () => {
    const pacing = pacingOf();
    expect(pacing).toMatchObject({ patience: 120, stuckAfter: 60 });
    expect(pacingOf({ patience: 5 })).toMatchObject({ patience: 5, stuckAfter: 60 });
    const paused = async ({ pause }: Pacing): Promise<number> => {
      const begun = performance.now();
      await pause();
      return performance.now() - begun;
    };
    // The shortest of some, since any may be held up.
    const firsts = [await paused(pacing), await paused(pacingOf()), await paused(pacingOf())];
    for (let i = 0; i < 3; i++) await pacing.pause();
    expect(Math.min(...firsts)).toBeLessThan(await paused(pacing));
  });
});
