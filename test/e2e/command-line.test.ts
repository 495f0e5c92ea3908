/** What every command has in common: help that teaches, words for what is wrong, one line of JSON. */
import { describe, expect, it } from "@jest/globals";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT, runCommand, runTogether } from "../support/command.ts";
import type { Ran } from "../support/command.ts";
import { askCommand } from "../support/command-world.ts";

/** Never made: none of these commands has anything to keep. */
const home = join(tmpdir(), "lz-test-no-home");

/** What every change of the rules of trust takes. */
const GOVERNANCE = ["--basis", "--key", "--call-only", "--rpc", "--directory", "--json"];

/** What names a certificate. */
const CERTIFICATE = ["--certificate", "--number", "--type", "--agency", "--root", "--index"];

/** What names one or many to be delivered. */
const DELIVERY = [...CERTIFICATE, "--list", "--job", "--all"];

/** Every command with the options that its users were promised. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "trust-pack save": ["--server", "--region", "--type", "--out", "--json"],
  "trust-pack show": ["--json"],
  chain: ["--port", "--host", "--json"],
  deploy: [
    ...["--rpc", "--key", "--catalogue", "--confirmations", "--appointment-delay"],
    "--administration-delay",
    ...["--authority", "--administrator", "--basis", "--json"],
  ],
  "authority appoint": ["--region", "--account", ...GOVERNANCE],
  "authority dismiss": ["--region", "--account", ...GOVERNANCE],
  "authority list": ["--region", "--json"],
  "agency add": [
    ...["--code", "--name", "--region", "--type", "--assurance", "--operator", "--operator-key"],
    ...["--fund", ...GOVERNANCE],
  ],
  "agency show": ["--rpc", "--directory", "--json"],
  "agency suspend": ["--effective-from", ...GOVERNANCE],
  "agency resume": ["--effective-from", ...GOVERNANCE],
  "agency close": ["--effective-from", ...GOVERNANCE],
  "agency succeed": ["--by", "--effective-from", ...GOVERNANCE],
  "agency grant": ["--type", "--assurance", "--valid-from", "--valid-until", ...GOVERNANCE],
  "agency end-grant": ["--type", ...GOVERNANCE],
  "agency operator add": ["--account", "--valid-from", "--valid-until", "--fund", ...GOVERNANCE],
  "agency operator remove": ["--account", ...GOVERNANCE],
  "agency operator distrust": ["--account", "--since", ...GOVERNANCE],
  "agency operator lift": ["--account", ...GOVERNANCE],
  "agency document-key add": [
    ...["--public-key", "--x", "--y", "--algorithm", "--valid-from", "--valid-until"],
    ...GOVERNANCE,
  ],
  "agency document-key end": ["--key-id", ...GOVERNANCE],
  "agency document-key distrust": ["--key-id", ...GOVERNANCE],
  "agency document-key lift": ["--key-id", ...GOVERNANCE],
  "recognise add": ["--by", "--from", "--group", "--type", "--effect", "--item", ...GOVERNANCE],
  "recognise suspend": ["--valid-from", "--valid-until", ...GOVERNANCE],
  "recognise end": GOVERNANCE,
  "recognise list": ["--rpc", "--directory", "--json"],
  "recognise explain": [
    ...["--region", "--issuer-region", "--agency", "--type", "--item", "--at", "--as-known-at"],
    ...["--all", "--json"],
  ],
  "recognise matrix": [
    ...["--type", "--item", "--regions", "--at", "--as-known-at", "--svg", "--json"],
  ],
  "recognise group define": ["--regions", ...GOVERNANCE],
  "recognise group list": ["--json"],
  "catalogue publish": ["--skip-conflicts", "--dry-run", "--basis", "--call-only", "--json"],
  "catalogue list": ["--region", "--json"],
  "catalogue diff": ["--rpc", "--directory", "--json"],
  "catalogue generate": ["--out", "--count", "--seed", "--json"],
  "history agency": ["--table", "--json"],
  "history type": ["--table", "--json"],
  "history rule": ["--generation", "--table", "--json"],
  "history certificate": ["--table", "--json"],
  migrate: ["--basis", "--key", "--administrator-key", "--directory", "--json"],
  "drill key-compromise": ["--verifiers", "--json"],
  sample: ["--type", "--count", "--seed", "--out", "--agency", "--list", "--json"],
  issue: [
    ...["--type", "--agency", "--input", "--batch-size", "--pad", "--skip-invalid", "--dry-run"],
    ...["--errors", "--json"],
  ],
  "jobs list": ["--json"],
  "jobs show": ["--json"],
  "jobs resume": ["--key", "--json"],
  "jobs cancel": ["--json"],
  export: [...DELIVERY, "--format", "--out", "--json"],
  qr: [...DELIVERY, "--disclose", "--print", "--format", "--out", "--json"],
  pdf: [...DELIVERY, "--template", "--out", "--json"],
  "claim create": [...DELIVERY, "--valid", "--out", "--json"],
  "claim list": ["--json"],
  "claim revoke": ["--json"],
  "status set": [
    ...[...CERTIFICATE, "--whole", "--list", "--to", "--reason", "--effective-from", "--key"],
    ...["--call-only", "--json"],
  ],
  "status show": [...CERTIFICATE, "--whole", "--json"],
  "store check": ["--json"],
  "store show": ["--json"],
  "store erase": [...CERTIFICATE, "--json"],
  "key new": ["--out", "--sm2", "--account", "--encrypt", "--json"],
  "key show": ["--json"],
  "key encrypt": ["--json"],
  "key change-password": ["--new-password-file", "--json"],
  "key rotate": ["--json"],
  "key try": ["--chain-id", "--json"],
  present: [
    ...["--certificate", "--disclose", "--audience", "--nonce", "--key", "--ttl", "--qr"],
    ...["--text", "--print", "--request", "--yes", "--reference", "--server", "--json"],
  ],
  "request create": [
    ...["--purpose", "--cause", "--type", "--claims", "--ttl", "--server", "--client-key"],
    "--json",
  ],
  "request show": ["--server", "--client-key", "--json"],
  "request verify": ["--receipt", "--server", "--client-key", "--json"],
  "client add": [
    ...["--role", "--region", "--agency", "--items", "--per-minute", "--per-day", "--key"],
    ...["--certificate", "--token-subject", "--service-store", "--json"],
  ],
  "client list": ["--service-store", "--json"],
  "client show": ["--service-store", "--json"],
  "client rotate": ["--key", "--overlap", "--service-store", "--json"],
  "client end": ["--service-store", "--json"],
  verify: [
    ...[
      "--client-key",
      "--cause",
      "--receipt",
      "--server",
      "--region",
      "--purpose",
      "--audience",
      "--nonce",
      "--require",
      "--at",
    ],
    ...["--as-known-at", "--json"],
  ],
  serve: [
    ...["--config", "--check-config", "--port", "--host", "--processes"],
    ...["--max-age", "--poll", "--store", "--json"],
  ],
  audit: ["--rpc", "--directory", "--json"],
  "log check": [
    ...["--service-store", "--rpc", "--use-log", "--key", "--account", "--offline", "--json"],
  ],
  "log show": [
    ...["--service-store", "--client", "--from", "--to", "--limit", "--cursor", "--json"],
  ],
  "log anchor": ["--service-store", "--rpc", "--use-log", "--key", "--json"],
  "log deploy": ["--rpc", "--key", "--json"],
  "receipt show": ["--keys", "--json"],
  "receipt judge": ["--presentation", "--keys", "--rpc", "--directory", "--json"],
  version: ["--json"],
  demo: ["--dir", "--keep", "--json"],
  "retention run": ["--dry-run", "--config", "--service-store", "--json"],
  "bench verify": ["--quick", "--strict", "--json"],
  "bench pages": ["--quick", "--strict", "--json"],
  "bench issue": ["--quick", "--large", "--records", "--strict", "--picture", "--json"],
};
const GROUPS = [
  "retention",
  ...["bench", "authority", "agency", "agency operator", "agency document-key", "recognise"],
  ...[
    "recognise group",
    "catalogue",
    "history",
    "drill",
    "jobs",
    "store",
    "status",
    "claim",
    "client",
    "log",
    "receipt",
    "key",
  ],
];
const CHINESE = /[\u4e00-\u9fff]/;

/** The options and arguments of a help text of which nothing is said. */
function unexplained(help: string): string[] {
  const terms = help.split("\n").filter((line) => /^ {2}(?:-|\[|\w+ {2})/.test(line));
  return terms.filter((line) => !/^ {2}\S.*? {2,}\S/.test(line));
}

function helpOf(names: readonly string[]): Promise<Ran[]> {
  return runTogether(
    home,
    names.map((name) => [...name.split(" "), "--help"]),
  );
}

/** What is one word more than the group. */
function innerCommands(group: string): string[] {
  const paths = Object.keys(COMMANDS).filter((path) => path.startsWith(`${group} `));
  return paths.map((path) => path.slice(group.length + 1)).filter((rest) => !rest.includes(" "));
}

describe("help", () => {
  it("of every command says in Chinese and English what it does, and what each option means", async () => {
    const names = Object.keys(COMMANDS);
    const helps = await helpOf(names);
    for (const [i, name] of names.entries()) {
      const { exitCode, stdout, stderr } = helps[i] ?? { exitCode: null, stdout: "", stderr: "" };
      expect([name, exitCode, stderr]).toEqual([name, 0, ""]);
      expect(stdout).toContain(`Usage: ./lz ${name} `);
      expect(stdout.split("Options:")[0]).toMatch(CHINESE);
      expect(stdout).toMatch(/Examples?:\n {2}\.\/lz|Next: \.\/lz/);
      expect(unexplained(stdout)).toEqual([]);
      for (const option of COMMANDS[name] ?? []) expect(stdout).toContain(`  ${option}`);
    }
  });

  it("is the same from a process of its own", async () => {
    const names = ["issue", "agency operator add", "status"];
    const together = await helpOf(names);
    for (const [i, name] of names.entries()) {
      const { exitCode, stdout } = await runCommand(home, [...name.split(" "), "--help"]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: together[i]?.stdout });
    }
  });

  it("of a group names its commands", async () => {
    const helps = await helpOf(GROUPS);
    for (const [i, name] of GROUPS.entries()) {
      expect(helps[i]?.exitCode).toBe(0);
      for (const inner of innerCommands(name)) {
        expect(helps[i]?.stdout).toContain(`  ${inner} [options]`);
      }
    }
  });

  it("is asked for in either way: lz help agency add, lz agency add --help", async () => {
    const [asked, option] = await runTogether(home, [
      ["help", "agency", "add"],
      ["agency", "add", "--help"],
    ]);
    expect([asked?.exitCode, asked?.stdout]).toEqual([0, option?.stdout]);
    expect(asked?.stdout).toMatch(/D \(self-stated\)\s+\(default: A\)/);
    expect(asked?.stdout).not.toMatch(/default:\s+(?:""|\[\]|"\w)/);
  });

  it("of a command that there isn't guesses which was meant", async () => {
    const answers = await runTogether(home, [
      ["help", "isue"],
      ["help", "quux"],
      ["help", "help"],
    ]);
    expect(answers.map(({ exitCode }) => exitCode)).toEqual([64, 64, 0]);
    expect(answers[0]?.stderr).toContain("./lz: unknown command 'isue' (Did you mean issue?)");
    expect(answers[1]?.stderr).toContain("./lz: unknown command 'quux'");
    expect(answers[1]?.stderr).not.toContain("Did you mean");
    const { problem } = await askCommand(home, ["help", "isue", "--type", "x", "--json"], 64);
    expect(problem.code).toBe("USAGE");
  });

  it("as a whole names every command in the order of the journey", async () => {
    const { exitCode, stdout } = await runCommand(home, ["help"]);
    expect(exitCode).toBe(0);
    const places = Object.keys(COMMANDS).map((name) => {
      return stdout.indexOf(`./lz ${String(name.split(" ")[0])} `);
    });
    expect(Math.min(...places)).toBeGreaterThan(0);
  });
});

describe("version", () => {
  it("is the project's, the protocol's and Node's", async () => {
    const { version, protocol, node } = await askCommand(home, ["version"]);
    const project = JSON.parse(await readFile(join(PROJECT, "package.json"), "utf8")) as unknown;
    expect(project).toMatchObject({ version: version as unknown });
    expect([protocol, node]).toEqual(["liangzheng/1", process.version]);
    const { stdout } = await runCommand(home, ["version"]);
    for (const said of [version, protocol, node]) expect(stdout).toContain(said);
  });
});

describe("usage", () => {
  it("says which options are missing, of which command, and how to learn more", async () => {
    const required: Readonly<Record<string, string>> = {
      "authority appoint": "--region",
      "agency add": "--code",
      "agency suspend": "code",
      "agency operator add": "--account",
      "agency document-key end": "--key-id",
      "recognise add": "--by",
      "recognise end": "rule",
      "recognise group define": "--regions",
      issue: "--type",
      export: "--out",
      "jobs show": "id",
      "status set": "--to",
      "key new": "--out",
      "key show": "file",
      present: "--certificate",
      verify: "input",
      sample: "--type",
    };
    const names = Object.keys(required);
    const all = await runTogether(
      home,
      names.map((name) => name.split(" ")),
    );
    for (const [i, name] of names.entries()) {
      const { exitCode, stdout, stderr } = all[i] ?? { exitCode: null, stdout: "", stderr: "" };
      expect([name, exitCode, stdout]).toEqual([name, 64, ""]);
      expect(stderr).toContain("[USAGE]");
      expect(stderr).toContain(`./lz ${name}: `);
      expect(stderr).toContain(String(required[name]));
      expect(stderr).toContain("--help");
      expect(stderr).toMatch(CHINESE);
    }
  });

  it("names the commands of a group that was called without one", async () => {
    const { exitCode, stderr } = await runCommand(home, ["status"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("./lz status: a command expected: set or show");
  });

  it("refuses an unknown option and guesses what was meant", async () => {
    const { exitCode, stderr } = await runCommand(home, ["verify", "x", "--regoin", "460000"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("--regoin");
    expect(stderr).toContain("--region");
  });

  it("says so where an option that must be there is misspelt, and not that it is missing", async () => {
    const { exitCode, stderr } = await runCommand(home, ["issue", "--tpye", "x", "--agency", "y"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("./lz issue: unknown option '--tpye' (Did you mean --type?)");
  });

  it("refuses an unknown command of a group and guesses what was meant", async () => {
    const { exitCode, stderr } = await runCommand(home, ["status", "sett"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("'sett'");
    expect(stderr).toContain("set");
  });

  const REFUSED: readonly (readonly [string, readonly string[], string])[] = [
    ["a region that is none", ["verify", "x", "--region", "46"], "six digits"],
    ["a port that is none", ["serve", "--port", "70000"], "0 to 65535"],
    ["a number that is none", ["sample", "--count", "many"], "whole number"],
    ["a challenge that is no hex", ["verify", "x", "--nonce", "xyz"], "hex"],
    ["a time that is none", ["verify", "x", "--at", "gestern"], "2026-01-31"],
    ["an assurance level that is none", ["agency", "add", "--assurance", "E"], "A, B, C or D"],
    ["an amount that is none", ["agency", "add", "--fund", "a lot"], "0.5"],
    ["a status that is none", ["status", "set", "--to", "gone"], "revoked 吊销"],
    ["a rule's effect that is none", ["recognise", "add", "--effect", "maybe"], "conditional"],
    ["a hash suite that is none", ["issue", "--suite", "md5"], "sm3"],
    ["a root that is none", ["status", "show", "--root", "0x5d0c46"], "8 to 64 hex digits"],
  ];

  it("refuses what it can't take, saying what is expected", async () => {
    const all = await runTogether(
      home,
      REFUSED.map(([, args]) => args),
    );
    const answers = all.map(({ exitCode, stderr }, i) => {
      const [what, , expected = ""] = REFUSED[i] ?? [];
      return [what, exitCode, stderr.includes(expected) ? expected : stderr];
    });
    expect(answers).toEqual(REFUSED.map(([what, , expected]) => [what, 64, expected]));
  });

  it("refuses two selections where one is expected", async () => {
    const { problem } = await askCommand(
      home,
      ["status", "show", "--root", "0x5d0c46f0", "--number", "1"],
      64,
    );
    expect(problem.detail).toContain("exactly one of --certificate, --number, --root");
  });
});

describe("--json", () => {
  it("prints exactly one line of JSON also for what is wrong", async () => {
    for (const args of [["status"], ["issue"], ["verify"], ["key", "show", "/nowhere.jwk"]]) {
      const { problem } = await askCommand(home, args, 64);
      expect(problem.exit).toBe(64);
      expect(problem.words.zh).toMatch(CHINESE);
      expect(problem.remedy.en).not.toBe("");
    }
  });
});

describe("configuration", () => {
  it("says what to do where nothing was deployed yet", async () => {
    const { exitCode, stderr } = await runCommand(home, ["audit"]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("[NOT_CONFIGURED]");
    expect(stderr).toContain(home);
    expect(stderr).toContain("lz deploy");
  });

  it("names the setting that is wrong", async () => {
    const env = { LZ_TIMEOUT_MS: "soon" };
    const { problem } = await askCommand(home, ["audit"], 64, { env });
    expect(problem.code).toBe("CONFIGURATION_INVALID");
    expect(problem.detail).toContain("LZ_TIMEOUT_MS");
  });
});
