/** The embedded chain, in a file of its own: no other command needs to load Hardhat. */
export { startLocalNode } from "../../adapters/chain/local-node.ts";
