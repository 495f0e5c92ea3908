import { afterEach, describe, expect, it } from "@jest/globals";
import { callService } from "../../../src/adapters/rest/service-client.ts";
import { startJsonService } from "../../support/json-service.ts";
import type { Answer, JsonService } from "../../support/json-service.ts";

let service: JsonService | null = null;
afterEach(() => service?.close());

async function call(answer: Answer, body?: unknown, key: string | null = null): Promise<unknown> {
  service = await startJsonService(answer);
  const rest = body === undefined ? {} : { body };
  return callService({ server: `${service.url}/`, path: "/v1/x", key, ...rest });
}

describe("a call of a verification service", () => {
  it("asks without a body, and posts one with the caller's key", async () => {
    expect(await call(() => ({ body: { a: 1 } }))).toEqual({ a: 1 });
    expect(service?.asked).toMatchObject([{ path: "/v1/x", body: "" }]);
    await service?.close();
    expect(await call(() => ({ body: [] }), { b: 2 }, "lzk_x_y")).toEqual([]);
    expect(service?.asked).toMatchObject([
      { body: { b: 2 }, headers: { authorization: "Bearer lzk_x_y" } },
    ]);
  });

  it("ends in the problem that the service names, with its detail", async () => {
    const said = { code: "PRESENTATION_UNFIT", detail: "NONCE_MISMATCH" };
    await expect(call(() => ({ status: 422, body: said }))).rejects.toMatchObject(said);
  });

  it("without a detail names the address", async () => {
    const asked = call(() => ({ status: 429, body: { code: "TOO_MANY_REQUESTS", detail: 7 } }));
    await expect(asked).rejects.toMatchObject({
      ...{ code: "TOO_MANY_REQUESTS", detail: expect.stringContaining("/v1/x") },
    });
  });

  it.each([
    ["a code that nobody knows", { code: "NO_SUCH" }],
    ["a name that every object has", { code: "constructor" }],
    ["nothing", null],
  ])("that says %s ends in SERVER_FAULT", async (_, body) => {
    await expect(call(() => ({ status: 500, body }))).rejects.toMatchObject({
      code: "SERVER_FAULT",
    });
  });

  it("goes to an address alone", async () => {
    for (const server of ["", "file:///etc/passwd", "not an address"]) {
      await expect(callService({ server, path: "/" })).rejects.toMatchObject({ code: "USAGE" });
    }
  });
});
