/**
 * API10:2023: what other services say is bounded and checked like anything a stranger sends. (Hostile issuers of
 * tokens: test/adapters/access; hostile nodes of the chain: test/adapters/chain.)
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { referencePeers } from "../../../src/adapters/peers/reference-peers.ts";
import { runGuardedApp } from "../../support/guarded-app.ts";
import type { GuardedApp } from "../../support/guarded-app.ts";
import { endless, startJsonService } from "../../support/json-service.ts";
import type { Answer, JsonService } from "../../support/json-service.ts";

const TOKEN = "8QZ3vN1xT0eYb2kLw6mRfA";
const CODE = { presentation: `LZR:peer.example/${TOKEN}` };

let peer: JsonService;
let answer: Answer;
let elsewhere: JsonService;
let app: GuardedApp;
beforeAll(async () => {
  peer = await startJsonService((asked, response) => answer(asked, response));
  elsewhere = await startJsonService(() => ({ body: { presentation: "LZ1:AAAA" } }));
  app = await runGuardedApp({
    desk: { peers: referencePeers(new Map([["peer.example", peer.url]])) },
  });
});
afterAll(async () => {
  await app.stop();
  await peer.close();
  await elsewhere.close();
});

describe("another verification service", () => {
  it("that holds what is referred to gives it, and it is judged here like any other", async () => {
    const presentation = (app.usual.printed() as { qr: string }).qr;
    answer = () => ({ body: { presentation, verdict: "accepted" } });
    expect((await app.ask("/v1/verifications", null, CODE)).json.verdict).toBe("accepted");
    answer = () => ({ body: { presentation: "LZ1:AAAA", verdict: "accepted" } });
    const forged = await app.ask("/v1/verifications", null, CODE);
    expect(forged.json.verdict).toBe("rejected");
  });

  it("is told the token, and nothing of who asks", async () => {
    answer = () => ({ status: 410, body: {} });
    await app.ask("/v1/verifications", app.callers.counter.key, { ...CODE, useCause: "测试" });
    const { body, headers } = peer.asked.at(-1) ?? { body: null, headers: {} };
    expect(body).toEqual({ token: TOKEN });
    expect(headers.authorization).toBeUndefined();
    expect(JSON.stringify(headers)).not.toMatch(/lzk_|测试/);
  });

  it.each<[string, Answer]>([
    ["sends without end", (_, response) => endless(response)],
    [
      "sends elsewhere",
      (_, response) => {
        response.writeHead(307, { location: elsewhere.url }).end();
        return null;
      },
    ],
    ["says something else", () => ({ body: "<html>" })],
    ["says nothing", () => ({ body: "" })],
    ["says null", () => ({ body: "null" })],
    ["gives no text", () => ({ body: { presentation: { $ref: "x" } } })],
    ["fails", () => ({ status: 500, body: { presentation: "LZ1:AAAA" } })],
    [
      "breaks off",
      (_, response) => {
        response.destroy();
        return null;
      },
    ],
  ])("that %s says nothing about the certificate: it is an outage", async (_, odd) => {
    answer = odd;
    const reply = await app.ask("/v1/verifications", null, CODE);
    expect(reply).toMatchObject({ status: 503, json: { code: "REFERENCE_UNREACHABLE" } });
    expect(elsewhere.asked).toEqual([]);
  });
});
