/** The files of deploy/ hold together: with the service, with each other, with the documentation. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { PrometheusMetrics } from "../../src/adapters/metrics/prometheus.ts";
import { ROUTES } from "../../src/http/routes.ts";
import { CODE_WORDS } from "../../src/core/verify/code-words.ts";
import { PROBLEMS } from "../../src/core/problem-codes.ts";
import { ledgerFigures } from "../../src/main/service/ledger-figures.ts";
import { measuredUses } from "../../src/main/service/measured-uses.ts";
import { readServiceSettings } from "../../src/main/settings/service-settings.ts";
import { serviceFigures } from "../../src/main/service/service-metrics.ts";
import { PROJECT } from "../support/command.ts";

const DEPLOY = join(PROJECT, "deploy");
const textOf = (...path: string[]): string => readFileSync(join(DEPLOY, ...path), "utf8");

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const alerts = parse(textOf("prometheus", "alerts.yml")) as { groups: { rules: Rule[] }[] };
const rules = alerts.groups.flatMap((group) => group.rules);
const runbook = readFileSync(join(PROJECT, "docs", "operations.md"), "utf8");
const { panels } = JSON.parse(textOf("grafana", "liangzheng.json")) as { panels: Panel[] };
const asked = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** What Prometheus itself knows of each place it asks. */
const PROMETHEUS_OWN = ["up"];
/** Registered where they are kept; their parts need a database to be opened. */
const OF_OPENED_PARTS = [
  ["src/main/service/store-watch.ts", "lz_service_store_up", "lz_service_store_probe_seconds"],
  ["src/main/service/use-log.ts", "lz_use_strand_lines", "lz_use_anchored_timestamp_seconds"],
  ["src/adapters/metrics/aggregated.ts", "lz_processes"],
] as const;

let known: Set<string>;
beforeAll(async () => {
  const metrics = new PrometheusMetrics();
  serviceFigures(metrics);
  ledgerFigures(metrics, { view: () => null, nodes: () => [], trouble: () => null });
  measuredUses({ metrics }, {} as Parameters<typeof measuredUses>[1]);
  const described = (await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm);
  known = new Set(PROMETHEUS_OWN);
  for (const [, name = "", type] of described) {
    known.add(name);
    if (type === "histogram")
      for (const end of ["bucket", "count", "sum"]) known.add(`${name}_${end}`);
  }
  for (const [file, ...names] of OF_OPENED_PARTS) {
    for (const name of names) {
      if (!readFileSync(join(PROJECT, file), "utf8").includes(`"${name}"`)) continue;
      for (const end of ["", "_bucket", "_count"]) known.add(name + end);
    }
  }
});

const FUNCTIONS =
  /^(?:by|and|or|unless|on|max_over_time|sum|min|max|rate|time|increase|changes|histogram_quantile|le|instance|route|code|verdict|node)$/;

/** The names of figures in an expression. */
function namesIn(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, "")
    .replace(/\{[^}]*\}/g, "")
    .replace(/\[[^\]]*\]/g, "");
  const words = bare.match(/[a-z_][a-z0-9_]*/gi) ?? [];
  return words.filter((word) => !FUNCTIONS.test(word));
}

