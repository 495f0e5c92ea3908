export default {
  entry: ["scripts/*.ts", "hardhat*.config.ts"],
  project: ["src/**/*.ts", "scripts/**/*.ts", "test/**/*.ts"],
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Named in Solidity.
    "@openzeppelin/contracts",
    // Started by their commands, from test/run/parts.ts.
    "dependency-cruiser",
    "jest",
    "solhint",
  ],
};
