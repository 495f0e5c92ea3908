/** A node, a verifier, a disk or a pipe that fails: never 'rejected', never a crash, and a word on what to do. */
import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { environmentOf, nodeArguments, startCommand, until } from "../support/command.ts";
import type { RunOptions } from "../support/command.ts";
import { TYPE, askCommand, issueOrder, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import {
  NOWHERE,
  answeringServer,
  otherChain,
  silentServer,
  slowServer,
} from "../support/odd-servers.ts";
import type { OddServer } from "../support/odd-servers.ts";

let world: World;
let certificate: string;
let silent: OddServer;
let slow: OddServer;
let other: OddServer;
let page: OddServer;

beforeAll(async () => {
  world = await openWorld({ verifier: "yes", batch: "yes" });
  certificate = world.certificate(0);
  silent = await silentServer();
  slow = await slowServer(world.rpc, 150);
  other = await otherChain(1);
  page = await answeringServer("<html>It works!</html>");
});

afterAll(async () => {
  await Promise.all([silent, slow, other, page].map((server) => server.close()));
  await world.close();
});

/** A moment for who never says a word; who says something has its time, also on a busy machine. */
function waiting(args: readonly string[]): RunOptions {
  return args.includes(silent.url) ? { env: { LZ_TIMEOUT_MS: "700" } } : {};
}

/** The command's problem, with words and a remedy. */
async function problemOf(args: readonly string[], exitCode: number): Promise<any> {
  const { problem } = await world.ask(args, exitCode, waiting(args));
  expect(problem.words.zh).toMatch(/[\u4e00-\u9fff]/);
  expect(problem.remedy.zh).toMatch(/[\u4e00-\u9fff]/);
  return problem;
}

describe("a node", () => {
  const bad: readonly (readonly [string, () => string, string])[] = [
    ["that is not there", () => NOWHERE, "RPC_UNREACHABLE"],
    ["that keeps silent", () => silent.url, "RPC_TIMEOUT"],
    ["that is none", () => page.url, "RPC_FAULT"],
  ];

  it.each(bad)("%s makes the answer 'can't tell', not 'rejected'", async (_what, url, code) => {
    const verify = ["verify", certificate, "--rpc", url()];
    const { exitCode, json, stderr } = await world.run([...verify, "--json"], waiting(verify));
    expect([exitCode, json.verdict, json.authentic, json.usable]).toEqual([
      2,
      "indeterminate",
      null,
      null,
    ]);
    expect(json.checks[1].result).toBe("pass");
    expect(json.checks[2].code).toBe("CHAIN_STALE");
    expect(stderr).toContain(code);
    const { stdout } = await world.run(verify, waiting(verify));
    expect(stdout).toContain("暂时无法判断 CAN'T TELL");
  });

  it.each(bad)("%s is said to be so by every other command", async (_what, url, code) => {
    const rpc = ["--rpc", url()];
    for (const args of [
      ["audit"],
      ["agency", "show"],
      ["status", "set", "--certificate", certificate, "--to", "revoked"],
      issueOrder(world.records),
    ]) {
      const problem = await problemOf([...args, ...rpc], 69);
      expect([args[0], problem.code]).toEqual([args[0], code]);
      expect(problem.detail).toContain(url());
    }
  });

  it.each(bad)(
    "%s leaves the configuration of a deployment as it was",
    async (_what, url, code) => {
      const before = await readFile(world.file("home/config.json"), "utf8");
      expect((await problemOf(["deploy", "--rpc", url()], 69)).code).toBe(code);
      expect(await readFile(world.file("home/config.json"), "utf8")).toBe(before);
    },
  );

  it("that is slow but answers in time is good enough", async () => {
    const verify = ["verify", certificate, "--rpc", slow.url];
    expect((await world.ask(verify)).verdict).toBe("accepted");
  });

  it("of another chain is refused, with both chains' numbers", async () => {
    const home = world.file("moved-home");
    await askCommand(home, ["deploy", "--rpc", world.rpc]);
    const file = JSON.parse(await readFile(`${home}/config.json`, "utf8")) as object;
    await writeFile(`${home}/config.json`, JSON.stringify({ ...file, rpc: other.url }));
    for (const args of [["audit"], ["verify", certificate]]) {
      const { problem } = (await askCommand(home, args, 69)) as { problem: any };
      expect(problem.code).toBe("WRONG_CHAIN");
      expect(problem.detail).toBe(`${other.url} is chain 1, configured 31337`);
    }
  });

  it("without the contracts at the address configured is said to lack them", async () => {
    const empty = "0x00000000000000000000000000000000000000aa";
    const problem = await problemOf(["audit", "--directory", empty], 69);
    expect([problem.code, problem.detail]).toEqual(["DIRECTORY_NOT_FOUND", empty]);
    const malformed = await problemOf(["audit", "--directory", "0x12"], 64);
    expect(malformed.detail).toContain("--directory");
  });

  it("named by something that is no address is an error of usage", async () => {
    for (const rpc of ["localhost:8545", "ftp://x", "http://", "8545"]) {
      const problem = await problemOf(["deploy", "--rpc", rpc], 64);
      expect([problem.code, problem.detail.includes(rpc)]).toEqual(["USAGE", true]);
    }
  });
});

describe("a verifier", () => {
  it.each([
    ["that is not there", () => NOWHERE, "SERVER_UNREACHABLE"],
    ["that keeps silent", () => silent.url, "SERVER_UNREACHABLE"],
    ["that is none", () => page.url, "SERVER_FAULT"],
    ["that is another service", () => world.rpc, "SERVER_FAULT"],
  ])("%s is said to be so, with a way round it", async (_what, url, code) => {
    const problem = await problemOf(["verify", certificate, "--server", url()], 69);
    expect(problem.code).toBe(code);
    expect(problem.detail).toContain(url());
  });

  it("named by something that is no address is an error of usage", async () => {
    const problem = await problemOf(["verify", certificate, "--server", "my server"], 64);
    expect(problem.detail).toContain("my server");
  });

  it("whose node hangs can't tell, and can again when the node is back", async () => {
    const verify = ["verify", certificate, "--server", world.server];
    world.chain.suspend();
    try {
      await until("the verifier's view is too old", async () => {
        return (await fetch(`${world.server}/readyz`)).status === 503;
      });
      const answer = await world.ask(verify, 2);
      expect(answer.verdict).toBe("indeterminate");
      expect(answer.checks.map(({ code }: { code?: string }) => code)).toContain("CHAIN_STALE");
    } finally {
      world.chain.resume();
    }
    await until("the verifier follows again", async () => {
      return (await fetch(`${world.server}/readyz`)).ok;
    });
    expect((await world.ask(verify)).verdict).toBe("accepted");
  });

  it("starts anew from where it stopped, and ends at once although its node is silent", async () => {
    const serve = ["serve", "--port", "0", "--poll", "50", "--json"];
    const first = await startCommand(world.home, [...serve, "--store", world.file("s.sqlite")]);
    const { exitCode } = await first.stop("SIGTERM");
    expect(exitCode).toBe(0);
    const second = await startCommand(world.home, [...serve, "--store", world.file("s.sqlite")]);
    const { server } = second.json as { server: string };
    expect((await world.ask(["verify", certificate, "--server", server])).verdict).toBe("accepted");
    world.chain.suspend();
    try {
      const before = Date.now();
      expect((await second.stop()).exitCode).toBe(0);
      // Ten seconds it would wait for an answer of the node.
      expect(Date.now() - before).toBeLessThan(6_000);
    } finally {
      world.chain.resume();
    }
  });
});

describe("a port that is taken", () => {
  it("is named, with what to do", async () => {
    const { port } = new URL(world.rpc);
    for (const name of ["chain", "serve"]) {
      const problem = await problemOf([name, "--port", port], 69);
      expect([problem.code, problem.detail]).toEqual(["PORT_IN_USE", `127.0.0.1:${port}`]);
    }
  });
});

describe("a folder that can't be written", () => {
  it.each([
    ["certificates", () => ["export", "--root", world.root, "--index", "0", "--out"]],
    ["a QR picture", () => ["present", "--certificate", certificate, "--qr"]],
    ["a key", () => ["key", "new", "--out"]],
    ["sample records", () => ["sample", "--type", TYPE, "--out"]],
    ["the verifier's store", () => ["serve", "--port", "0", "--store"]],
    ["the demonstration", () => ["demo", "--dir"]],
  ])("is named when %s should go there", async (_what, args) => {
    // A path below a file is not even root's to write.
    const path = `${world.records}/below/x.png`;
    const problem = await problemOf([...args(), path], 70);
    expect(["DISK_FAILED", "FOLDER_NOT_MADE"]).toContain(problem.code);
    expect(problem.detail).toContain(world.records);
  });

  it("is named when the configuration should go there", async () => {
    for (const home of [`${world.records}/home`, "/proc/lz/home"]) {
      const { problem } = await askCommand(home, ["deploy", "--rpc", world.rpc], 70);
      expect(problem.code).toBe("FOLDER_NOT_MADE");
      expect(problem.detail).toContain(home);
    }
  });
});

describe("a configuration that is damaged", () => {
  it.each([
    ["not JSON", "{ rpc: ", "not JSON"],
    ["without a member", '{ "rpc": "http://127.0.0.1:1" }', "directory"],
    [
      "with an address that is none",
      '{ "rpc": "http://x", "directory": "0x12", "chainId": 1, "confirmations": 0 }',
      "directory",
    ],
  ])("as %s is named with its file and member", async (_what, content, member) => {
    const home = world.file("damaged");
    await mkdir(home, { recursive: true });
    await writeFile(`${home}/config.json`, content);
    const { problem } = await askCommand(home, ["audit"], 64);
    expect(problem.code).toBe("CONFIGURATION_INVALID");
    expect(problem.detail).toBe(`${home}/config.json: ${member}`);
  });
});

describe("a pipe that closes early", () => {
  const pipe = (name: string, args: readonly string[], reader: string): Promise<string> => {
    const quoted = [process.execPath, ...nodeArguments(name, args)].map((part) => `'${part}'`);
    const env = environmentOf(world.home);
    return new Promise((resolve, reject) => {
      execFile(
        "sh",
        ["-c", `{ ${quoted.join(" ")}; } 2>&1 | ${reader}`],
        { env },
        (error, stdout) => {
          if (error === null) resolve(stdout);
          else reject(new Error(error.message));
        },
      );
    });
  };

  it("is no reason for a stack trace", async () => {
    const commands: readonly (readonly [string, readonly string[]])[] = [
      ["help", []],
      ["sample", ["--list"]],
      ["verify", [certificate]],
      ["audit", ["--json"]],
      ["verify", ["/nowhere"]],
    ];
    for (const [name, args] of commands) {
      expect((await pipe(name, args, "head -c 1")).length).toBe(1);
      expect(await pipe(name, args, "true")).toBe("");
      const whole = await pipe(name, args, "cat");
      expect(whole).not.toMatch(/EPIPE|^\s+at /m);
    }
  });

  it("leaves a verdict's exit code as it is", async () => {
    const altered = world.file("altered.lzc.json");
    await writeFile(
      altered,
      (await readFile(certificate, "utf8")).replace(/"index": 0/, '"index": 1'),
    );
    const verify = [process.execPath, ...nodeArguments("verify", [altered])].join("' '");
    const script = world.file("pipe.sh");
    await writeFile(script, `{ '${verify}'; echo $? >&2; } | true`);
    await chmod(script, 0o755);
    const env = environmentOf(world.home);
    const said = await new Promise<string>((resolve) => {
      execFile("sh", [script], { env }, (_error, _stdout, stderr) => {
        resolve(stderr);
      });
    });
    expect(said.trim()).toBe("1");
  });
});
