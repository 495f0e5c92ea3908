import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { Problem } from "../../src/core/problem.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import { accessOf, clientOf } from "../support/access.ts";
import { CAUSE, UsesInMemory, counterOf, deskOver } from "../support/counter-desk.ts";
import type { Json, Reply, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { jsonOf } from "../support/present.ts";
import { CHALLENGE, usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const view = usual.story.view();
const charged: number[] = [];
const access = {
  ...accessOf({ counter: counterOf(), auditor: clientOf("auditor") }),
  charge: (_: unknown, certificates: number) => void charged.push(certificates),
};
const textOf = (given: unknown) => (given as { qr: string }).qr;
const printed = { presentation: textOf(usual.printed()), useCause: CAUSE };

let app: RunningApp;
const uses = new UsesInMemory();
beforeAll(async () => {
  const desk = deskOver(primitives, view, { uses });
  app = await runHttpApp(serviceOver(primitives, view, { access, desk }));
});
afterAll(() => app.stop());

function post(
  items: unknown,
  word: string | null = "counter",
  others: Record<string, string> = {},
): Promise<Reply> {
  const authorization = word === null ? {} : { Authorization: `Bearer ${word}` };
  const headers = { "Content-Type": "application/json", ...authorization, ...others };
  return app.get("/v1/verifications/batch", {
    ...{ method: "POST", headers },
    body: JSON.stringify({ items }),
  });
}

describe("many verifications in one call", () => {
  it("end each in its own verdict or problem, in their order; one that is wrong spoils none", async () => {
    charged.length = 0;
    const signed = {
      presentation: textOf(usual.signed()),
      useCause: CAUSE,
      nonce: toHex(CHALLENGE),
    };
    const { status, json } = await post([
      printed,
      { presentation: "hello" },
      { presentation: textOf(usual.printed()) },
      signed,
      signed,
      { certificate: jsonOf(usual.bearer), useCause: CAUSE, region: "460000" },
      { presentationRequest: "8QZ3vN1xT0eYb2kLw6mRfA" },
      { presentationRequest: "8QZ3vN1xT0eYb2kLw6mRfA", region: "330100" },
      printed,
    ]);
    expect(status).toBe(200);
    const ends = json.answers.map(({ answer, problem }: Json) => answer?.verdict ?? problem.code);
    expect(ends).toEqual([
      ...["accepted", "rejected", "USE_CAUSE_REQUIRED", "accepted", "rejected"],
      ...["COUNTER_MISMATCH", "PRESENTATION_REQUEST_UNKNOWN", "BODY_MALFORMED", "accepted"],
    ]);
    expect(json.answers[2].problem).toMatchObject({
      status: 422,
      words: { zh: expect.any(String) },
    });
    expect(charged).toEqual([9]);
    expect(new Set(uses.kept.map(({ mode }) => mode))).toEqual(new Set(["batch"]));
  });

  it("use each up for itself, also under an Idempotency-Key: the same twice is a replay", async () => {
    const presentation = textOf(usual.signed({ expiresAt: view.asOf + 44 }));
    const one = { presentation, useCause: CAUSE, nonce: toHex(CHALLENGE) };
    const again = { "Idempotency-Key": "a-batch-of-the-counter" };
    const { json } = await post([one, one], "counter", again);
    const verdicts = json.answers.map(({ answer }: Json) => answer.verdict).sort();
    expect(verdicts).toEqual(["accepted", "rejected"]);
    expect(JSON.stringify(json)).toContain("REPLAYED");
    expect((await post([one, one], "counter", again)).json).toEqual(json);
  });

  it("take a hundred of the longest codes, and no more than a hundred", async () => {
    const long = { presentation: `LZ1:${"0".repeat(4092)}` };
    const { status, json } = await post(Array.from({ length: 100 }, () => long));
    expect([status, json.answers.length]).toEqual([200, 100]);
    expect((await post(Array.from({ length: 101 }, () => printed))).json).toMatchObject({
      code: "BODY_MALFORMED",
      detail: expect.stringContaining("body.items"),
    });
    expect((await post([])).status).toBe(400);
  });

  it("say which item is not as described, before any is judged", async () => {
    const { status, json } = await post([printed, { ...printed, purposes: "x" }]);
    expect([status, json.detail]).toEqual([400, 'body.items[1]: unknown member "purposes"']);
  });

  it("are for those who are known, and in a role that verifies many", async () => {
    expect((await post([printed], null)).json.code).toBe("UNAUTHENTICATED");
    expect((await post([printed], "auditor")).json.code).toBe("FORBIDDEN");
  });

  it("that fail on this side say nothing of why, and the operator is told", async () => {
    const lost = () => Promise.reject(new Problem("DISK_FAILED", "/srv/SECRET.sqlite"));
    const desk = deskOver(primitives, view, { uses: { record: lost, recordSigned: lost } });
    const broken = await runHttpApp(serviceOver(primitives, view, { access, desk }));
    const { json, text } = await broken.get("/v1/verifications/batch", {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: "Bearer counter" },
      body: JSON.stringify({ items: [printed] }),
    });
    await broken.stop();
    expect(json.answers).toMatchObject([{ problem: { code: "DISK_FAILED", status: 500 } }]);
    expect(text).not.toContain("SECRET");
    expect(broken.faults).toMatchObject([{ requestId: null, problem: { code: "DISK_FAILED" } }]);
  });
});
