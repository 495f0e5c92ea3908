/** The administrator's delay: what it does is seen on the chain long before it happens. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { chainReader } from "../../../src/adapters/chain/chain-reader.ts";
import { administrationDelay } from "../../../src/adapters/chain/administration.ts";
import { deployContracts } from "../../../src/adapters/chain/deploy.ts";
import type { Deployment } from "../../../src/adapters/chain/deployment.ts";
import { findDeployment } from "../../../src/adapters/chain/deployment.ts";
import { governance } from "../../../src/adapters/chain/governance.ts";
import type { Governance } from "../../../src/ports/governance.ts";
import type { LedgerWorld } from "../../support/ledger-world.ts";
import { startLedgerWorld } from "../../support/ledger-world.ts";

const DAY = 86_400;
const WEEK = 7 * DAY;
const SECOND_AUTHORITY = `0x${"a2".repeat(20)}`;
const THIRD_AUTHORITY = `0x${"a3".repeat(20)}`;

let world: LedgerWorld;
let deployment: Deployment;
let administrator: Governance;

beforeAll(async () => {
  world = await startLedgerWorld();
  const { rpc, authority } = world;
  const directory = await deployContracts(rpc, authority, { administrationDelay: 2 * DAY });
  deployment = await findDeployment(rpc, directory);
  administrator = governance(deployment, authority);
});
afterAll(() => world.close());

async function letPass(seconds: number): Promise<void> {
  await world.rpc.provider.send("evm_increaseTime", [seconds]);
  await world.rpc.provider.send("evm_mine", []);
}

async function authorities(): Promise<unknown[]> {
  const reader = chainReader(deployment);
  const { number } = await reader.latestBlock();
  const events = await reader.events(reader.firstBlock, number);
  return events.flatMap((event) => (event.kind === "AuthorityAppointed" ? [event.account] : []));
}

describe("an administrator with a delay", () => {
  it("is one from the deployment on, and anyone can read the delay", async () => {
    const { address } = world.authority;
    expect(await administrationDelay(deployment, address)).toBe(2 * DAY);
    expect(await administrationDelay(deployment, SECOND_AUTHORITY)).toBe(0);
  });

  it("announces a national authority first, and appoints it when the time has come", async () => {
    const appoint = () => administrator.appoint("0", SECOND_AUTHORITY, "国办发〔2022〕3号");
    await expect(appoint()).rejects.toMatchObject({ code: "ANNOUNCED" });
    await letPass(DAY);
    await expect(appoint()).rejects.toMatchObject({ code: "ANNOUNCED" });
    expect(await authorities()).not.toContain(SECOND_AUTHORITY);
    await letPass(DAY);
    await appoint();
    expect(await authorities()).toContain(SECOND_AUTHORITY);
  });

  it("announces again what was not carried out within a week", async () => {
    const appoint = () => administrator.appoint("0", THIRD_AUTHORITY, "国办发〔2022〕3号");
    await expect(appoint()).rejects.toMatchObject({ code: "ANNOUNCED" });
    await letPass(2 * DAY + WEEK);
    await expect(appoint()).rejects.toMatchObject({ code: "ANNOUNCED" });
    expect(await authorities()).not.toContain(THIRD_AUTHORITY);
  });

  it("dismisses at once: taking trust away never waits", async () => {
    const receipt = await administrator.dismiss("0", SECOND_AUTHORITY, "国办发〔2022〕3号");
    expect(receipt.gasUsed).toBeGreaterThan(0);
  });

  it("announces the freeze of a ledger too", async () => {
    const { Directory: predecessor } = deployment.addresses;
    const successor = await deployContracts(world.rpc, world.authority, { predecessor });
    const freeze = () => administrator.freeze(successor, "账本迁移方案");
    await expect(freeze()).rejects.toMatchObject({ code: "ANNOUNCED" });
    await letPass(2 * DAY);
    await freeze();
    expect(await findDeployment(world.rpc, successor)).toMatchObject({
      predecessors: [{ addresses: { Directory: predecessor } }],
    });
  });
});
