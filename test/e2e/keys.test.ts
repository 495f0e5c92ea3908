/** Keys that are encrypted, or lie elsewhere: docs/keys.md as it stands, and issuing with what it sets up. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startAnvil } from "../support/anvil.ts";
import type { Anvil } from "../support/anvil.ts";
import { PROJECT, environmentOf, nodeArguments, runCommand } from "../support/command.ts";
import { AGENCY, AGENCY_REGION, TYPE, askCommand, issueOrder } from "../support/command-world.ts";
import { PROVINCE, keyFile } from "../support/dev-accounts.ts";
import { runBlocks, shellBlocks, writeEntry } from "../support/documented-commands.ts";
import { startJsonService } from "../support/json-service.ts";
import { startKeyService, TOKEN } from "../support/key-service.ts";
import { installToken } from "../support/pkcs11.ts";

const folder = mkdtempSync(join(tmpdir(), "lz-keys-"));
const home = join(folder, ".liangzheng");
const file = (name: string): string => join(folder, name);
let anvil: Anvil;
let documented: string;

beforeAll(async () => {
  installToken();
  anvil = await startAnvil();
  writeEntry(folder);
  const blocks = shellBlocks("docs/keys.md");
  const here = blocks.map((block) => block.replaceAll("http://127.0.0.1:8545", anvil.rpc));
  documented = await runBlocks(folder, here);
}, 240_000);

afterAll(async () => {
  await anvil.stop();
  rmSync(folder, { recursive: true, force: true });
});

const passwordFile = (): Record<string, string> => ({
  LZ_KEY_PASSWORD_FILE: file("operator.password"),
});
const ask = (args: readonly string[], exitCode = 0, env = {}): Promise<any> =>
  askCommand(home, args, exitCode, { env });
const secretOf = (name: string): string => readFileSync(file(name), "utf8").trim();

describe("docs/keys.md", () => {
  it("works as it stands: a password, a signing service, a token", () => {
    expect(documented.match(/可签名 It signs \((keystore|remote|command)\)/g)).toEqual([
      "可签名 It signs (keystore)",
      "可签名 It signs (remote)",
      "可签名 It signs (command)",
    ]);
    expect(documented).toContain("已加密 Encrypted: seal.jwk");
    for (const name of ["operator.password", "new.password", "pin"])
      expect(documented).not.toContain(secretOf(name));
  });

  it("makes files that their owner alone can read", () => {
    for (const name of ["operator.json", "seal.jwk"])
      expect(statSync(file(name)).mode & 0o777).toBe(0o600);
  });
});

describe("issuing with keys that lie elsewhere", () => {
  const add = ["agency", "add", "--code", AGENCY, "--name", "上海市证照样例局", "--fund", "1"];
  const register = [...add, "--region", AGENCY_REGION, "--type", TYPE];

  it("a real node signs for the authority, a real token for the operator, and the batch is anchored", async () => {
    const operator = await ask(["key", "show", file("token.json")]);
    const keys = ["--key", file("authority.json"), "--operator-key", file("token.json")];
    const added = await ask([...register, ...keys]);
    expect(added.operator).toBe(operator.address);
    const size = ["--count", "3", "--seed", "keys", "--agency", AGENCY];
    await ask(["sample", "--type", TYPE, ...size, "--out", file("records.csv")]);
    const issued = await ask([...issueOrder(file("records.csv")), "--key", file("token.json")]);
    expect(issued).toMatchObject({ state: "done", certificates: 3 });
    const [{ hash }] = issued.transactions;
    const receipt: any = await anvil.call("eth_getTransactionReceipt", [hash]);
    expect([receipt.status, receipt.from]).toEqual(["0x1", operator.address]);
  });

  it("a new operator's key is encrypted from the beginning, where that is wanted", async () => {
    const code = "11310000MB1A000284";
    const other = ["agency", "add", "--code", code, "--name", "上海市证照样例局二", "--encrypt"];
    const where = ["--region", AGENCY_REGION, "--type", TYPE, "--key", file("authority.json")];
    const { operator } = await ask([...other, ...where], 0, passwordFile());
    const key = join(home, "keys", `operator-${code}.key`);
    expect(JSON.parse(readFileSync(key, "utf8"))).toMatchObject({ version: 3 });
    expect(await ask(["key", "try", key], 0, passwordFile())).toMatchObject({
      kind: "keystore",
      address: operator,
    });
  });

  it("a service that signs something else is refused, and nothing is sent: SIGNER_REFUSED", async () => {
    const { address } = await ask(["key", "show", file("authority.json")]);
    const foreign = { from: address, to: PROVINCE.address, gas: "0x5208", nonce: "0x0" };
    const other = await anvil.call("eth_signTransaction", [foreign]);
    const liar = await startJsonService(() => ({ body: { result: other } }));
    const description = { kind: "remote", url: liar.url, address };
    writeFileSync(file("liar.json"), JSON.stringify(description));
    const before = await anvil.call("eth_blockNumber", []);
    const tried = await ask(["key", "try", file("liar.json")], 65);
    expect(tried.problem.code).toBe("SIGNER_REFUSED");
    const args = ["authority", "appoint", "--region", "310000", "--account", PROVINCE.address];
    const refused = await ask([...args, "--key", file("liar.json"), "--basis", "测试"], 65);
    expect(refused.problem.code).toBe("SIGNER_REFUSED");
    expect(await anvil.call("eth_blockNumber", [])).toBe(before);
    await liar.close();
    const gone = await ask(["key", "try", file("liar.json")], 69);
    expect(gone.problem.code).toBe("SIGNER_UNREACHABLE");
  });
});

/** Everything that a run shows and leaves behind in the home folder. */
async function traces(args: readonly string[], env: Record<string, string>): Promise<string> {
  const { stdout, stderr, exitCode } = await runCommand(home, args, { env });
  expect(exitCode).not.toBe(0);
  const kept = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  return [stdout, stderr, ...kept].join("\n");
}

