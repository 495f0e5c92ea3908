const core = { statements: 100, branches: 100, functions: 100, lines: 100 };
const rest = { branches: 90 };

export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { target: "es2024", parser: { syntax: "typescript", importAttributes: true } },
        module: { type: "es6" },
      },
    ],
  },
  testMatch: ["**/*.test.ts"],
  testSequencer: "<rootDir>/test/run/longest-first.ts",
  // Temporary folders may be gone after a run; what was transformed once serves the next.
  cacheDirectory: "<rootDir>/cache/jest",
  // What takes longer hangs: a busy machine is slow.
  testTimeout: 180_000,
  // What a test file loaded stays in its worker: after a hundred files each next one took six seconds more.
  workerIdleMemoryLimit: "400MB",
  // A worker that ends has hundreds of megabytes to give back: on a busy machine that takes more than half a second.
  workerGracefulExitTimeout: 10_000,
  coverageProvider: "v8",
  coverageDirectory: "coverage/jest",
  // The table of what is not covered is long: it is shown when a threshold is missed.
  coverageReporters: [
    "text-summary",
    "lcovonly",
    "json-summary",
    ["text", { file: "uncovered.txt", skipFull: true }],
  ],
  // Commands and their wiring run in processes of their own: test/e2e proves them.
  collectCoverageFrom: [
    "src/{core,app,adapters,http}/**/*.ts",
    // AssemblyScript: what is tested is what it compiles to.
    "!src/adapters/hashing/kernel/**",
  ],
  coverageThreshold: {
    "./src/core/": core,
    "./src/app/": rest,
    "./src/adapters/": rest,
    "./src/http/": rest,
  },
};
