import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { TRUST_PACK_MEDIA_TYPE, openPack } from "../../src/core/trust-pack/trust-pack.ts";
import type { HeldTrust } from "../../src/core/trust-pack/unpack.ts";
import { unpackTrust } from "../../src/core/trust-pack/unpack.ts";
import type { RunningApp } from "../support/http-app.ts";
import { SIGNER, runHttpApp, serviceOver } from "../support/http-app.ts";
import { MARRIAGE, NOW, SANYA, T0 } from "../support/ledger-story.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const { story, batch } = usualCase(primitives);
let app: RunningApp;
beforeAll(async () => {
  const service = serviceOver(primitives, story.view());
  app = await runHttpApp({ ...service, view: () => story.view() });
});
afterAll(() => app.stop());

async function fetched(query: string, before: HeldTrust | null = null): Promise<HeldTrust> {
  const after = before === null ? "" : `&after=${before.place}`;
  const response = await fetch(`${app.url}/v1/trust-pack?${query}${after}`);
  expect(response.headers.get("content-type")).toBe(TRUST_PACK_MEDIA_TYPE);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return unpackTrust(openPack(bytes, SIGNER.publicKey, primitives), before);
}

describe("a trust pack over HTTP", () => {
  it("holds the ledger as it is, with its place and age", async () => {
    const { view } = await fetched("");
    expect([...view.state.anchors.keys()]).toEqual([`${SANYA.code}/${batch.root}`]);
    expect(view).toMatchObject({ asOf: NOW, block: story.view().block });
  });

  it("can be of a region, of a type, or of one batch", async () => {
    expect((await fetched("region=440300")).view.state.anchors.size).toBe(0);
    expect((await fetched("region=330100")).view.state.anchors.size).toBe(1);
    expect((await fetched(`type=${MARRIAGE}`)).view.state.anchors.size).toBe(1);
    const { view } = await fetched(`agency=${SANYA.code}&root=${batch.root}`);
    expect([...view.state.agencies.keys()]).toEqual([SANYA.code]);
  });

  it("gives what came after the one that is held, in a few hundred bytes where nothing did", async () => {
    const held = await fetched("");
    const response = await fetch(`${app.url}/v1/trust-pack?after=${held.place}`);
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(1_000);
    story.at(T0 + 1_000).setStatus(batch, 2, 5);
    const { view } = await fetched("", held);
    const changes = view.state.statuses.get(`${SANYA.code}/${batch.root}`)?.certificates.of(2);
    expect(changes).toMatchObject([{ status: 5 }]);
    expect(held.view.state.statuses.size).toBe(0);
  });

  it("is not sent again to whoever has it, and is packed once for many", async () => {
    const path = `${app.url}/v1/trust-pack?region=330100`;
    const etag = (await fetch(path)).headers.get("etag") ?? "";
    expect((await fetch(path, { headers: { "If-None-Match": etag } })).status).toBe(304);
    story.at(T0 + 2_000).setStatus(batch, 4, 1);
    // Within a minute the same pack serves on: what happened since comes as an increment.
    expect((await fetch(path, { headers: { "If-None-Match": etag } })).status).toBe(304);
    const held = await fetched("region=330100");
    const { view } = await fetched("region=330100", held);
    expect(view.state.statuses.get(`${SANYA.code}/${batch.root}`)?.certificates.count).toBe(2);
  });

  it.each([
    ["agency alone", `agency=${SANYA.code}`, "query: agency and root go together"],
    ["a root alone", `root=${batch.root}`, "query: agency and root go together"],
    [
      "a region and a batch",
      `region=0&agency=${SANYA.code}&root=${batch.root}`,
      "query: agency and root go without region and type",
    ],
    ["a place that is none", "after=!", /^query\.after: must match/],
  ])("is refused for %s", async (_, query, detail) => {
    const reply = await app.get(`/v1/trust-pack?${query}`);
    expect(reply.status).toBe(400);
    expect(reply.json.detail).toEqual(
      typeof detail === "string" ? detail : expect.stringMatching(detail),
    );
  });

  it("is whole for a place that it can't go on from", async () => {
    const { view } = await fetched("region=330100&after=AAAA");
    expect(view.state.anchors.size).toBe(1);
  });
});
