/** The same commands on another EVM node, with another client's fees: anvil as it comes. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startAnvil } from "../support/anvil.ts";
import type { Anvil } from "../support/anvil.ts";
import {
  AGENCY,
  AGENCY_REGION,
  TYPE,
  askCommand,
  issueOrder,
  temporaryFolder,
} from "../support/command-world.ts";

let anvil: Anvil;
let folder: string;
let directory: string;

beforeAll(async () => {
  [anvil, folder] = await Promise.all([startAnvil(), temporaryFolder()]);
  ({ directory } = await ask(["deploy", "--rpc", anvil.rpc]));
});

afterAll(async () => {
  await anvil.stop();
  await rm(folder, { recursive: true, force: true });
});

const ask = (args: readonly string[], exitCode = 0): Promise<any> => {
  return askCommand(join(folder, "home"), args, exitCode);
};
const file = (name: string): string => join(folder, name);
const issue = (name: string): string[] => issueOrder(file(`${name}.csv`));
/** @returns the file of one certificate of a job's first batch */
const exportOne = async ({ batches }: any, index: number): Promise<string> => {
  const which = ["--root", batches[0].root as string, "--index", String(index)];
  const { files } = await ask(["export", ...which, "--out", file("certificates")]);
  return String(files[0]);
};
const sample = (name: string): Promise<unknown> => {
  const size = ["--count", "5", "--seed", name, "--agency", AGENCY];
  return ask(["sample", "--type", TYPE, ...size, "--out", file(`${name}.csv`)]);
};
const add = ["agency", "add", "--code", AGENCY, "--name", "上海市证照样例局"];
const register = [...add, "--region", AGENCY_REGION, "--type", TYPE];

describe("on anvil with its default fees", () => {
  it("says what to do where an operator can't pay, and the agency can be given coins later", async () => {
    await ask(register);
    await sample("first");
    const { problem } = await ask(issue("first"), 69);
    expect(problem.code).toBe("INSUFFICIENT_FUNDS");
    expect(problem.remedy.en).toContain("--fund");
    const funded = await ask([...register, "--fund", "1"]);
    expect(funded.transactions).toHaveLength(1);
  });

  it("issues once, verifies, changes a status and audits", async () => {
    const dry = await ask([...issue("first"), "--dry-run"]);
    expect(Number(dry.fee)).toBeGreaterThan(0);
    const issued = await ask(issue("first"));
    expect([issued.certificates, issued.batches[0].sequence]).toEqual([5, 1]);
    expect((await ask(issue("first"))).wasDone).toBe(true);
    const certificate = await exportOne(issued, 2);
    const verify = ["verify", certificate, "--region", AGENCY_REGION];
    expect((await ask(verify)).verdict).toBe("accepted");
    await ask(["status", "set", "--certificate", certificate, "--to", "suspended"]);
    expect((await ask(verify, 1)).usable).toBe(false);
    await ask(["status", "set", "--certificate", certificate, "--to", "active"]);
    expect((await ask(verify)).verdict).toBe("accepted");
    const audit = await ask(["audit", "--rpc", anvil.rpc, "--directory", directory]);
    expect(audit).toMatchObject({ ok: true, sequence: 1, findings: [] });
  });

  it("waits for blocks where a transaction is not mined at once", async () => {
    await sample("second");
    await anvil.call("evm_setAutomine", [false]);
    await anvil.call("evm_setIntervalMining", [1]);
    const { batches } = await ask(issue("second"));
    expect(batches).toMatchObject([{ sequence: 2 }]);
    await anvil.call("evm_setIntervalMining", [0]);
    await anvil.call("evm_setAutomine", [true]);
    expect((await ask(["audit"])).sequence).toBe(2);
  });

  it("takes a batch for anchored only when as many blocks as configured have followed", async () => {
    const home = file("patient-home");
    const patiently = (args: readonly string[], exitCode = 0): Promise<any> =>
      askCommand(home, args, exitCode);
    await patiently(["deploy", "--rpc", anvil.rpc, "--confirmations", "2"]);
    await anvil.call("anvil_mine", ["0x3"]);
    await patiently([...register, "--fund", "1"]);
    await anvil.call("anvil_mine", ["0x3"]);
    await anvil.call("evm_setAutomine", [false]);
    await anvil.call("evm_setIntervalMining", [1]);
    await sample("third");
    const issued = await patiently(issue("third"));
    await anvil.call("evm_setIntervalMining", [0]);
    const latest = Number(await anvil.call("eth_blockNumber", []));
    expect(latest).toBeGreaterThanOrEqual(Number(issued.batches[0].block) + 2);
    const which = ["--job", issued.job as string, "--all", "--out", file("third")];
    const { files } = await patiently(["export", ...which]);
    expect((await patiently(["verify", String(files[0])])).verdict).toBe("accepted");
  });
});
