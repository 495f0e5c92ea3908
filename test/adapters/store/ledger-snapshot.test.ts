import { describe, expect, it } from "@jest/globals";
import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { packSnapshot, unpackSnapshot } from "../../../src/adapters/store/ledger-snapshot.ts";
import { openLedgerStore } from "../../../src/adapters/store/ledger-store.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import { ZERO_HASH } from "../../../src/core/ledger/state.ts";
import type { LedgerSnapshot } from "../../../src/ports/ledger-store.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { laidOpen } from "../../support/laid-open.ts";
import { IDENTITY, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const batch = issueBatch(primitives);
const CURSOR = { number: 7, hash: ZERO_HASH, time: 7, identity: IDENTITY };

function snapshotOf(ruleEnds: boolean): LedgerSnapshot {
  const story = tellUsualStory(primitives).anchor(batch);
  story.setStatus(batch, 3, 5).setStatus(batch, 2, 1).setStatus(batch, 2, 0);
  if (ruleEnds) story.tell({ kind: "RuleEnded", ruleId: 1 });
  return { state: story.state, cursor: CURSOR };
}

const withHash = (content: Uint8Array): Uint8Array => {
  return Buffer.concat([createHash("sha256").update(content).digest(), content]);
};

describe("a snapshot of a ledger", () => {
  it("is the same state again, on which what comes next is folded as on the first", () => {
    const snapshot = snapshotOf(false);
    const again = unpackSnapshot(packSnapshot(snapshot));
    expect(again?.cursor).toEqual(CURSOR);
    expect(laidOpen(again?.state)).toEqual(laidOpen(snapshot.state));
    const end = tellUsualStory(primitives).tell({ kind: "RuleEnded", ruleId: 1 }).events.at(-1);
    if (again === null || end === undefined) throw new Error("nothing there");
    applyEvent(again.state, end);
    const [rule] = [...again.state.rulesOf.values()].flat();
    expect(rule?.endedAt).toBe(end.position.time);
  });

  it("is none where a byte of it is another, or where it is of another form", () => {
    const bytes = packSnapshot(snapshotOf(true));
    for (const at of [0, 40, bytes.length - 1]) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = (damaged[at] as number) ^ 1;
      expect(unpackSnapshot(damaged)).toBeNull();
    }
    expect(unpackSnapshot(bytes.subarray(0, bytes.length - 1))).toBeNull();
    expect(unpackSnapshot(new Uint8Array(3))).toBeNull();
    const content = deserialize(bytes.subarray(32)) as object;
    expect(unpackSnapshot(withHash(serialize(content)))).not.toBeNull();
    expect(unpackSnapshot(withHash(serialize({ ...content, form: 0 })))).toBeNull();
    expect(unpackSnapshot(withHash(Uint8Array.of(0xff, 99, 0)))).toBeNull();
  });

  it("is kept in place of the one before, and in several parts where it is large", async () => {
    const store = await openLedgerStore(":memory:");
    expect(await store.snapshot()).toBeNull();
    const large = snapshotOf(false);
    const name = "海".repeat(3_000_000);
    large.state.groups.set("大", [{ regions: [name], recordedAt: 1 }]);
    await store.saveSnapshot(large);
    expect((await store.snapshot())?.state.groups.get("大")?.[0]?.regions).toEqual([name]);
    await store.saveSnapshot(snapshotOf(true));
    expect(laidOpen((await store.snapshot())?.state)).toEqual(laidOpen(snapshotOf(true).state));
    await store.close();
  });
});
