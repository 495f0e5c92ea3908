/** A counter without a network: the same verdicts, each code once, the claims its matter has a right to, the use kept. */
import "fake-indexeddb/auto";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { tellItems } from "../../src/app/counter/told-items.ts";
import { ServiceItems } from "../../src/core/service-items/service-item.ts";
import { openJudgingStore } from "../../src/web/judging/judging-store.ts";
import type { JudgingStore, UntoldUse } from "../../src/web/judging/judging-store.ts";
import type { CounterMatter } from "../../src/web/judging/offline-desk.ts";
import { rememberShown, verifyOffline } from "../../src/web/judging/offline-desk.ts";
import { CAUSE, ITEM, deskOver } from "../support/counter-desk.ts";
import { HANGZHOU, NOW } from "../support/ledger-story.ts";
import { fileOf } from "../support/present.ts";
import { COUNTER, usualCase } from "../support/usual-case.ts";

const usual = usualCase(await loadPrimitives());
const view = usual.story.view();
const items = new ServiceItems([ITEM]);
const [item = null] = tellItems(deskOver(usual.primitives, view, { items }));
const MATTER: CounterMatter = {
  ...{ audience: COUNTER, region: HANGZHOU.region, item, hasItems: true, useCause: CAUSE },
  maxPackAge: 86_400,
};
let store: JudgingStore;
let shown = 0;

beforeAll(async () => {
  store = await openJudgingStore();
});

const tools = (now = NOW) => ({ store, now: () => now });
/** No two codes of a phone are the same. */
const fresh = () => usual.signed({ expiresAt: NOW + 60 + ++shown });

async function lastUse(): Promise<UntoldUse["use"]> {
  const all = await store.uses.first(1_000);
  return (all.at(-1) as UntoldUse).use;
}

describe("verifying without a network", () => {
  test("accepts what the service would, and tells what its matter may know", async () => {
    const { answer, masked } = await verifyOffline(tools(), view, fresh(), MATTER);
    expect(answer.verdict).toBe("accepted");
    expect(answer.claims).toMatchObject({ holderName: "王小明1", registryNumber: 1 });
    expect(masked).toEqual(["children", "isFirst"]);
    expect(JSON.stringify(answer.claims)).not.toContain("王一");
  });

  test("refuses a code that was shown here before, or that the service accepted", async () => {
    const [once, elsewhere] = [fresh(), fresh()];
    await verifyOffline(tools(), view, once, MATTER);
    await rememberShown(tools(), elsewhere);
    for (const given of [once, elsewhere]) {
      const { answer } = await verifyOffline(tools(), view, given, MATTER);
      expect(answer.checks.find(({ check }) => check === "freshness")?.code).toBe("REPLAYED");
      expect((await lastUse()).question.isReplayed).toBe(true);
    }
  });

  test("forgets codes that have run out anyway", async () => {
    const given = fresh();
    await rememberShown(tools(), given);
    await store.seen.forget(NOW + 301);
    expect((await verifyOffline(tools(), view, given, MATTER)).answer.verdict).toBe("accepted");
  });

  test("takes a file any number of times, and forgets nothing of it", async () => {
    const file = fileOf(usual.bearer);
    for (let i = 0; i < 2; i++) {
      const { answer } = await verifyOffline(tools(), view, file, MATTER);
      expect(answer.verdict).toBe("accepted");
    }
    await rememberShown(tools(), file);
    expect((await verifyOffline(tools(), view, file, MATTER)).answer.verdict).toBe("accepted");
  });

  test("can't tell on a pack that is too old, or on none", async () => {
    const old = { ...view, asOf: NOW - 90_000 };
    const late = await verifyOffline(tools(), old, fresh(), MATTER);
    expect(late.answer.verdict).toBe("indeterminate");
    const none = await verifyOffline(tools(), null, fresh(), MATTER);
    expect(none.answer).toMatchObject({ verdict: "indeterminate", ledger: null });
    expect((await lastUse()).position).toBeNull();
  });

  test("can't tell anything but the verdict where no service item was chosen", async () => {
    const { answer, masked } = await verifyOffline(tools(), view, fresh(), {
      ...MATTER,
      item: null,
    });
    expect(answer.verdict).toBe("accepted");
    expect(masked).toEqual(expect.arrayContaining(["holderName", "birthDate"]));
    const without = { ...MATTER, item: null, hasItems: false, region: null };
    const all = await verifyOffline(tools(), view, fresh(), without);
    expect(all.answer.claims["holderName"]).toBe("王小明1");
  });

  test("reads what is no code, and says so", async () => {
    const { answer } = await verifyOffline(tools(), view, { qr: "hello" }, MATTER);
    expect(answer).toMatchObject({ verdict: "rejected", certificate: null, claims: {} });
    expect(await lastUse()).toMatchObject({ certificate: null, codes: ["MALFORMED"] });
    await verifyOffline(tools(), view, { file: "{" }, MATTER);
    expect((await lastUse()).shown).toBeNull();
  });
});

describe("a use that waits to be told", () => {
  test("says which certificate of which batch, and nothing of its claims", async () => {
    await verifyOffline(tools(), view, fresh(), MATTER);
    const use = await lastUse();
    expect(use).toMatchObject({
      ...{ useCause: CAUSE, isByDelegate: false, results: "pppppppppp" },
      certificate: { agency: usual.batch.plan.agency.code, root: usual.batch.root, index: 1 },
      question: { purpose: ITEM.names.zh, serviceItem: ITEM.code, requiredClaims: ["holderName"] },
      position: { block: view.block.number, blockHash: view.block.hash },
    });
    for (const word of ["王小明", "1990-05-17", "吉阳区"]) {
      expect(JSON.stringify(use)).not.toContain(word);
    }
  });

  test("is forgotten once it was told, the oldest first", async () => {
    const before = await store.uses.count();
    const [oldest] = await store.uses.first(1);
    await store.uses.forget([(oldest as UntoldUse).id]);
    expect(await store.uses.count()).toBe(before - 1);
    expect((await store.uses.first(1))[0]?.id).toBeGreaterThan((oldest as UntoldUse).id);
  });
});
