import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { toBase64Url, toHex } from "../../src/core/encoding/bytes.ts";
import { CHECK_NAMES } from "../../src/core/verify/codes.ts";
import { accessOf } from "../support/access.ts";
import { CAUSE, counterOf } from "../support/counter-desk.ts";
import type { Json, Reply, RunningApp } from "../support/http-app.ts";
import { MAX_LEDGER_AGE, runHttpApp, serviceOver } from "../support/http-app.ts";
import { HANGZHOU, MARRIAGE, NOW, SANYA } from "../support/ledger-story.ts";
import { bearerWire, jsonOf, proofOf } from "../support/present.ts";
import { CHALLENGE, COUNTER, usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const region = HANGZHOU.region;

function textOf(given: ReturnType<typeof usual.printed>): string {
  return (given as { qr: string }).qr;
}

function codesOf({ json }: Reply): Json {
  return Object.fromEntries(
    json.checks.map(({ check, result, code }: Json) => [check, code ?? result]),
  );
}

const access = accessOf({ counter: counterOf() });

/** As the counter that the usual presentations are for. */
function ask({ post }: RunningApp, body: object): Promise<Reply> {
  const headers = { "Content-Type": "application/json", Authorization: "Bearer counter" };
  return post({ useCause: CAUSE, ...body }, { headers });
}

let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, usual.story.view(), { access }));
});
afterAll(() => app.stop());

describe("a verdict over HTTP", () => {
  it("accepts a printed code with everything a counter wants to know", async () => {
    const reply = await ask(app, { presentation: textOf(usual.printed()), region });
    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject({
      verdict: "accepted",
      words: { zh: "有效" },
      authentic: true,
      usable: true,
      certificate: { type: MARRIAGE, agency: SANYA.code, region: "460200" },
      claims: { holderName: "王小明3", children: ["王一", "王二"] },
      recognition: { by: "rule", ruleId: 1, rule: { recognising: "330000" } },
      ledger: { chainId: 31337, ageSeconds: 0 },
    });
    expect(reply.json.checks.map(({ check }: Json) => check)).toEqual([...CHECK_NAMES]);
  });

  it("accepts the holder's own code in answer to a challenge once, and says REPLAYED the second time", async () => {
    const strict = {
      presentation: textOf(usual.signed()),
      region,
      purpose: "婚姻登记",
      audience: COUNTER,
      nonce: toHex(CHALLENGE).toUpperCase(),
      requiresHolder: true,
      requiredClaims: ["birthDate"],
    };
    expect((await ask(app, strict)).json.verdict).toBe("accepted");
    const again = await ask(app, strict);
    expect(again).toMatchObject({ status: 200, json: { verdict: "rejected", authentic: true } });
    expect(codesOf(again)).toMatchObject({ freshness: "REPLAYED" });
  });

  it("accepts a printed code in the form of a web address", async () => {
    const wire = bearerWire(proofOf(primitives, usual.bearer, ["holderName"]));
    const presentation = `https://verify.example/q#${toBase64Url(wire)}`;
    expect((await ask(app, { presentation, region })).json).toMatchObject({
      verdict: "accepted",
      claims: { holderName: "王小明3" },
    });
  });

  it("accepts a certificate file", async () => {
    const reply = await ask(app, { certificate: jsonOf(usual.bearer), region });
    expect(reply.json.verdict).toBe("accepted");
  });

  it("asks for the counter's own region where it names none, and skips recognition where nobody has one", async () => {
    const body = { presentation: textOf(usual.printed()) };
    expect((await ask(app, body)).json.recognition).toMatchObject({ by: "rule", ruleId: 1 });
    const reply = await app.post(body);
    expect(codesOf(reply)).toMatchObject({ recognition: "skipped" });
    expect(reply.json.recognition).toBeNull();
  });

  it("rejects an altered claim with the reason, and tells none of the claims", async () => {
    const certificate = jsonOf(usual.bearer);
    (certificate.claims[0] as Json).value = "altered";
    const reply = await ask(app, { certificate, region });
    expect(reply).toMatchObject({ status: 200, json: { verdict: "rejected", authentic: false } });
    expect(codesOf(reply)).toMatchObject({ integrity: "ROOT_MISMATCH", status: "skipped" });
    expect(reply.json.claims).toEqual({});
  });

  it.each([
    ["garbled text", "LZ1:not base45 at all", "MALFORMED"],
    ["no text", "", "MALFORMED"],
    ["somebody else's code", "https://example.com/", "MALFORMED"],
    ["a code of another version", "LZ2:AAAA", "UNSUPPORTED_VERSION"],
    ["a doubled code", textOf(usual.printed()).repeat(2), "MALFORMED"],
    ["200,000 characters", "LZ1:" + "A".repeat(200_000), "TOO_LARGE"],
  ])("calls %s a failed format, not a bad request", async (_, presentation, code) => {
    const reply = await ask(app, { presentation, region });
    expect(reply).toMatchObject({ status: 200, json: { verdict: "rejected", certificate: null } });
    expect(codesOf(reply)).toMatchObject({ format: code, integrity: "skipped" });
  });

  it.each([
    ["an empty file", {}, "UNSUPPORTED_VERSION"],
    ["a file of another format", { format: "liangzheng/9" }, "UNSUPPORTED_VERSION"],
    ["a file with a member of another hand", { ...jsonOf(usual.bearer), extra: 1 }, "MALFORMED"],
    ["a file without claims", { ...jsonOf(usual.bearer), claims: [] }, "MALFORMED"],
  ])("calls %s a failed format, not a bad request", async (_, certificate, code) => {
    const reply = await ask(app, { certificate, region });
    expect(reply).toMatchObject({ status: 200, json: { verdict: "rejected" } });
    expect(codesOf(reply)).toMatchObject({ format: code });
  });

  it("is never kept by a cache", async () => {
    const reply = await ask(app, { presentation: textOf(usual.printed()), region });
    expect(reply.headers.get("cache-control")).toBe("no-store");
  });
});

describe("a verifier that can't see the chain", () => {
  it("says can't tell, not rejected, when it never reached the chain", async () => {
    const blind = await runHttpApp(serviceOver(primitives, null, { access }));
    const reply = await ask(blind, { presentation: textOf(usual.printed()), region });
    await blind.stop();
    expect(reply).toMatchObject({
      status: 200,
      json: { verdict: "indeterminate", authentic: null, usable: null, ledger: null },
    });
    expect(codesOf(reply)).toMatchObject({ integrity: "pass", anchor: "CHAIN_STALE" });
  });

  it("says can't tell, with the age, when its view is older than the limit", async () => {
    const view = usual.story.view(NOW - MAX_LEDGER_AGE - 1);
    const old = await runHttpApp(serviceOver(primitives, view, { access }));
    const reply = await ask(old, { presentation: textOf(usual.printed()), region });
    await old.stop();
    expect(reply.json).toMatchObject({ verdict: "indeterminate", ledger: { ageSeconds: 61 } });
    expect(codesOf(reply)).toMatchObject({ status: "CHAIN_STALE", validity: "pass" });
  });
});

describe("a code of a million characters", () => {
  it("is TOO_LARGE as a verdict where the limit of the body lets it in", async () => {
    const limits = { bodyBytes: 2_000_000 };
    const roomy = await runHttpApp(serviceOver(primitives, usual.story.view(), { access, limits }));
    const reply = await ask(roomy, { presentation: "LZ1:" + "A".repeat(1_000_000), region });
    await roomy.stop();
    expect(reply.json.verdict).toBe("rejected");
    expect(codesOf(reply)).toMatchObject({ format: "TOO_LARGE" });
  });
});
