/** The public directory over HTTP, held against its own description. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { HANGZHOU, MARRIAGE, NOW, NEXT_IDENTITY, SANYA } from "../support/ledger-story.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const { story, batch } = usualCase(primitives);
story.addRule({ recognising: "330000", recognised: "310000", type: MARRIAGE, effect: "deny" });
story.addRule({ recognising: "310000", recognised: "460000", serviceItems: ["户口迁移"] });
story.setStatus(batch, 3, 5);

let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, story.view(NOW - 7)));
});
afterAll(() => app.stop());

describe("the overview", () => {
  it("is there for anyone, with the place and age of what was counted", async () => {
    const { status, json, headers } = await app.get("/v1/overview");
    expect(status).toBe(200);
    expect(headers.get("etag")).not.toBeNull();
    expect(json.totals).toMatchObject({ agencies: 2, batches: 1, certificates: 5 });
    expect(json.regions).toHaveLength(2);
    expect(json.types[0].statuses).toMatchObject({ active: 4, revoked: 1 });
    expect(json.ledger.ageSeconds).toBe(7);
  });

  it("names no certificate, no agency and no batch", async () => {
    const { text } = await app.get("/v1/overview");
    for (const one of [SANYA.code, SANYA.name, HANGZHOU.code, batch.root.slice(2)]) {
      expect(text).not.toContain(one);
    }
  });
});

describe("who recognises a type", () => {
  const path = `/v1/types/${MARRIAGE}/recognition`;

  it("is told for every pair of provinces, with the rules that decide", async () => {
    const { json } = await app.get(path);
    expect(json.regions).toEqual(["310000", "330000", "460000"]);
    const effects = json.rows.map((row: { effect: string }[]) => row.map(({ effect }) => effect));
    expect(effects).toEqual([
      ["own", "none", "none"],
      ["deny", "own", "accept"],
      ["none", "none", "own"],
    ]);
    const { rule } = json.rules[json.rows[1][2].rule];
    expect(rule).toMatchObject({ recognising: "330000", recognised: "460000", effect: "accept" });
    expect(json.rules).toHaveLength(2);
    expect(json.more).toBe(2);
  });

  it("heeds the service item", async () => {
    const { json } = await app.get(`${path}?serviceItem=${encodeURIComponent("户口迁移")}`);
    expect(json.rows[0][2].effect).toBe("accept");
  });

  it("is a problem for a type that nobody published", async () => {
    const { status, json } = await app.get("/v1/types/111000000000199087003/recognition");
    expect([status, json.code]).toEqual([404, "TYPE_UNKNOWN"]);
  });

  it("tells rules of several generations apart, though both are number 1", async () => {
    const after = usualCase(primitives).story;
    after.freeze(NEXT_IDENTITY.directory);
    after.addRule({ recognising: "310000", recognised: "460000" });
    const next = await runHttpApp(serviceOver(primitives, after.view()));
    try {
      const { json } = await next.get(path);
      const numbers = json.rules.map((one: Record<string, unknown>) => {
        return [one["generation"], one["ruleId"]];
      });
      expect(numbers).toContainEqual([1, 1]);
      expect(new Set(numbers.map(String)).size).toBe(numbers.length);
    } finally {
      await next.stop();
    }
  });
});
