/** A local Hardhat node that listens on JSON-RPC: for trying things out, and for tests. */
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { Problem } from "../../core/problem.ts";
import { DEVELOPMENT_CHAIN_ID } from "./development.ts";

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
