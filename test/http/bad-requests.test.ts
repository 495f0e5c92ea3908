import { gzipSync } from "node:zlib";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { Reply, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { jsonOf } from "../support/present.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const presentation = "LZ1:AAAA";
const JSON_TYPE = { "Content-Type": "application/json" };

let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, usual.story.view()));
});
afterAll(() => app.stop());

function send(body: RequestInit["body"], headers: Record<string, string> = JSON_TYPE) {
  return app.post(null, { body: body ?? null, headers });
}

function expectProblem({ status, headers, json }: Reply, expected: object): void {
  expect(headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(json).toMatchObject({ status, ...expected });
}

describe("a request that is not as described", () => {
  it.each([
    [
      "both a presentation and a certificate",
      { presentation, certificate: {} },
      /^body: exactly one of presentation, certificate/,
    ],
    ["neither", { region: "460000" }, /^body: exactly one of presentation, certificate/],
    ["an unknown member", { presentation, regoin: "460000" }, /^body: unknown member "regoin"/],
    [
      "a misspelt member in place of the presentation",
      { presentaton: "LZ1:" },
      /^body: unknown member "presentaton"/,
    ],
    ["several unknown members", { presentation, a: 1, b: 2 }, /^body: unknown member "a", "b"$/],
    [
      "more unknown members than anyone wants to read",
      {
        presentation,
        ...Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`m${String(i)}`, i])),
      },
      /"m4"$/,
    ],
    [
      "a region in letters",
      { presentation, region: "Hainan" },
      /^body\.region: expected: GB\/T 2260/,
    ],
    ["a region of five digits", { presentation, region: "46020" }, /^body\.region: /],
    ["a region of no province", { presentation, region: "990000" }, /^body\.region: /],
    ["a region as a number", { presentation, region: 460_000 }, /^body\.region: must be string/],
    [
      "a nonce that is not hex",
      { presentation, nonce: "xyz!" },
      /^body\.nonce: expected: the challenge/,
    ],
    ["a nonce with half a byte", { presentation, nonce: "abc" }, /^body\.nonce: /],
    ["an empty nonce", { presentation, nonce: "" }, /^body\.nonce: /],
    ["a nonce of 65 bytes", { presentation, nonce: "00".repeat(65) }, /^body\.nonce: /],
    [
      "a purpose of 129 characters",
      { presentation, purpose: "事".repeat(129) },
      /^body\.purpose: must NOT have more than 128/,
    ],
    ["an empty audience", { presentation, audience: "" }, /^body\.audience: must NOT have fewer/],
    [
      "requiresHolder in words",
      { presentation, requiresHolder: "yes" },
      /^body\.requiresHolder: must be boolean/,
    ],
    [
      "257 required claims",
      { presentation, requiredClaims: Array(257).fill("a") },
      /^body\.requiredClaims: must NOT have more than 256/,
    ],
    [
      "a required claim that is no name",
      { presentation, requiredClaims: ["a", 2] },
      /^body\.requiredClaims\[1\]: must be string/,
    ],
    [
      "a presentation that is no text",
      { presentation: [presentation] },
      /^body\.presentation: must be string/,
    ],
    ["a certificate as text", { certificate: "{}" }, /^body\.certificate: must be object/],
    ["a certificate that is a list", { certificate: [] }, /^body\.certificate: must be object/],
    ["a list", [{ presentation }], /^body: must be object/],
    ["null", null, /^body: must be object/],
    ["text", "LZ1:AAAA", /^body: must be object/],
  ])("is refused with the place: %s", async (_, body, detail) => {
    const reply = await app.post(body);
    expect(reply.status).toBe(400);
    expectProblem(reply, { code: "BODY_MALFORMED", detail: expect.stringMatching(detail) });
    expect(reply.json.remedy.en).toMatch(/openapi/);
  });

  it("is refused when it smuggles in a prototype", async () => {
    const reply = await send('{"presentation":"LZ1:","__proto__":{"region":"460000"}}');
    expectProblem(reply, { code: "BODY_MALFORMED", detail: 'body: unknown member "__proto__"' });
  });

  it("is told nothing of the values it sent", async () => {
    const reply = await app.post({ presentation, nonce: "secret-secret", purpose: "王小明" });
    expect(reply.text).not.toMatch(/secret|王小明/);
  });
});

