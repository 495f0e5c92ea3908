import { afterEach, describe, expect, it } from "@jest/globals";
import { referencePeers } from "../../../src/adapters/peers/reference-peers.ts";
import { endless, startJsonService } from "../../support/json-service.ts";
import type { Answer, JsonService } from "../../support/json-service.ts";

const HOST = "verify.zj.example";
const TOKEN = "8QZ3vN1xT0eYb2kLw6mRfA";

const services: JsonService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

async function peerThat(answer: Answer, path = "") {
  const service = await startJsonService(answer);
  services.push(service);
  const peers = referencePeers(new Map([[HOST, service.url + path]]), 300);
  return { service, peers };
}

describe("another verification service that a code names", () => {
  it("is asked at the address configured for it, with the token in the body alone", async () => {
    const { service, peers } = await peerThat(() => ({ body: { presentation: "LZ1:00" } }), "/lz/");
    expect(await peers.take(HOST, TOKEN, null)).toBe("LZ1:00");
    expect(service.asked).toMatchObject([
      { path: "/lz/v1/references/taking", body: { token: TOKEN } },
    ]);
    expect(service.asked[0]?.body).not.toHaveProperty("taker");
    expect(service.asked[0]?.headers.authorization).toBeUndefined();
    await peers.take(HOST, TOKEN, "c1".repeat(32));
    expect(service.asked[1]?.body).toEqual({ token: TOKEN, taker: "c1".repeat(32) });
  });

  it("says with 410 that the token is used, past or unknown", async () => {
    const { peers } = await peerThat(() => ({ status: 410, body: { code: "REFERENCE_SPENT" } }));
    expect(await peers.take(HOST, TOKEN, null)).toBeNull();
  });

  it.each<[string, Answer]>([
    ["does not answer in time", () => null],
    ["answers without end", (_, response) => endless(response)],
    ["answers something else", () => ({ body: "<html>" })],
    ["answers nothing", () => ({ body: "" })],
    ["answers null", () => ({ body: "null" })],
    ["answers without a presentation", () => ({ body: { presentation: 7 } })],
    ["is in trouble", () => ({ status: 500, body: { presentation: "LZ1:00" } })],
    ["has too many calls", () => ({ status: 429, body: {} })],
    [
      "sends elsewhere",
      (_, response) => {
        response.writeHead(307, { location: "http://127.0.0.1:1/v1/references/taking" }).end();
        return null;
      },
    ],
    [
      "breaks off",
      (_, response) => {
        response.destroy();
        return null;
      },
    ],
  ])("that %s is unreachable: nothing is said of the certificate", async (_, answer) => {
    const { peers } = await peerThat(answer);
    await expect(peers.take(HOST, TOKEN, null)).rejects.toMatchObject({
      code: "REFERENCE_UNREACHABLE",
      detail: expect.stringContaining(HOST),
    });
  });

  it("is unknown unless it is configured, whatever its name looks like", async () => {
    const { service, peers } = await peerThat(() => ({ body: { presentation: "LZ1:00" } }));
    expect(peers.knows(HOST)).toBe(true);
    for (const host of ["evil.example", "127.0.0.1", new URL(service.url).host, "constructor"]) {
      expect(peers.knows(host)).toBe(false);
      await expect(peers.take(host, TOKEN, null)).rejects.toMatchObject({
        code: "REFERENCE_UNREACHABLE",
      });
    }
    expect(service.asked).toEqual([]);
  });
});
