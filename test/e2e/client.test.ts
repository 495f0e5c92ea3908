/** Clients of a verifier through their commands: added, told more than anyone, rotated, ended. */
import { readFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AGENCY_REGION, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { startCommand, until } from "../support/command.ts";
import { makeCertificates } from "../support/tls.ts";

const NAME = "三亚市政务服务中心3号窗口";
const COUNTER = ["--role", "counter", "--region", AGENCY_REGION];

let world: World;
beforeAll(async () => {
  world = await openWorld({ verifier: "yes", batch: "yes" });
});
afterAll(() => world.close(), 30_000);

function verify(key: string | null, ...more: readonly string[]): string[] {
  const given = key === null ? [] : ["--client-key", key];
  return ["verify", world.certificate(0), "--server", world.server, ...given, ...more];
}

async function add(file: string, ...more: readonly string[]): Promise<any> {
  return world.ask(["client", "add", NAME, ...COUNTER, "--key", file, ...more]);
}

describe("lz client add", () => {
  it("writes the key for its owner alone, and prints nothing secret", async () => {
    const file = world.file("a.key");
    const added = await world.run(["client", "add", NAME, ...COUNTER, "--key", file]);
    const key = (await readFile(file, "utf8")).trim();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(key).toMatch(/^lzk_[0-9a-z]{16}_[\w-]{43}$/);
    expect(added.stdout + added.stderr).not.toContain(key.slice(21));
    expect(await readFile(world.file("home/service.sqlite"), "latin1")).not.toContain(
      key.slice(21),
    );
  });

  it("writes over no file, and adds nobody then", async () => {
    const file = world.file("there.key");
    await writeFile(file, "mine");
    const before = (await world.ask(["client", "list"])).clients.length;
    const { problem } = await world.ask(["client", "add", NAME, ...COUNTER, "--key", file], 65);
    expect(problem.code).toBe("FILE_EXISTS");
    expect(await readFile(file, "utf8")).toBe("mine");
    expect((await world.ask(["client", "list"])).clients).toHaveLength(before);
  });

  it.each([
    ["a counter without a region", ["--role", "counter"], "--region"],
    ["an agency without a code", ["--role", "agency"], "--agency"],
    ["service items of an auditor", ["--role", "auditor", "--items", "a"], "--items"],
    ["two credentials", ["--role", "auditor", "--key", "x", "--token-subject", "y"], "at most one"],
    ["a role that is none", ["--role", "root"], "administrator"],
    ["no calls at all", ["--role", "auditor", "--per-minute", "0"], "from 1"],
  ])("refuses %s", async (_, args, words) => {
    const { problem } = await world.ask(["client", "add", NAME, ...args], 64);
    expect(problem.detail).toContain(words);
  });
});

describe("a verification asked of the verifier", () => {
  it("tells anyone the verdict, type and agency, and a counter with its cause the claims", async () => {
    await add(world.file("b.key"));
    const anyone = await world.ask(verify(null));
    expect(anyone).toMatchObject({ verdict: "accepted", claims: {}, receipt: null });
    expect(anyone.certificate.agencyName).not.toBeNull();
    const counter = await world.ask(verify(world.file("b.key"), "--cause", "资格复核"));
    expect(Object.keys(counter.claims).length).toBeGreaterThan(3);
    expect(counter.receipt.id).toBeDefined();
    const silent = await world.ask(verify(world.file("b.key")), 65);
    expect(silent.problem.code).toBe("USE_CAUSE_REQUIRED");
    expect(silent.problem.remedy.en).toContain("--cause");
  });

  it("takes the key from its usual place", async () => {
    await world.ask(["client", "add", NAME, ...COUNTER]);
    const answer = await world.ask(verify(null, "--cause", "资格复核"));
    expect(Object.keys(answer.claims).length).toBeGreaterThan(3);
  });

  it("sends no file that is not a key, whatever it is", async () => {
    const file = world.file("home/keys/authority.key");
    expect((await world.ask(verify(file), 65)).problem.code).toBe("KEY_MALFORMED");
    expect((await world.ask(verify("/nowhere.key"), 64)).problem.code).toBe("KEY_NOT_FOUND");
  });
});

describe("lz client rotate and end", () => {
  it("let the old key work for the overlap, then the new one alone, and none after the end", async () => {
    const [old, fresh] = [world.file("c.key"), world.file("c-new.key")];
    const { id } = await add(old);
    const cause = ["--cause", "资格复核"];
    await world.ask(["client", "rotate", id, "--key", fresh, "--overlap", "1"]);
    await Promise.all([old, fresh].map((key) => world.ask(verify(key, ...cause))));
    await world.ask(["client", "rotate", id, "--key", world.file("c-3.key"), "--overlap", "0"]);
    await until("the earlier keys are refused", async () => {
      const { json } = await world.run([...verify(old, ...cause), "--json"]);
      return json.problem?.code === "UNAUTHENTICATED";
    });
    await world.ask(["client", "end", id]);
    await until("the client is refused", async () => {
      const { json } = await world.run([...verify(world.file("c-3.key"), ...cause), "--json"]);
      return json.problem?.code === "UNAUTHENTICATED";
    });
    const shown = await world.ask(["client", "show", id]);
    expect(shown.events.map(({ what }: { what: string }) => what)).toEqual([
      ...["ended", "rotated", "rotated", "added"],
    ]);
    expect((await world.ask(["client", "end", id], 65)).problem.code).toBe("CLIENT_UNKNOWN");
    const { stdout } = await world.run(["client", "show", id]);
    expect(stdout).toContain("密钥 key");
  });
});

describe("over TLS", () => {
  /** @param name of its certificate and key; null for none. @returns the status of a call that needs a role */
  function knock(server: string, name: string | null): Promise<number> {
    const read = (file: string): Buffer => readFileSync(world.file(file));
    const own = name === null ? {} : { cert: read(`${name}.pem`), key: read(`${name}.key`) };
    const options = { method: "POST", ca: read("ca.pem"), ...own };
    return new Promise((resolve, reject) => {
      const call = request(`${server}/v1/verifications/batch`, options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      call.on("error", reject).end("{}");
    });
  }

  it("a client is known by its certificate, and a stranger's is refused", async () => {
    const { certificateFile } = makeCertificates(world.file("."));
    const files = { certificate: world.file("server.pem"), key: world.file("server.key") };
    const listen = { port: 0, tls: { ...files, clientCertificates: true } };
    const config = world.file("service.json");
    await writeFile(config, JSON.stringify({ listen }));
    const known = ["--role", "auditor", "--certificate", certificateFile];
    await world.ask(["client", "add", "海南省审计厅", ...known]);
    const serve = ["serve", "--config", config, "--store", ":memory:", "--json"];
    const serving = await startCommand(world.home, serve);
    const { server } = serving.json as { server: string };
    const statuses = [null, "client", "server"].map((name) => knock(server, name));
    expect(await Promise.all(statuses)).toEqual([401, 403, 401]);
    await serving.stop();
    const taken = await world.ask(["client", "add", "别人", ...known], 65);
    expect(taken.problem.code).toBe("CREDENTIAL_TAKEN");
  });
});