describe("a run that fails tells nothing of a key or password", () => {
  const account = { ...PROVINCE, key: `0x${"5e".repeat(32)}` };
  const operator = `operator-${AGENCY}.key`;

  it.each([
    ["on the screen", [] as string[]],
    ["in JSON", ["--json"]],
  ])(
    "%s",
    async (_what, more) => {
      keyFile(file(operator), account);
      await ask(["key", "encrypt", file(operator)], 0, passwordFile());
      writeFileSync(file("wrong.password"), "a wrong password of mine\n");
      const wrong = { LZ_KEY_PASSWORD_FILE: file("wrong.password") };
      const order = [...issueOrder(file("records.csv")), "--key", file(operator), ...more];
      const status = ["status", "set", "--root", `0x${"11".repeat(32)}`, "--index", "0"];
      const change = [...status, "--agency", AGENCY, "--to", "revoked", "--key", file(operator)];
      const seen = [
        await traces(order, wrong),
        await traces(order, passwordFile()),
        await traces([...change, ...more], passwordFile()),
        await traces(["key", "try", file(operator), ...more], wrong),
        await traces(["key", "encrypt", file(operator), ...more], passwordFile()),
        await traces(["key", "change-password", file(operator), ...more], wrong),
      ].join("\n");
      expect(seen).toContain("KEY_PASSWORD_WRONG");
      const password = secretOf("operator.password");
      for (const secret of ["5e5e5e", "a wrong password of mine", password])
        expect(seen).not.toContain(secret);
      rmSync(file(operator));
    },
    120_000,
  );

  it("nor does a key that is malformed, in any way a command reads one", async () => {
    writeFileSync(file("broken.key"), `0x${"5e".repeat(31)}\n`);
    const seen = [
      await traces(["key", "show", file("broken.key")], {}),
      await traces(["key", "try", file("broken.key")], {}),
      await traces(["key", "encrypt", file("broken.key")], passwordFile()),
    ].join("\n");
    expect(seen).toContain("KEY_MALFORMED");
    expect(seen).not.toContain("5e5e5e");
  });
});

