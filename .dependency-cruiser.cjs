/**
 * The layers, downwards only: scripts → cli → main → (app, adapters, http) → ports → core. `app` and
 * `adapters` don't know each other; `http` stands on `app`. Inside the core the floors of
 * docs/architecture.md hold too.
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const only = (name, comment, from, allowed) =>
  forbid(name, comment, { path: from }, { path: "^(src|scripts|test)/", pathNot: allowed });

/** The core's floors, the ground floor first. */
const FLOORS = [
  "encoding|identifiers",
  "catalogue|batch",
  "certificate|ledger|service-items",
  "presentation|audit",
  "verify",
  "uses|trust-pack",
];

const floors = FLOORS.map((floor, level) => {
  const above = FLOORS.slice(level + 1).join("|");
  return forbid(
    `core-floor-${level + 1}`,
    "Inside the core, imports run downwards only.",
    { path: `^src/core/(${floor})/` },
    { path: above === "" ? "^$" : `^src/core/(${above})/` },
  );
});

module.exports = {
  forbidden: [
    forbid("no-circular", "A circle has no order.", {}, { circular: true }),
    only("core", "The core imports the core alone.", "^src/core/", "^src/core/"),
    forbid(
      "core-is-pure",
      "The core has no effects; of packages it uses Ajv alone.",
      { path: "^src/core/" },
      { dependencyTypes: ["core", "npm", "npm-dev"], pathNot: "node_modules/ajv/" },
    ),
    only("ports", "Ports speak the core's words.", "^src/ports/", "^src/(core/|ports)"),
    only("app", "The application knows core and ports.", "^src/app/", "^src/(core/|app/|ports/)"),
    forbid(
      "app-has-no-effects",
      "The world comes through ports; merkletreejs is the auditor's second implementation.",
      { path: "^src/app/" },
      { dependencyTypes: ["core", "npm", "npm-dev"], pathNot: "node_modules/merkletreejs/" },
    ),
    only(
      "adapters",
      "Adapters know core and ports, and decide nothing.",
      "^src/adapters/",
      "^src/(core/|adapters/|ports/)",
    ),
    only("http", "HTTP stands on the application.", "^src/http/", "^src/(core/|app/|http/)"),
    only(
      "web",
      "The pages know the core, the application and the service's client; of adapters a signature and the QR code alone.",
      "^src/web/",
      "^(src/(core/|app/|ports/|web/|adapters/(hashing/sm2|qr/qr-code)\\.ts$)|clients/javascript/src/)",
    ),
    only(
      "config",
      "Configuration stands below main.",
      "^src/config\\.ts$",
      "^src/(core/|adapters/store/)",
    ),
    only(
      "main",
      "Main wires everything below commands.",
      "^src/main",
      "^src/(core|app|adapters|http|main|ports|config)",
    ),
    only(
      "cli",
      "Commands get adapters from main.",
      "^src/cli/",
      "^src/(core|app|cli|main|ports|config)",
    ),
    only("scripts", "Scripts parse, wire, call, print.", "^scripts/", "^(src/cli/|test/run/)"),
    forbid("no-tests-in-src", "Nothing ships that tests.", { path: "^src/" }, { path: "^test/" }),
    forbid(
      "no-unresolved",
      "Every import is there; those of an address or of words are made by the build of the pages.",
      {},
      { couldNotResolve: true, pathNot: "^virtual:|[?]url$" },
    ),
    ...floors,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
