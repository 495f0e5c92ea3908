export default {
  entry: ["scripts/*.ts", "hardhat*.config.ts"],
  project: ["src/**/*.ts", "scripts/**/*.ts", "test/**/*.ts"],
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Named in Solidity, and in the compiler's path.
    "@openzeppelin/contracts",
    "solc",
    // Started by their commands, from test/run/parts.ts.
    "dependency-cruiser",
    "jest",
    "solhint",
  ],
};
