export default {
  entry: [
    "scripts/*.ts",
    "hardhat*.config.ts",
    // Started by their paths, from test/run/parts.ts and by hand.
    "test/mutation/run.ts",
    "test/run/lean-coverage.ts",
    "test/faults/{run,simulate,hostile-run}.ts",
    "test/contracts/write-storage-layout.ts",
    // Started by deploy/try.sh.
    "test/deployment/try.ts",
    "bench/{acceptance,hashing,http-bare,http-load,judging,soak,usage-report,verify-documents,wrap-documents,write-table}.ts",
    // Started as processes, from bench/http-target.ts, http-rows.ts and judge-rows.ts; by hand.
    "bench/{http-load,http-bare,verify-documents}.ts",
    "test/support/write-store-fixtures.ts",
    // Started by hand where a schema has changed.
    "test/support/{write-client-types,write-store-fixtures}.ts",
    // Started by hand, where the pages have changed.
    "test/web/browser/take-pictures.ts",
    // Started as a thread.
    "src/main/issuing/issuing-worker.ts",
    "src/adapters/database/checkpoint-worker.ts",
    // Started as a process, from bench/pages.ts; it builds and imports the other.
    "bench/web/{measure,page-work}.ts",
    // Built apart from the pages: vite/installable.ts.
    "src/web/service-worker.ts",
    // Started by hand, where the icons are to change.
    "vite/draw-icons.ts",
    // Started as processes, from test/faults/issuing-pool.ts and test/support/command.ts.
    "test/faults/issuing-process.ts",
    "test/support/together-process.ts",
  ],
  // AssemblyScript is compiled by its own compiler: test/adapters/hashing/kernel.test.ts.
  project: ["{src,scripts,test,bench,vite}/**/*.{ts,vue}", "!src/adapters/hashing/kernel/**"],
  ignoreExportsUsedInFile: true,
  // Of the machine: the tests' own tools.
  ignoreBinaries: [
    "apt-get",
    "iconv",
    "ip",
    "mkfifo",
    "openssl",
    "script",
    "mount",
    "strace",
    "systemd-analyze",
    "umount",
  ],
  // Started by its path.
  ignoreUnresolved: ["clients/curl/verify.sh"],
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
    "vue-tsc",
  ],
};
