/** API4:2023: no caller uses more than its share, and none can make the service use much for little. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { connect } from "node:net";
import { MinuteLimits } from "../../../src/app/access/minute-limits.ts";
import { CAUSE } from "../../support/counter-desk.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";
import { cpuTimeOf } from "../../support/cpu-time.ts";

let app: GuardedApp;
let presentation: string;
beforeAll(async () => {
  app = await runGuardedApp({ rules: { anonymousPerMinute: 20, guessesPerMinute: 3 } });
  presentation = (app.usual.printed() as { qr: string }).qr;
});
afterAll(() => app.stop());

describe("calls", () => {
  it("of one address end in 429 with when to come again, and begin anew after a minute", async () => {
    app.access.clock.pass(60);
    await app.access.control.refresh();
    const first = await app.ask("/v1/types");
    expect(first.headers.get("ratelimit-policy")).toBe('"address";q=20;w=60');
    expect(first.headers.get("ratelimit")).toBe('"address";r=19;t=60');
    for (let i = 1; i < 20; i++) expect((await app.ask("/v1/types")).status).toBe(200);
    const refused = await app.ask("/v1/types");
    expect(refused).toMatchObject({ status: 429, json: { code: "TOO_MANY_REQUESTS" } });
    expect(refused.headers.get("retry-after")).toBe("60");
    expect((await app.get("/healthz")).status).toBe(200);
    expect((await app.ask("/v1/types", app.callers.counter.key)).status).toBe(200);
    app.access.clock.pass(60);
    await app.access.control.refresh();
    expect((await app.ask("/v1/types")).status).toBe(200);
  });

  it("of one client end at its own limit", async () => {
    const { key } = await app.access.add({ perMinute: 2 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await app.ask("/v1/types", key)).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it("beyond which nothing of a body is read", async () => {
    const { key } = await app.access.add({ perMinute: 1 });
    await app.ask("/v1/types", key);
    const ask = async (): Promise<void> => {
      const reply = await app.get("/v1/verifications", {
        method: "POST",
        headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
        body: "{".repeat(200_000),
      });
      expect(reply.status).toBe(429);
    };
    expect(await cpuTimeOf(ask)).toBeLessThan(1_000);
  });
});

describe("certificates", () => {
  it("of one client end at its day's quota, counted one by one also in a batch", async () => {
    const { key } = await app.access.add({ perDay: 5, region: "330100" });
    const items = Array.from({ length: 3 }, () => ({ presentation, useCause: CAUSE }));
    const batch = await app.ask("/v1/verifications/batch", key, { items });
    expect(batch.json.answers).toHaveLength(3);
    const refused = await app.ask("/v1/verifications/batch", key, { items });
    expect(refused).toMatchObject({ status: 429, json: { code: "QUOTA_EXCEEDED" } });
    expect(Number(refused.headers.get("retry-after"))).toBe(12 * 3_600 - 120);
    expect((await app.ask("/v1/verifications", key, items[0])).status).toBe(200);
  });

  it("in one batch are a hundred at most", async () => {
    const items = Array.from({ length: 101 }, () => ({ presentation }));
    const reply = await app.ask("/v1/verifications/batch", app.callers.counter.key, { items });
    expect(reply).toMatchObject({ status: 400, json: { code: "BODY_MALFORMED" } });
  });
});

describe("what is asked for", () => {
  const key = (): string => app.callers.counter.key;

  it.each([
    ["a page of a thousand and one", "/v1/agencies?limit=1001"],
    ["a page of less than nothing", "/v1/agencies?limit=-1"],
    ["a cursor of another's making", "/v1/agencies?cursor=AAAA"],
  ])("is bounded: %s", async (_, path) => {
    expect((await app.ask(path, key())).status).toBe(400);
  });

  it("is refused where a body is longer than any certificate", async () => {
    const long = { presentation: "LZ1:" + "A".repeat(300_000) };
    const reply = await app.ask("/v1/verifications", key(), long);
    expect(reply).toMatchObject({ status: 413, json: { code: "BODY_TOO_LARGE" } });
  });

  it("is refused where JSON is deeper than anything is meant to be, in a moment", async () => {
    const deep = `{"certificate":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const ask = async (): Promise<void> => {
      const reply = await app.get("/v1/verifications", {
        method: "POST",
        headers: { Authorization: `Bearer ${key()}`, "Content-Type": "application/json" },
        body: deep,
      });
      expect(reply.status).toBe(400);
    };
    expect(await cpuTimeOf(ask)).toBeLessThan(1_000);
  });

  it("is refused where a header is longer than any credential", async () => {
    const socket = connect(app.port, "127.0.0.1");
    let text = "";
    socket.setEncoding("utf8").on("data", (some: string) => (text += some));
    socket.write(
      `GET /v1/types HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${"a".repeat(20_000)}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.on("close", resolve));
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe("counting", () => {
  it("takes no more memory for a million addresses than for a few", () => {
    const limits = new MinuteLimits(1_000);
    for (let i = 0; i < 1_000_000; i++) limits.take(String(i), "address", 5, 1);
    const late = limits.take("999999", "address", 5, 1);
    expect(late.remaining).toBe(3);
    expect(limits.take("0", "address", 5, 1).remaining).toBe(4);
  });
});