/** Runs `./lz ARGS` without any terminal to ask on. */
async function withoutTerminal(args: readonly string[]): Promise<{ code: number; said: string }> {
  const [name = "", ...rest] = args;
  const child = spawn(process.execPath, nodeArguments(name, rest), {
    ...{ cwd: PROJECT, env: environmentOf(home), detached: true },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => (said += String(part)));
  const [code] = (await once(child, "close")) as [number];
  return { code, said };
}

/** Runs `./lz ARGS` on a terminal of its own and types each line once it is asked for. */
async function onTerminal(
  args: readonly string[],
  lines: readonly string[],
): Promise<{ code: number; seen: string }> {
  const [name = "", ...rest] = args;
  const words = [process.execPath, ...nodeArguments(name, rest)];
  const line = words.map((word) => `'${word}'`).join(" ");
  const flags = ["--quiet", "--return", "--flush", "--command", line, "/dev/null"];
  const child = spawn("script", flags, { cwd: PROJECT, env: environmentOf(home) });
  let seen = "";
  let typed = 0;
  child.stdout.on("data", (part: Buffer) => {
    seen += String(part);
    const asked = seen.match(/(?:Password of \S+|New password of \S+|Once more): /gi)?.length ?? 0;
    for (; typed < Math.min(asked, lines.length); typed++)
      child.stdin.write(`${String(lines[typed])}\r`);
  });
  const [code] = (await once(child, "close")) as [number];
  return { code, seen };
}

describe("a password typed on a terminal", () => {
  const password = "typed by a person";

  it("is asked for twice when a key is made, once when it is used, and never shown", async () => {
    const key = file("typed.json");
    const make = ["key", "new", "--account", "--encrypt", "--out", key];
    const made = await onTerminal(make, [password, password]);
    expect([made.code, made.seen]).toEqual([0, expect.stringContaining("已用口令加密")]);
    const tried = await onTerminal(["key", "try", key], [password]);
    expect([tried.code, tried.seen]).toEqual([0, expect.stringContaining("(keystore)")]);
    const wrong = await onTerminal(["key", "try", key], ["mistyped password"]);
    expect([wrong.code, wrong.seen]).toEqual([65, expect.stringContaining("KEY_PASSWORD_WRONG")]);
    for (const { seen } of [made, tried, wrong]) {
      expect(seen).not.toContain(password);
      expect(seen).not.toContain("mistyped");
    }
  });

  it("has to be the same both times, and long enough: KEY_PASSWORD_UNFIT, and no file is made", async () => {
    const make = ["key", "new", "--encrypt", "--out", file("unfit.jwk")];
    for (const lines of [
      [password, `${password}!`],
      ["short", "short"],
    ]) {
      const { code, seen } = await onTerminal(make, lines);
      expect([code, seen]).toEqual([65, expect.stringContaining("KEY_PASSWORD_UNFIT")]);
    }
    expect(readdirSync(folder)).not.toContain("unfit.jwk");
  });

  it.each([
    ["nothing typed", ""],
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("%s ends it: KEY_PASSWORD_MISSING", async (_what, line) => {
    const { code, seen } = await onTerminal(["key", "try", file("operator.json")], [line]);
    expect([code, seen]).toEqual([64, expect.stringContaining("KEY_PASSWORD_MISSING")]);
  });

  it("says what to do where there is no terminal: KEY_PASSWORD_MISSING", async () => {
    const { code, said } = await withoutTerminal(["key", "try", file("operator.json")]);
    expect(code).toBe(64);
    expect(said).toMatch(/KEY_PASSWORD_MISSING[\s\S]*LZ_KEY_PASSWORD_FILE/);
  });
});

describe("the key of the agency's store", () => {
  it("is never made anew: a store whose key is gone is refused, and opens when it is back", async () => {
    const [key, list] = [join(home, "keys", "store.key"), ["jobs", "list"]];
    const kept = readFileSync(key);
    rmSync(key);
    expect((await ask(list, 64)).problem).toMatchObject({
      code: "KEY_NOT_FOUND",
      detail: expect.stringContaining(key),
    });
    writeFileSync(key, "5e".repeat(32));
    expect((await ask(list, 65)).problem.code).toBe("STORE_KEY_WRONG");
    writeFileSync(key, kept);
    await ask(["key", "encrypt", key], 0, passwordFile());
    expect((await ask(list, 0, passwordFile())).jobs).toHaveLength(1);
  });

  it("in a key service: issuing and reading need it, and say when it is sealed or refuses", async () => {
    const service = await startKeyService();
    const other = join(folder, "other-home");
    const key = { LZ_STORE_KEY: `${service.url}/v1/transit/keys/liangzheng` };
    const env = { LZ_RPC: anvil.rpc, LZ_DIRECTORY: (await directory()).directory, ...key };
    const tokenFile = join(other, "keys", "store-key.token");
    const at = (args: readonly string[], exitCode = 0): Promise<any> =>
      askCommand(other, args, exitCode, { env });
    const order = [...issueOrder(file("others.csv")), "--key", file("token.json")];
    const size = ["--count", "3", "--seed", "service", "--agency", AGENCY];
    await at(["sample", "--type", TYPE, ...size, "--out", file("others.csv")]);
    expect((await at(order, 64)).problem).toMatchObject({
      code: "KEY_NOT_FOUND",
      detail: tokenFile,
    });
    await runBlocks(other, ["mkdir -p keys"]);
    writeFileSync(tokenFile, "hvs.not-that-one\n");
    expect((await at(order, 65)).problem.code).toBe("KEY_SERVICE_REFUSED");
    writeFileSync(tokenFile, `${TOKEN}\n`);
    const { job } = await at(order);
    const get = ["export", "--job", String(job), "--all", "--out", file("exported")];
    expect((await at(get)).count).toBe(3);
    expect(readdirSync(join(other, "keys"))).toEqual(["store-key.token"]);
    await service.close();
    expect((await at(get, 69)).problem.code).toBe("KEY_SERVICE_UNREACHABLE");
  });
});

async function directory(): Promise<{ directory: string }> {
  return JSON.parse(readFileSync(join(home, "config.json"), "utf8"));
}
