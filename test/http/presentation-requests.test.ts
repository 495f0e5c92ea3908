import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { presentCertificate } from "../../src/app/present-certificate.ts";
import { fromHex } from "../../src/core/encoding/bytes.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import { ServiceItems } from "../../src/core/service-items/service-item.ts";
import { accessOf, clientOf } from "../support/access.ts";
import { CAUSE, ITEM, PUBLIC_HOST, counterOf, deskOver } from "../support/counter-desk.ts";
import type { Json, Reply, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { MARRIAGE, NOW } from "../support/ledger-story.ts";
import { holder, usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const view = usual.story.view();
const strict: string[] = [];
const access = {
  ...accessOf({
    counter: counterOf(),
    other: counterOf({ id: "C-0TEST002" }),
    agency: clientOf("agency"),
  }),
  admit: (_: unknown, isStrict: boolean) => {
    strict.push(isStrict ? "strict" : "usual");
    return { policy: "address" as const, perMinute: 60, remaining: 59, resetSeconds: 60 };
  },
};
const ORDER = { purpose: ITEM.code, useCause: CAUSE, type: MARRIAGE, claims: ["birthDate"] };

let app: RunningApp;
beforeAll(async () => {
  const desk = deskOver(primitives, view, { items: new ServiceItems([ITEM]) });
  app = await runHttpApp(serviceOver(primitives, view, { access, desk }));
});
afterAll(() => app.stop());

function post(path: string, body: unknown, word: string | null = "counter"): Promise<Reply> {
  const authorization = word === null ? {} : { Authorization: `Bearer ${word}` };
  const headers = { "Content-Type": "application/json", ...authorization };
  return app.get(path, { method: "POST", headers, body: JSON.stringify(body) });
}

const ask = async (): Promise<Json> => (await post("/v1/presentation-requests", ORDER)).json;

/** What a wallet makes of what it is told of a request. */
function answerTo({ audience, nonce, claims }: Json): string {
  const order = {
    ...{ certificate: usual.keyed, holderKey: holder, audience, now: NOW, lifetime: 60 },
    disclose: claims.map(({ name }: Json) => name),
    nonce: fromHex(nonce) as Uint8Array,
  };
  return toQrText(presentCertificate(primitives, order));
}

describe("a presentation request over HTTP", () => {
  it("goes from the counter to a wallet and back, by the digits a clerk says", async () => {
    const made = await ask();
    const told = (await app.get(`/v1/presentation-requests?code=${made.code as string}`)).json;
    expect(told).toMatchObject({ id: made.id, state: "open", useCause: CAUSE });
    const path = `/v1/presentation-requests/${made.id as string}`;
    const answered = await post(`${path}/presentation`, { presentation: answerTo(told) }, null);
    expect(answered).toMatchObject({ status: 200, json: { id: made.id, state: "answered" } });
    expect((await app.get(path)).json.state).toBe("answered");
    const verified = await post("/v1/verifications", { presentationRequest: made.id });
    expect(verified.json).toMatchObject({
      ...{ verdict: "accepted", masked: [], receipt: { id: expect.any(String) } },
      claims: { holderName: "王小明1", birthDate: "1990-05-17" },
    });
    expect((await app.get(path)).json.state).toBe("verified");
    const again = await post("/v1/verifications", { presentationRequest: made.id });
    expect(again).toMatchObject({ status: 409, json: { code: "PRESENTATION_REQUEST_SPENT" } });
  });

  it("is verified by the counter that asked, once it is answered", async () => {
    const { id } = await ask();
    const body = { presentationRequest: id };
    expect(await post("/v1/verifications", body)).toMatchObject({
      ...{ status: 409, json: { code: "PRESENTATION_REQUEST_UNANSWERED" } },
    });
    for (const word of ["other", null]) {
      expect(await post("/v1/verifications", body, word)).toMatchObject({
        ...{ status: 404, json: { code: "PRESENTATION_REQUEST_UNKNOWN" } },
      });
    }
    const more = { ...body, purpose: "婚姻登记" };
    expect((await post("/v1/verifications", more)).json).toMatchObject({
      ...{ code: "BODY_MALFORMED", detail: "body.purpose: said with the request already" },
    });
  });

  it("is made by a counter alone", async () => {
    expect((await post("/v1/presentation-requests", ORDER, null)).status).toBe(401);
    expect((await post("/v1/presentation-requests", ORDER, "agency")).status).toBe(403);
  });

  it.each([
    ["claims that are not the matter's", { claims: ["children"] }, 422, "CLAIM_NOT_ALLOWED"],
    ["another matter", { purpose: "x" }, 422, "PURPOSE_UNKNOWN"],
    ["no cause", { useCause: undefined }, 400, "BODY_MALFORMED"],
    ["a cause that is too long", { useCause: "因".repeat(201) }, 400, "BODY_MALFORMED"],
    ["too long a life", { ttlSeconds: 601 }, 400, "BODY_MALFORMED"],
    ["more than is described", { region: "330100" }, 400, "BODY_MALFORMED"],
  ])("asks for nothing with %s", async (_, changes, status, code) => {
    const reply = await post("/v1/presentation-requests", { ...ORDER, ...changes });
    expect(reply).toMatchObject({ status, json: { code } });
  });

  it("is not found by guessing: digits are asked for under the strict limit", async () => {
    strict.length = 0;
    expect((await app.get("/v1/presentation-requests?code=999999")).json.code).toBe(
      "PRESENTATION_REQUEST_UNKNOWN",
    );
    expect(strict).toEqual(["strict"]);
    for (const query of ["", "?code=12345", "?code=abcdef"]) {
      expect((await app.get(`/v1/presentation-requests${query}`)).json.code).toBe(
        "PARAMETER_INVALID",
      );
    }
    expect((await app.get("/v1/presentation-requests/short")).json.code).toBe("PARAMETER_INVALID");
  });

  it("that is answered wrongly says why and stays open", async () => {
    const { id } = await ask();
    const path = `/v1/presentation-requests/${id as string}`;
    const told = (await app.get(path)).json;
    const wrong = answerTo({ ...told, nonce: "00".repeat(16) });
    for (const [presentation, why] of [
      [wrong, "NONCE_MISMATCH"],
      ["hello", "MALFORMED"],
    ]) {
      expect(await post(`${path}/presentation`, { presentation }, null)).toMatchObject({
        status: 422,
        json: { code: "PRESENTATION_UNFIT", detail: expect.stringContaining(why as string) },
      });
    }
    expect((await app.get(path)).json.state).toBe("open");
  });
});

describe("a reference over HTTP", () => {
  const presentation = (usual.printed() as { qr: string }).qr;

  it("is left by a wallet and verified by a counter, once", async () => {
    const { json } = await post("/v1/references", { presentation }, null);
    expect(json.text).toMatch(new RegExp(`^LZR:${PUBLIC_HOST}/`));
    const body = { presentation: json.text as string, useCause: CAUSE };
    expect((await post("/v1/verifications", body)).json.verdict).toBe("accepted");
    expect(await post("/v1/verifications", body)).toMatchObject({
      status: 410,
      json: { code: "REFERENCE_SPENT" },
    });
  });

  it("is taken by another service with the token, once", async () => {
    const { json } = await post("/v1/references", { presentation }, null);
    const token = (json.text as string).split("/")[1];
    const path = "/v1/references/taking";
    expect((await post(path, { token }, null)).json).toEqual({ presentation });
    expect(await post(path, { token }, null)).toMatchObject({
      status: 410,
      json: { code: "REFERENCE_SPENT" },
    });
  });

  it("that names a service nobody configured is a problem, not a verdict", async () => {
    const body = { presentation: "LZR:evil.example/8QZ3vN1xT0eYb2kLw6mRfA", useCause: CAUSE };
    expect(await post("/v1/verifications", body)).toMatchObject({
      status: 422,
      json: { code: "REFERENCE_HOST_UNKNOWN" },
    });
  });

  it("is left for what can be read alone", async () => {
    expect((await post("/v1/references", { presentation: "hello" }, null)).json.code).toBe(
      "PRESENTATION_UNFIT",
    );
    expect((await post("/v1/references", { presentation: "x".repeat(4097) }, null)).status).toBe(
      400,
    );
  });
});

describe("the service items over HTTP", () => {
  it("tell anyone what a matter may ask for, with the words of every claim of the type", async () => {
    const { json } = await app.get(`/v1/service-items?type=${MARRIAGE}`);
    expect(json.items).toHaveLength(1);
    expect(json.items[0]).toMatchObject({
      ...{ code: ITEM.code, names: ITEM.names, requiresHolder: false, causes: [CAUSE] },
      types: [
        {
          type: MARRIAGE,
          typeName: { zh: expect.any(String), en: expect.any(String) },
          allowed: ["holderName", "birthDate", "住址"],
          required: ["holderName"],
        },
      ],
    });
    expect(json.items[0].types[0].claims).toContainEqual({
      ...{ name: "住址", words: { zh: "住址", en: "住址" }, sensitivity: "sensitive" },
    });
  });

  it("are none where none may ask for the type", async () => {
    const other = `${MARRIAGE.slice(0, 18)}999`;
    expect((await app.get(`/v1/service-items?type=${other}`)).json.items).toEqual([]);
    expect((await app.get("/v1/service-items?type=x")).status).toBe(400);
  });
});