describe("alarms and dashboard", () => {
  it.each(asked)("%s asks for figures that the service has", (_title, expression) => {
    const names = namesIn(expression);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it("name routes, problems and checks that there are", () => {
    const quoted = (label: string): string[] =>
      asked.flatMap(([, expression]) => {
        const found = [...expression.matchAll(new RegExp(`${label}!?=~?"([^"]+)"`, "g"))];
        return found.flatMap(([, values = ""]) => values.split("|"));
      });
    const routes = ROUTES.map(({ path }) => path);
    expect(quoted("route").filter((route) => !routes.includes(route))).toEqual([]);
    const codes = [...Object.keys(PROBLEMS), ...Object.keys(CODE_WORDS)];
    expect(quoted("code").filter((code) => !codes.includes(code))).toEqual([]);
  });

  it("wait for nothing that is counted for the first time, which Prometheus does not see rise", () => {
    expect(
      rules.filter(({ expr }) => expr.includes("increase(")).map(({ alert }) => alert),
    ).toEqual([]);
  });

  it("have each alarm explained in docs/operations.md, with what to do", () => {
    for (const { alert, annotations } of rules) {
      const anchor = alert.toLowerCase();
      expect(annotations.runbook).toBe(`docs/operations.md#${anchor}`);
      expect(runbook).toMatch(
        new RegExp(`\\| <a id="${anchor}"></a>${alert} \\| [^|]+ \\| [^|]+ \\|`),
      );
    }
  });
});

describe("docs/operations.md", () => {
  it("says what each figure is", () => {
    const own = [...known].filter(
      (name) => name.startsWith("lz_") && !/_(?:bucket|count|sum)$/.test(name),
    );
    expect(own.length).toBeGreaterThan(14);
    expect(own.filter((name) => !runbook.includes(`\`${name}\``))).toEqual([]);
  });

  it("says what to do at each warning and error of the log", () => {
    const folder = join(PROJECT, "src", "main");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const programs = files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8"));
    const written = programs.join("").matchAll(/\.write\("(?:warn|error)", "([a-z-]+)"/g);
    const events = [...written].map(([, event = ""]) => event);
    expect(events.length).toBeGreaterThan(9);
    const rows = runbook.split("\n").filter((line) => line.startsWith("| `"));
    const told = rows.join("\n");
    expect(events.filter((event) => !told.includes(`\`${event}\``))).toEqual([]);
  });
});

describe("the example of a configuration", () => {
  const config = join(DEPLOY, "verifier.yaml");

  it("is in order", () => {
    const { settings } = readServiceSettings({ config });
    expect(settings.chain.nodes).toHaveLength(4);
    expect(settings.serviceStore).toMatch(/^postgres:/);
  });

  it("shows every section that there is", () => {
    const shown = Object.keys(parse(textOf("verifier.yaml")) as object);
    expect(shown.sort()).toEqual(Object.keys(readServiceSettings().settings).sort());
  });

  it("has the addresses that nginx, Prometheus and compose have", () => {
    const upstream = [
      ...textOf("nginx", "liangzheng.conf").matchAll(/server (10\.20\.0\.\d+):8080/g),
    ];
    const verifiers = upstream.map(([, address]) => address);
    expect(verifiers).toHaveLength(2);
    for (const address of verifiers) {
      expect(textOf("prometheus", "prometheus.yml")).toContain(`${String(address)}:9464`);
      expect(textOf("compose.yaml")).toContain(`ipv4_address: ${String(address)} `);
    }
    const [proxy] = readServiceSettings({ config }).settings.trustedProxies;
    expect(textOf("compose.yaml")).toContain(`ipv4_address: ${String(proxy)} `);
  });
});

describe("the other files", () => {
  it("compose.yaml is YAML, and mounts files that are there", () => {
    const { services } = parse(textOf("compose.yaml"), { merge: true }) as {
      services: Record<string, { volumes?: string[] }>;
    };
    const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes);
    const files = mounted.filter((volume) => /^\.\.?\/.*\.\w+:/.test(volume));
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(() => textOf(file.split(":")[0] ?? "")).not.toThrow();
  });

  it("the genesis is for four validators whose blocks are final at once", () => {
    const { genesis, blockchain } = JSON.parse(textOf("besu", "qbftConfigFile.json")) as {
      genesis: { config: { qbft: object; chainId: number } };
      blockchain: { nodes: { count: number } };
    };
    expect(Object.keys(genesis.config.qbft)).toContain("blockperiodseconds");
    expect(blockchain.nodes.count).toBe(4);
    expect(
      readServiceSettings({ config: join(DEPLOY, "verifier.yaml") }).settings.chain.confirmations,
    ).toBe(0);
  });

  it("the unit is what systemd understands, and shuts the service in", () => {
    const folder = mkdtempSync(join(tmpdir(), "lz-unit-"));
    const unit = join(folder, "liangzheng-verifier.service");
    writeFileSync(
      unit,
      textOf("systemd", "liangzheng-verifier.service").replaceAll(
        "/usr/bin/node",
        process.execPath,
      ),
    );
    try {
      const said = execFileSync("systemd-analyze", ["verify", unit], {
        encoding: "utf8",
        stdio: "pipe",
      });
      expect(said).toBe("");
      const judged = execFileSync("systemd-analyze", ["security", "--offline=true", unit], {
        encoding: "utf8",
      });
      const exposure = Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(judged)?.[1]);
      expect(exposure).toBeLessThan(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("are each named in deploy/README.md", () => {
    const readme = textOf("README.md");
    for (const name of readdirSync(DEPLOY))
      if (name !== "README.md") expect(readme).toContain(name);
  });
});
