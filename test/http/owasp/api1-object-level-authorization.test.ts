/** API1:2023: what belongs to one client is not another's, however its name came to be known. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CAUSE, ITEM } from "../../support/counter-desk.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp, KnownCaller } from "../../support/guarded-app.ts";
import type { Json } from "../../support/http-app.ts";
import { MARRIAGE } from "../../support/ledger-story.ts";
import { bearerWire, proofOf, qrOf, signedWire } from "../../support/present.ts";
import { fromHex } from "../../../src/core/encoding/bytes.ts";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { COUNTER, holder } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
let app: GuardedApp;
let asking: string;
let neighbour: KnownCaller;
beforeAll(async () => {
  app = await runGuardedApp();
  asking = app.callers.counter.key;
  neighbour = await app.access.add({ name: COUNTER, region: "330100" });
});
afterAll(() => app.stop());

/** A request of the counter's, answered by the holder. */
async function answeredRequest(): Promise<Json> {
  const order = { purpose: ITEM.code, useCause: CAUSE, type: MARRIAGE, claims: ["holderName"] };
  const made = (await app.ask("/v1/presentation-requests", asking, order)).json;
  const proof = proofOf(primitives, app.usual.keyed);
  const answer = { audience: made.audience, nonce: fromHex(made.nonce) as Uint8Array };
  const shown = { presentation: (qrOf(signedWire(proof, holder, answer)) as { qr: string }).qr };
  const path = `/v1/presentation-requests/${String(made.id)}/presentation`;
  expect((await app.ask(path, null, shown)).json).toMatchObject({ state: "answered" });
  return made;
}

describe("the answer to a counter's request", () => {
  it("is told to that counter alone: to another of the same name it does not exist", async () => {
    const { id } = await answeredRequest();
    const body = { presentationRequest: id };
    for (const key of [
      neighbour.key,
      app.callers.agency.key,
      app.callers.administrator.key,
      null,
    ]) {
      const reply = await app.ask("/v1/verifications", key, body);
      expect(reply).toMatchObject({ status: 404, json: { code: "PRESENTATION_REQUEST_UNKNOWN" } });
      expect(reply.text).not.toContain("王小明");
    }
    const own = await app.ask("/v1/verifications", asking, body);
    expect(own.json).toMatchObject({ verdict: "accepted", claims: { holderName: "王小明1" } });
  });

  it("is not in what anyone who knows its number or code is told of it", async () => {
    const { id, code } = await answeredRequest();
    for (const path of [`/${String(id)}`, `?code=${String(code)}`]) {
      const { status, text } = await app.ask(`/v1/presentation-requests${path}`);
      expect([status, text.includes("王小明")]).toEqual([200, false]);
    }
  });
});

describe("an agency", () => {
  const file = { useCause: CAUSE };

  it("sees claims of its own certificates whole, of others' none whole", async () => {
    const shown = { presentation: (app.usual.printed() as { qr: string }).qr, ...file };
    const own = await app.ask("/v1/verifications", app.callers.agency.key, shown);
    expect(own.json.claims.holderName).toBe("王小明3");
    const other = await app.access.add({ role: "agency", agency: "11310000MB1A00001C" });
    const foreign = await app.ask("/v1/verifications", other.key, shown);
    expect(foreign.json.claims.holderName).not.toBe("王小明3");
    expect(foreign.json.masked).toContain("holderName");
  });
});

describe("a reference code", () => {
  it("is taken once, whoever comes second", async () => {
    const wire = bearerWire(proofOf(primitives, app.usual.bearer));
    const presentation = (qrOf(wire) as { qr: string }).qr;
    const { text } = (await app.ask("/v1/references", null, { presentation })).json;
    const token = String(text).split("/")[1];
    const first = await app.ask("/v1/references/taking", null, { token });
    expect(first.json).toEqual({ presentation });
    const second = await app.ask("/v1/references/taking", null, { token });
    expect(second).toMatchObject({ json: { code: "REFERENCE_SPENT" } });
  });
});
