/** A local Hardhat node that listens on JSON-RPC: for trying things out, and for tests. */
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { Problem } from "../../core/problem.ts";

/** The first of the accounts that every Hardhat and Anvil node begins with. Its key is known to all. */
export const DEVELOPMENT_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
export const DEVELOPMENT_CHAIN_ID = 31337;

export interface LocalNode {
  readonly url: string;
  readonly chainId: number;
  close(): Promise<void>;
}

/**
 * Mines each transaction at once and takes no fee. Nothing is kept when it stops.
 * @param port 0 for any that is free
 * @throws Problem PORT_IN_USE
 */
export async function startLocalNode(port: number, hostname = "127.0.0.1"): Promise<LocalNode> {
  const environment = await createHardhatRuntimeEnvironment({
    networks: {
      local: {
        type: "edr-simulated",
        chainType: "l1",
        chainId: DEVELOPMENT_CHAIN_ID,
        initialBaseFeePerGas: 0,
        allowBlocksWithSameTimestamp: true,
      },
    },
  });
  const server = await environment.network.createServer("local", hostname, port);
  try {
    const { address, port: used } = await server.listen();
    const url = `http://${address}:${String(used)}`;
    return { url, chainId: DEVELOPMENT_CHAIN_ID, close: () => server.close() };
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
    throw new Problem("PORT_IN_USE", `${hostname}:${String(port)}`, error);
  }
}
