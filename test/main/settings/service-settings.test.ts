import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../../src/core/problem.ts";
import {
  lastingDifferences,
  readServiceSettings,
} from "../../../src/main/settings/service-settings.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lz-settings-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(text: string): string {
  const file = join(folder, "verifier.yaml");
  writeFileSync(file, text);
  return file;
}

/** What is said of a faulty file: one line for each fault, without the file's name. */
function faultsOf(text: string): string[] {
  const config = fileOf(text);
  try {
    readServiceSettings({ config });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "CONFIGURATION_INVALID") throw error;
    return error.detail.split("\n").map((line) => line.trim().replace(`${config}:`, ""));
  }
  return [];
}

describe("the configuration of a service", () => {
  it("is complete without a file", () => {
    const { settings, files } = readServiceSettings();
    expect(settings.listen).toEqual({
      ...{ host: "127.0.0.1", port: 8080, processes: 1, tls: null },
      ...{ drainSeconds: 0, closeSeconds: 10 },
    });
    expect(settings.chain.maxAgeSeconds).toBe(30);
    expect(settings.metrics.port).toBeNull();
    expect(files).toEqual([]);
  });

  it("takes flags over the file, and the file over what is usual", () => {
    const config = fileOf(
      "listen: { port: 9000, host: 0.0.0.0 }\nchain: { pollMilliseconds: 250 }\n",
    );
    const { listen, chain } = readServiceSettings({ config, port: 9001, maxAge: 7 }).settings;
    expect([listen.port, listen.host, listen.closeSeconds]).toEqual([9001, "0.0.0.0", 10]);
    expect([chain.pollMilliseconds, chain.maxAgeSeconds]).toEqual([250, 7]);
  });

  it("may be JSON as well", () => {
    const config = fileOf('{ "listen": { "port": 9000 } }');
    expect(readServiceSettings({ config }).settings.listen.port).toBe(9000);
  });

  it("takes an address of a contract as the text that it is, with or without quotes", () => {
    const address = `0x${"1234567890".repeat(4)}`;
    const config = fileOf(`chain: { directory: ${address} }`);
    expect(readServiceSettings({ config }).settings.chain.directory).toBe(address);
  });

  it("takes paths from the folder that the file is in, and names the files that it reads", () => {
    const config = fileOf(
      [
        "listen: { tls: { certificate: tls/a.crt, key: /etc/a.key } }",
        "serviceStore: postgres://lz@db/lz",
        "ledgerStore: ':memory:'",
        "logs: { file: service.log }",
        "telemetry: { module: ./sdk.mjs }",
      ].join("\n"),
    );
    const { settings, files } = readServiceSettings({ config });
    const certificate = join(folder, "tls/a.crt");
    expect(settings.listen.tls).toEqual({
      ...{ certificate, key: "/etc/a.key", clientCertificates: false },
    });
    expect([settings.serviceStore, settings.ledgerStore]).toEqual([
      "postgres://lz@db/lz",
      ":memory:",
    ]);
    expect(settings.logs.file).toBe(join(folder, "service.log"));
    expect(settings.telemetry.module).toBe(join(folder, "sdk.mjs"));
    expect(files).toEqual([config, certificate, "/etc/a.key"]);
  });

  it("takes the name of a package as it is", () => {
    const config = fileOf("telemetry: { module: our-tracing }");
    expect(readServiceSettings({ config }).settings.telemetry.module).toBe("our-tracing");
  });

  it("lists every fault at once, with its line and column, and what to write instead", () => {
    const faults = faultsOf(
      [
        "listen:",
        "  prot: 80",
        "  host: 12",
        "  tls: { certificate: a }",
        "chain:",
        "  nodes: [ftp://x, http://a]",
        "  directory: '0x12'",
        "peers:",
        "  Https://x: https://a",
        "logs: { level: loud }",
      ].join("\n"),
    );
    expect(faults).toEqual([
      expect.stringMatching(/^2:3: listen\.prot is not a setting; known here: host, port/),
      "3:9: listen.host is 12; write string",
      '4:8: listen.tls must say "key"',
      '6:11: chain.nodes.0 is "ftp://x"; write an address that begins with http:// or https://',
      '7:14: chain.directory is "0x12"; write 0x and 40 hex digits, as lz deploy printed it',
      expect.stringMatching(/^9:3: peers\.Https:\/\/x is no name that may stand here/),
      '10:16: logs.level is "loud"; write one of debug, info, warn, error',
    ]);
  });

  it.each([
    ["a number too small", "listen: { port: -1 }", "1:17: listen.port is -1; must be >= 0"],
    ["an unknown section", "a: 1", /^1:1: a is not a setting; known here: listen, chain/],
    ["a list", "[1]", /^1:1: \(everything\) is a list; write object$/],
    ["a null section", "listen: null", /^1:9: listen is null; write object$/],
    ["an object", "publicHost: {}", /is an object; write string/],
    ["what is no YAML", "a: [\nb", /^2:1: .*Flow sequence/],
    ["the same member twice", "logs: {}\nlogs: {}", /^2:1: Map keys must be unique/],
    ["a nullable member", "chain: { directory: 12 }", /write string or null/],
    ["an alias of nothing", "logs: *none", /Unresolved alias/],
  ])("names %s", (_what, text, expected) => {
    const [first] = faultsOf(text);
    expect(first).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });

  it("never shows the whole of a text: it may be a password in the wrong place", () => {
    const [first] = faultsOf("logs: { level: hunter2-is-my-password }");
    expect(first).toContain('"hunter2-…"');
    expect(first).not.toContain("password");
  });

  it("lists twenty faults of a file that has more", () => {
    const many = Array.from({ length: 30 }, (_, i) => `x${String(i)}: 1`).join("\n");
    const faults = faultsOf(many);
    expect(faults).toHaveLength(21);
    expect(faults.at(-1)).toBe("and 10 more");
  });

  it("does not follow aliases into a gigabyte", () => {
    const levels = Array.from({ length: 9 }, (_, i) => {
      const items = i === 0 ? Array(10).fill("x") : Array(10).fill(`*a${String(i - 1)}`);
      return `a${String(i)}: &a${String(i)} [${items.join(",")}]`;
    });
    expect(faultsOf(levels.join("\n"))[0]).toContain("Excessive alias count");
  });

  it("must be there and be no book", () => {
    const read = (config: string) => (): unknown => readServiceSettings({ config });
    expect(read(join(folder, "none.yaml"))).toThrow(/none\.yaml: can't be read/);
    expect(read(fileOf(`# ${"x".repeat(1_000_001)}`))).toThrow(/longer than/);
  });

  it("is empty where the file is", () => {
    expect(readServiceSettings({ config: fileOf("# nothing yet\n") }).settings.listen.port).toBe(
      8080,
    );
  });
});

describe("settings that were changed while a service runs", () => {
  it("are told apart: what is taken up, and what waits for the next start", () => {
    const before = readServiceSettings().settings;
    const config = fileOf(
      [
        "listen: { port: 9, tls: { certificate: a, key: b } }",
        "logs: { level: error }",
        "access: { anonymousPerMinute: 5 }",
        "trustedProxies: [10.0.0.1]",
      ].join("\n"),
    );
    const after = readServiceSettings({ config }).settings;
    expect(lastingDifferences(before, after)).toEqual(["listen.port", "trustedProxies"]);
  });
});