describe("a body that is not JSON", () => {
  it.each([
    ["nothing", "", "line 1, column 1"],
    ["words", "hello", "line 1, column 1"],
    ["a form", "presentation=LZ1%3AAAAA", "line 1, column 1"],
    ["a body cut inside a text", '{"presentation":"LZ1:AA', "line 1, column 24"],
    ["a body cut after a member", '{"presentation":\n"LZ1:AA",', "line 2, column 10"],
    ["a missing comma", '{"presentation":"LZ1:AA"\n "region":"0"}', "line 2, column 2"],
    ["a wrong word", '{\n\n"requiresHolder": yes}', "line 3, column 19"],
  ])("is refused with line and column: %s", async (_, body, place) => {
    const reply = await send(body);
    expect(reply.status).toBe(400);
    expectProblem(reply, { code: "BODY_MALFORMED", detail: `body: not JSON at ${place}` });
  });

  it("is refused when it is not UTF-8", async () => {
    const reply = await send(Buffer.from([0x7b, 0x22, 0xb2, 0xe2, 0x22, 0x7d]));
    expectProblem(reply, { code: "BODY_MALFORMED", detail: "body: not UTF-8" });
  });

  it("is read in spite of a byte order mark", async () => {
    expect((await send("\ufeff" + JSON.stringify({ presentation }))).status).toBe(200);
  });

  it.each([
    ["lists in a presentation", (deep: string) => `{"presentation":${deep}}`, 400],
    ["lists in a certificate", (deep: string) => `{"certificate":{"claims":${deep}}}`, 200],
    ["lists alone", (deep: string) => deep, 400],
  ])("survives 100,000 nested %s", async (_, around, status) => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect((await send(around(deep))).status).toBe(status);
  });

  it("survives a claim that is nested 100,000 deep", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const file = JSON.stringify({ certificate: jsonOf(usual.bearer) });
    const reply = await send(file.replace('"王小明3"', deep));
    expect(reply).toMatchObject({ status: 200, json: { verdict: "rejected" } });
  });
});

describe("a body of another kind", () => {
  const body = JSON.stringify({ presentation });

  it.each([
    ["no type", {}],
    ["text", { "Content-Type": "text/plain" }],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }],
    ["something that only ends in json", { "Content-Type": "application/problem+json" }],
    ["JSON in GB18030", { "Content-Type": "application/json; charset=gb18030" }],
    ["JSON, compressed", { ...JSON_TYPE, "Content-Encoding": "gzip" }],
  ])("is refused before it is read: %s", async (_, headers) => {
    const bytes = "Content-Encoding" in headers ? gzipSync(body) : Buffer.from(body);
    const reply = await send(bytes, headers);
    expect(reply.status).toBe(415);
    expectProblem(reply, { code: "MEDIA_TYPE", detail: expect.stringMatching(/^Content-/) });
  });

  it.each([
    "application/json",
    "Application/JSON; charset=UTF-8",
    'application/json;charset="utf8"',
  ])("is read when it says %s", async (type) => {
    expect((await send(body, { "Content-Type": type })).status).toBe(200);
  });

  it("is read when it says that it is not compressed", async () => {
    const headers = { ...JSON_TYPE, "Content-Encoding": "identity" };
    expect((await send(body, headers)).status).toBe(200);
  });
});

describe("a body over the limit", () => {
  const tooLong = JSON.stringify({ presentation: "A".repeat(300_000) });

  it("is refused with code, place and remedy", async () => {
    const reply = await send(tooLong);
    expect(reply.status).toBe(413);
    expectProblem(reply, { code: "BODY_TOO_LARGE", detail: "body: more than 262144 bytes" });
    expect(reply.json.remedy.zh).not.toBe("");
  });

  it("is refused when its length is not said in advance", async () => {
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 30; i++) controller.enqueue(new Uint8Array(10_000).fill(0x20));
        controller.close();
      },
    });
    const init = { method: "POST", body: chunks, headers: JSON_TYPE, duplex: "half" } as const;
    const reply = await app.get("/v1/verifications", init);
    expect(reply.status).toBe(413);
  });

  it("leaves the connection good for the next request", async () => {
    await send(tooLong);
    expect((await app.post({ presentation })).status).toBe(200);
  });

  it("is refused by a lower limit where one is set", async () => {
    const limits = { bodyBytes: 10 };
    const strict = await runHttpApp(serviceOver(primitives, null, { limits }));
    const reply = await strict.post({ presentation });
    await strict.stop();
    expect(reply.json).toMatchObject({
      code: "BODY_TOO_LARGE",
      detail: "body: more than 10 bytes",
    });
  });
});

describe("a caller that goes away", () => {
  it("in the middle of its body leaves the service well, and one line in the log", async () => {
    const before = app.log.length;
    const socket = connect(app.port, "127.0.0.1");
    const head = "POST /v1/verifications HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    const begun = `${head}Content-Length: 100\r\n\r\n{"presen`;
    await new Promise((written) => socket.write(begun, written));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    while (app.log.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(app.log.at(-1)).toMatchObject({ status: 400, problem: "BODY_MALFORMED" });
    expect((await app.get("/healthz")).status).toBe(200);
  });
});
