/**
 * The reference deployment, used as a counter uses it while machines fail: every question is answered, and
 * every answer is right.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Caller, addCounter } from "../deployment/caller.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { openDeployment } from "../deployment/deployment.ts";
import type { Shown } from "../deployment/issued.ts";
import { REGION, issueShown } from "../deployment/issued.ts";
import { untilSo } from "../deployment/programs.ts";

/** How soon all must be well again. */
const BACK_SECONDS = 30;

let deployment: Deployment;
let shown: readonly Shown[];
let caller: Caller;
const opened: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  deployment = await openDeployment();
  opened.push(() => deployment.close());
  // Both know the counter by the time that certificates are issued.
  const key = await addCounter(deployment, REGION);
  shown = await issueShown(deployment);
  caller = new Caller(deployment.entry, key);
  opened.push(() => {
    caller.close();
  });
}, 600_000);
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

interface Wrong {
  readonly expected: string;
  readonly got: string;
}

interface Used {
  readonly verdicts: readonly string[];
  readonly wrong: readonly Wrong[];
}

/** Asks with four counters at a time until the work is done, and a little longer. */
async function useWhile(work: () => Promise<void>): Promise<Used> {
  const verdicts: string[] = [];
  const wrong: Wrong[] = [];
  let isOver = false;
  const counter = async (offset: number): Promise<void> => {
    for (let i = offset; !isOver; i++) {
      const { question, expected } = shown[i % shown.length] as Shown;
      const verdict = await caller.verify(question());
      verdicts.push(verdict);
      if (verdict !== expected) wrong.push({ expected, got: verdict });
    }
  };
  const counters = Promise.all([0, 1, 2, 3].map(counter));
  try {
    await work();
    const enough = verdicts.length + 40;
    await Promise.race([
      counters,
      untilSo("it is used on", () => Promise.resolve(verdicts.length >= enough)),
    ]);
  } finally {
    isOver = true;
    await counters;
  }
  return { verdicts, wrong };
}

describe("the reference deployment", () => {
  it("answers through nginx: what is good, revoked, altered, and nothing of its insides", async () => {
    for (const { question, expected } of shown) {
      expect(await caller.verify(question())).toBe(expected);
    }
    const [first] = shown as [Shown];
    const code = first.question();
    expect([await caller.verify(code), await caller.verify(code)]).toEqual([
      "accepted",
      "rejected",
    ]);
    expect((await caller.get("/readyz")).status).toBe(403);
    expect((await caller.get("/metrics")).status).toBe(404);
  });

  it("loses no answer, and gives no wrong one, while one verifier is killed and started again", async () => {
    let backSeconds = Infinity;
    const { verdicts, wrong } = await useWhile(async () => {
      await deployment.kill("0.11");
      expect(await caller.verify((shown[0] as Shown).question())).toBe("accepted");
      const began = performance.now();
      await deployment.start("0.11");
      backSeconds = (performance.now() - began) / 1_000;
    });
    expect(wrong).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(40);
    expect(backSeconds).toBeLessThan(BACK_SECONDS);
  }, 240_000);

  it("gives no verdict that it can't keep: PostgreSQL restarts, and every question is answered after it", async () => {
    const { wrong } = await useWhile(() => deployment.databases.restart());
    expect(wrong).toEqual([]);
    await untilSo("both are ready", () => bothReady(), undefined, BACK_SECONDS);
  }, 240_000);

  it("goes on with the second database after the first is gone for good", async () => {
    const { wrong } = await useWhile(() => deployment.databases.failOver());
    expect(wrong).toEqual([]);
    await untilSo("both are ready", () => bothReady(), undefined, BACK_SECONDS);
    expect(await caller.verify((shown[0] as Shown).question())).toBe("accepted");
  }, 240_000);

  it("has every use of which a counter holds the receipt, whatever was killed after it was given", async () => {
    expect(caller.receipts.length).toBeGreaterThan(100);
    expect(await caller.lostUses()).toEqual([]);
    expect(new Set(caller.receipts).size).toBe(caller.receipts.length);
  });

  it("answers with the other verifier where one is cut off from the network", async () => {
    if (!deployment.hosts.cut("0.12", true)) return;
    const { wrong } = await useWhile(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
    deployment.hosts.cut("0.12", false);
    expect(wrong).toEqual([]);
    await untilSo("both are ready", () => bothReady(), undefined, BACK_SECONDS);
  }, 240_000);

  it("puts on the chain how far the log of uses has come", async () => {
    const isAnchored = async (): Promise<boolean> => {
      const figures = await deployment.metrics("0.12");
      return /^lz_use_anchored_timestamp_seconds \d/m.test(figures);
    };
    await untilSo("the log of uses is anchored", isAnchored, undefined, 90);
    expect(deployment.logs()).toMatch(/"uses-anchored","strands":\d/);
  });

  it("tells every figure that the dashboard and the alarms name, and no log line holds a claim", async () => {
    const figures = await deployment.metrics("0.11");
    expect(figures).toContain('lz_verdicts_total{verdict="accepted"}');
    expect(figures).toContain('lz_node_up{node="4"} 1');
    const logs = deployment.logs();
    expect(logs).toContain('"route":"/v1/verifications"');
    for (const { distinctive } of shown)
      for (const value of distinctive) expect(logs).not.toContain(value);
  });
});

async function bothReady(): Promise<boolean> {
  return (await deployment.isReady("0.11")) && (await deployment.isReady("0.12"));
}
