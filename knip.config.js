export default {
  entry: [
    "scripts/*.ts",
    "hardhat*.config.ts",
    // Started by their paths, from test/run/parts.ts and by hand.
    "test/mutation/run.ts",
    "test/faults/run.ts",
    "test/contracts/write-storage-layout.ts",
    "bench/{acceptance,hashing,judging,usage-report,wrap-documents,write-table}.ts",
    // Started as a thread.
    "src/main/issuing-worker.ts",
    // Started as a process, from test/faults/issuing-pool.ts.
    "test/faults/issuing-process.ts",
  ],
  // AssemblyScript is compiled by its own compiler: test/adapters/hashing/kernel.test.ts.
  project: ["{src,scripts,test,bench}/**/*.ts", "!src/adapters/hashing/kernel/**"],
  ignoreExportsUsedInFile: true,
  // Of the machine: the tests' own tools.
  ignoreBinaries: ["apt-get", "iconv", "mkfifo", "openssl", "script", "mount", "strace", "umount"],
  ignoreDependencies: [
    // Hardhat's own test runner, taken from beside it: test/mutation/test-runner.ts.
    "@nomicfoundation/edr",
    // Read by its path: src/adapters/pdf/fonts.ts.
    "@expo-google-fonts/noto-serif-sc",
    // Named in Solidity.
    "@openzeppelin/contracts",
    // Started by their commands, from test/run/parts.ts and test/adapters/hashing/kernel.test.ts.
    "assemblyscript",
    "dependency-cruiser",
    "jest",
    "solhint",
  ],
};
