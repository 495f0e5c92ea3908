/** A local Hardhat node that listens on JSON-RPC: for trying things out, and for tests. */
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { Problem } from "../../core/problem.ts";
import { DEVELOPMENT_CHAIN_ID } from "./development.ts";

const PROJECT = join(import.meta.dirname, "..", "..", "..");

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
  await requireFree(port, hostname);
  const local = {
    type: "edr-simulated",
    chainType: "l1",
    chainId: DEVELOPMENT_CHAIN_ID,
    initialBaseFeePerGas: 0,
    allowBlocksWithSameTimestamp: true,
  } as const;
  // Hardhat looks for a package around it; a command may be run from anywhere.
  const environment = await createHardhatRuntimeEnvironment({ networks: { local } }, {}, PROJECT);
  const server = await environment.network.createServer("local", hostname, port);
  const { address, port: used } = await server.listen();
  const url = `http://${address}:${String(used)}`;
  return { url, chainId: DEVELOPMENT_CHAIN_ID, close: () => server.close() };
}

/** Asked before, since Hardhat's own server ends the process where it can't listen. */
async function requireFree(port: number, hostname: string): Promise<void> {
  const probe = createServer().listen(port, hostname);
  try {
    await once(probe, "listening");
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
    throw new Problem("PORT_IN_USE", `${hostname}:${String(port)}`, error);
  }
  probe.close();
  await once(probe, "close");
}
