import { definePlugin } from "hardhat/plugins";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";

type Settings = CompilerInput["settings"];

/** They hold code under test, a library's or an inherited one, so they are compiled as it is deployed. */
const AS_DEPLOYED = /\/(BatchTree|CreditCode|RegionalAuthority|Regions|Sm2Curve)\.t\.sol$/;
/** They run long enough to be worth an optimiser. */
const RUNS_LONG = "/Invariants.t.sol";

/**
 * Compiles Solidity tests as quickly as can be: a sixth of the time. Most of them only call contracts
 * that they deploy from `artifacts/`, so neither their own code need be good, nor is what they import
 * needed again.
 */
export const quickTests = definePlugin({
  id: "liangzheng-quick-tests",
  hookHandlers: {
    solidity: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            invokeSolc: async (context, compiler, input, config, next) => {
              const outputs: CompilerOutput[] = [];
              for (const settings of settingsFor(input)) {
                outputs.push(await next(context, compiler, { ...input, settings }, config));
              }
              return merged(outputs);
            },
          }),
      }),
  },
});

/**
 * As they are for contracts; for tests, how all files are understood, and code in up to three portions. The compiler
 * makes code of every file that it is asked anything of, so neither can be asked for with the other.
 */
function settingsFor({ sources, settings }: CompilerInput): readonly Settings[] {
  const tests = Object.keys(sources).filter((path) => path.endsWith(".t.sol"));
  if (tests.length === 0) return [settings];
  const deployed = tests.filter((path) => AS_DEPLOYED.test(path));
  const long = tests.filter((path) => path.endsWith(RUNS_LONG));
  const others = tests.filter((path) => !AS_DEPLOYED.test(path) && !path.endsWith(RUNS_LONG));
  return [
    { ...settings, outputSelection: { "*": { "": ["ast"] } } },
    ...codeOf(deployed, settings),
    ...codeOf(long, { ...settings, viaIR: false, optimizer: { enabled: true } }),
    ...codeOf(others, { ...settings, viaIR: false, optimizer: { enabled: false } }),
  ];
}

function codeOf(files: readonly string[], settings: Settings): readonly Settings[] {
  if (files.length === 0) return [];
  const output = settings.outputSelection["*"]?.["*"] ?? [];
  const outputSelection = Object.fromEntries(files.map((file) => [file, { "*": output }]));
  return [{ ...settings, outputSelection }];
}

function merged([first, ...others]: readonly CompilerOutput[]): CompilerOutput {
  if (first === undefined) throw new Error("nothing was compiled");
  return others.reduce<CompilerOutput>(
    (all, { errors = [], sources, contracts }) => ({
      errors: [...(all.errors ?? []), ...errors],
      sources: { ...sources, ...all.sources },
      contracts: { ...contracts, ...all.contracts },
    }),
    first,
  );
}
