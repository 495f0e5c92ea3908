/** API3:2023: of one answer each caller gets the members it has a right to, and sets none it has not. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CAUSE, ITEM } from "../../support/counter-desk.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";
import type { Json } from "../../support/http-app.ts";
import { HANGZHOU, MARRIAGE, SANYA } from "../../support/ledger-story.ts";

let app: GuardedApp;
let presentation: string;
beforeAll(async () => {
  app = await runGuardedApp();
  presentation = (app.usual.printed() as { qr: string }).qr;
});
afterAll(() => app.stop());

async function answerTo(key: string | null, more: object = {}): Promise<Json> {
  return (await app.ask("/v1/verifications", key, { presentation, ...more })).json;
}

describe("anyone", () => {
  it("is told verdict, type, agency and validity, and nothing of the person", async () => {
    const answer = await answerTo(null, { region: HANGZHOU.region });
    expect(answer).toMatchObject({
      verdict: "accepted",
      certificate: { type: MARRIAGE, agency: SANYA.code, notAfter: "2030-12-31T00:00:00Z" },
      claims: {},
      receipt: null,
    });
    const members = Object.keys(answer.certificate);
    expect(members.filter((name) => ["root", "index", "anchoredAt"].includes(name))).toEqual([]);
    expect(JSON.stringify(answer)).not.toMatch(/王小明|王一|birthDate/);
  });

  it("learns no claim from the details of a refusal either", async () => {
    const answer = await answerTo(null, { requiredClaims: ["holderName", "住址"] });
    expect(JSON.stringify(answer)).not.toContain("王");
  });
});

describe("a counter", () => {
  it("is told in full what its service item names, the rest masked", async () => {
    const asked = { purpose: ITEM.code, useCause: CAUSE };
    const { claims, masked } = await answerTo(app.callers.counter.key, asked);
    expect(claims.holderName).toBe("王小明3");
    expect(masked).toContain("children");
    expect(JSON.stringify(claims.children)).not.toContain("王一");
  });

  it("is told nothing in full without a service item", async () => {
    const { claims } = await answerTo(app.callers.counter.key, { useCause: CAUSE });
    expect(claims.holderName).toBe("王**3");
  });

  it("is told nothing without saying what for, and nothing is used up", async () => {
    const kept = app.uses.kept.length;
    const body = { presentation, purpose: ITEM.code };
    const reply = await app.ask("/v1/verifications", app.callers.counter.key, body);
    expect(reply).toMatchObject({ status: 422, json: { code: "USE_CAUSE_REQUIRED" } });
    expect(app.uses.kept).toHaveLength(kept);
  });
});

describe("an auditor and an administrator", () => {
  it.each(["auditor", "administrator"] as const)("are told no claims: %s", async (role) => {
    const answer = await answerTo(app.callers[role].key, { useCause: CAUSE });
    expect(answer.claims).toEqual({});
  });
});

describe("a member that a caller may not set", () => {
  it.each([
    ["another counter's name", { audience: "别的窗口" }, 403],
    ["another region", { region: "460200" }, 403],
    ["a role", { role: "administrator" }, 400],
    ["a client", { client: "C-00000000" }, 400],
    ["a time", { now: 0 }, 400],
    ["a shown time", { shownAt: 0 }, 400],
  ])("is refused: %s", async (_, members, status) => {
    const body = { presentation, useCause: CAUSE, ...members };
    const reply = await app.ask("/v1/verifications", app.callers.counter.key, body);
    expect(reply.status).toBe(status);
  });
});
