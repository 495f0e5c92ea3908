/** Anchoring the log of uses beside a service that runs: what goes wrong with it is told, and stops nobody. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import type { Rpc } from "../../../src/adapters/chain/rpc.ts";
import { loadSettings } from "../../../src/config.ts";
import { Problem } from "../../../src/core/problem.ts";
import { openUseAnchorer } from "../../../src/main/service/use-anchorer.ts";
import type { ServiceContext } from "../../../src/main/service/service-part.ts";
import type { UseLog } from "../../../src/ports/use-log.ts";
import { openServiceAt } from "../../support/service-stores.ts";

const home = mkdtempSync(join(tmpdir(), "lz-use-anchorer-"));
afterAll(() => {
  rmSync(home, { recursive: true });
});

interface Told {
  readonly level: string;
  readonly event: string;
  readonly members: unknown;
}

function contextOf(told: Told[], useLog?: string): ServiceContext {
  const file = { rpc: "", chainId: 31_337, directory: "0x", confirmations: 0 };
  const surroundings = {
    ...loadSettings({ LZ_HOME: home }),
    file: { ...file, ...(useLog && { useLog }) },
  };
  const log = {
    write: (level: string, event: string, members: unknown) => told.push({ level, event, members }),
  };
  const settings = { useLog: { contract: null, anchorEveryMinutes: 60, anchorKey: null } };
  return { surroundings, settings, log } as never;
}

const rpc = {
  chainId: 31_337,
  ask: () => Promise.reject(new Problem("RPC_UNREACHABLE", "nobody there")),
} as never as Rpc;
const connect = (): Promise<Rpc> => Promise.resolve(rpc);

describe("anchoring beside a service", () => {
  it("is told as an alarm where the node can't be reached, and ends all the same", async () => {
    const { store } = await openServiceAt(":memory:");
    const heads = [{ strand: "0000000000aa", length: 1, hash: new Uint8Array(32) }];
    const log: UseLog = { ...store.uses, unanchored: () => Promise.resolve(heads) };
    const told: Told[] = [];
    const anchorer = await openUseAnchorer(contextOf(told, `0x${"11".repeat(20)}`), connect, log);
    expect(anchorer?.anchoredAt).toBeNull();
    await anchorer?.close();
    expect(told).toMatchObject([
      { level: "error", event: "use-anchoring-failed", members: { code: "RPC_UNREACHABLE" } },
    ]);
    expect(await log.claimAnchoring(0, 1)).toBe(true);
    await store.close();
  });

  it("is done on the contract that the settings name, whatever was deployed from here", async () => {
    const { store } = await openServiceAt(":memory:");
    const context = contextOf([]);
    const useLog = { ...context.settings.useLog, contract: `0x${"22".repeat(20)}` };
    const settings = { ...context.settings, useLog };
    const anchorer = await openUseAnchorer({ ...context, settings }, connect, store.uses);
    expect(anchorer).not.toBeNull();
    await anchorer?.close();
    await store.close();
  });

  it("is not done where no contract is configured, and that is told once", async () => {
    const { store } = await openServiceAt(":memory:");
    const told: Told[] = [];
    expect(await openUseAnchorer(contextOf(told), connect, store.uses)).toBeNull();
    expect(told).toMatchObject([{ level: "warn", event: "uses-not-anchored" }]);
    await store.close();
  });
});
