/** API6:2023: what is good once or could be guessed can't be worn down by machines. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CAUSE, ITEM } from "../../support/counter-desk.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";
import { MARRIAGE } from "../../support/ledger-story.ts";

let app: GuardedApp;
beforeAll(async () => {
  app = await runGuardedApp({ rules: { guessesPerMinute: 10 }, trustedProxies: ["127.0.0.1"] });
});
afterAll(() => app.stop());

function guess(code: string, address: string): ReturnType<GuardedApp["get"]> {
  const path = `/v1/presentation-requests?code=${code}`;
  return app.get(path, { headers: { "X-Forwarded-For": address } });
}

describe("the six digits of a presentation request", () => {
  it("can be tried ten times in a minute from one address: all of them would take 69 days", async () => {
    const statuses = [];
    for (let i = 0; i < 12; i++) {
      statuses.push((await guess(String(i).padStart(6, "0"), "198.51.100.9")).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429]);
    expect(1_000_000 / 10 / 60 / 24).toBeGreaterThan(69);
  });

  it("are not guessed sooner by writing other addresses into a header, or another of the same /64", async () => {
    for (let i = 0; i < 10; i++) await guess("000000", `10.9.8.${String(i)}, 198.51.100.10`);
    expect((await guess("000000", "10.1.1.1, 198.51.100.10")).status).toBe(429);
    for (let i = 0; i < 10; i++) await guess("000000", `2001:db8:7::${String(i)}`);
    expect((await guess("000000", "2001:db8:7::ffff:1")).status).toBe(429);
  });

  it("are not guessed sooner with a client's key either", async () => {
    const statuses = [];
    for (let i = 0; i < 11; i++) {
      const path = "/v1/presentation-requests?code=000000";
      statuses.push((await app.ask(path, app.callers.counter.key)).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  it("tell, where they are right, who asks and why, and let nobody answer in another's place", async () => {
    const order = { purpose: ITEM.code, useCause: CAUSE, type: MARRIAGE, claims: ["holderName"] };
    const asking = app.callers.counter.key;
    const made = (await app.ask("/v1/presentation-requests", asking, order)).json;
    const told = (await guess(String(made.code), "198.51.100.11")).json;
    expect(told).toMatchObject({ id: made.id, useCause: CAUSE, state: "open" });
    const shown = { presentation: (app.usual.signed() as { qr: string }).qr };
    const path = `/v1/presentation-requests/${String(made.id)}/presentation`;
    const wrong = await app.ask(path, null, shown);
    expect(wrong.json.code).toBe("PRESENTATION_UNFIT");
    expect((await guess(String(made.code), "198.51.100.12")).json.state).toBe("open");
  });
});

describe("the token of a reference", () => {
  it("has 128 bits: none of a thousand others is one, and each is told the same", async () => {
    const said = new Set<string>();
    for (let i = 0; i < 100; i++) {
      const token = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
      const { json, status } = await app.ask("/v1/references/taking", null, { token });
      said.add(`${String(status)} ${String(json.code)} ${String(json.detail)}`);
    }
    expect([...said]).toEqual([expect.stringMatching(/REFERENCE_SPENT/)]);
  });
});

describe("a signed presentation", () => {
  it("shown two hundred times at once is accepted once", async () => {
    const { qr: presentation } = app.usual.signed() as { qr: string };
    const nonce = Buffer.from((await import("../../support/usual-case.ts")).CHALLENGE);
    const asked = { presentation, nonce: nonce.toString("hex"), useCause: CAUSE };
    const { key } = await app.access.add({
      name: app.callers.counter.client.name,
      region: "330100",
    });
    const replies = await Promise.all(
      Array.from({ length: 200 }, () => app.ask("/v1/verifications", key, asked)),
    );
    const accepted = replies.filter(({ json }) => json.verdict === "accepted");
    expect(accepted).toHaveLength(1);
    expect(replies.every(({ status }) => status === 200)).toBe(true);
  });
});
