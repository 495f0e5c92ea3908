/** What every Hardhat and Anvil node begins with. Apart from local-node.ts, so that Hardhat is loaded only there. */
export const DEVELOPMENT_CHAIN_ID = 31337;

/** The key of the first of its accounts, known to all. */
export const DEVELOPMENT_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
