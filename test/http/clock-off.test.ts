/** A verifier whose clock is off by an hour, or is set by one while it runs: nothing is accepted for it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import { accessOf } from "../support/access.ts";
import { certificateAt } from "../support/certificate-batch.ts";
import { CAUSE, counterOf, deskOver } from "../support/counter-desk.ts";
import type { Json, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { HANGZHOU, NOW } from "../support/ledger-story.ts";
import { openServiceAt } from "../support/service-stores.ts";
import type { OpenedServiceStore } from "../support/service-stores.ts";
import { CHALLENGE, COUNTER, usualCase } from "../support/usual-case.ts";

const HOUR = 3_600;
const primitives = await loadPrimitives();
const usual = usualCase(primitives);
usual.story.setStatus(usual.batch, 2, 5);

let now = NOW;
let kept: OpenedServiceStore;
let app: RunningApp;
beforeAll(async () => {
  kept = await openServiceAt(":memory:");
  const clock = { now: () => now };
  // The node was asked a moment ago, whatever the clock says.
  const view = () => usual.story.view(now);
  const desk = deskOver(primitives, null, { clock, view, replays: kept.store.replays });
  const access = accessOf({ counter: counterOf() });
  app = await runHttpApp(serviceOver(primitives, null, { desk, view, access }));
});
afterAll(async () => {
  await app.stop();
  await kept.store.close();
});

/** A holder's code, made by a phone whose clock is right. @param seconds how long it lives */
const shown = (seconds: number): object => ({
  presentation: (usual.signed({ expiresAt: NOW + seconds }) as { qr: string }).qr,
  ...{ audience: COUNTER, nonce: toHex(CHALLENGE), region: HANGZHOU.region, useCause: CAUSE },
});

/** What a verifier says whose clock is off by so much. */
async function verdictOf(body: object, offBy: number): Promise<{ verdict: string; why: string[] }> {
  now = NOW + offBy;
  const headers = { "Content-Type": "application/json", Authorization: "Bearer counter" };
  const { json } = await app.post(body, { headers });
  const failed = (json.checks as Json[]).filter(({ result }) => result === "fail");
  return { verdict: json.verdict, why: failed.map(({ code }) => code) };
}

describe("a verifier whose clock is wrong by an hour", () => {
  it("takes no code of a phone whose clock is right, and says that a clock is wrong or its time over", async () => {
    expect(await verdictOf(shown(50), -HOUR)).toEqual({
      verdict: "rejected",
      why: ["CLOCK_SKEW"],
    });
    expect(await verdictOf(shown(50), HOUR)).toEqual({
      verdict: "rejected",
      why: ["PRESENTATION_EXPIRED"],
    });
    expect((await verdictOf(shown(50), 0)).verdict).toBe("accepted");
  });

  it("takes no code twice, whenever its clock is set", async () => {
    expect((await verdictOf(shown(40), 0)).verdict).toBe("accepted");
    for (const offBy of [0, -HOUR, 0, HOUR, 0, -20, 20]) {
      expect((await verdictOf(shown(40), offBy)).verdict).toBe("rejected");
    }
  });

  it.each([-HOUR, HOUR])("off by %d s knows what was revoked all the same", async (offBy) => {
    const revoked = certificateToJson(certificateAt(usual.batch, 2));
    const order = { certificate: revoked, region: HANGZHOU.region, useCause: CAUSE };
    const { verdict, why } = await verdictOf(order, offBy);
    expect([verdict, why]).toEqual(["rejected", ["REVOKED"]]);
  });
});
