import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { Problem } from "../../src/core/problem.ts";
import { createHttpApp } from "../../src/http/http-app.ts";
import type { CounterDesk } from "../../src/app/counter/counter-desk.ts";
import type { Fault } from "../../src/http/http-service.ts";
import { deskOver } from "../support/counter-desk.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { tellUsualStory } from "../support/ledger-story.ts";

const primitives = await loadPrimitives();
const view = tellUsualStory(primitives).view();
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let app: RunningApp;
beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, view));
});
afterAll(() => app.stop());

const deskWith = (changes: Partial<CounterDesk>) => deskOver(primitives, view, changes);

/** Each verification ends in keeping its use. */
function usesThat(record: () => never | Promise<never>): Partial<CounterDesk> {
  return { uses: { record, recordSigned: record } };
}

describe("a service that fails", () => {
  async function failing(changes: Partial<CounterDesk>) {
    const broken = await runHttpApp(serviceOver(primitives, view, { desk: deskWith(changes) }));
    const reply = await broken.post({ presentation: "LZ1:SECRET" });
    await broken.stop();
    return { reply, log: broken.log, faults: broken.faults };
  }

  it.each([
    ["an error", new TypeError("SECRET at /home/clerk/keys")],
    ["something that is no error", "SECRET"],
    ["nothing at all", undefined],
    [
      "an error that says it may be shown",
      Object.assign(new Error("SECRET"), { expose: true, status: 200 }),
    ],
  ])("is INTERNAL, with nothing of what was thrown: %s", async (_, thrown) => {
    const { reply, log, faults } = await failing(usesThat(() => Promise.reject(thrown)));
    expect(reply.status).toBe(500);
    expect(reply.json).toMatchObject({ code: "INTERNAL", type: "/errors#INTERNAL" });
    expect(reply.json.detail).toBeUndefined();
    expect(reply.text).not.toMatch(/SECRET|TypeError|clerk|\.ts/);
    expect(log.at(-1)).toMatchObject({ status: 500, problem: "INTERNAL" });
    expect(faults).toMatchObject([{ requestId: reply.json.instance, problem: { cause: thrown } }]);
  });

  it("is INTERNAL when it fails before it answers with a promise", async () => {
    const broken = usesThat(() => {
      throw new RangeError("SECRET");
    });
    expect((await failing(broken)).reply.status).toBe(500);
  });

  it("is INTERNAL when what it gives can't be written", async () => {
    const block = { ...view.block, number: 1n as never };
    expect((await failing({ view: () => ({ ...view, block }) })).reply.status).toBe(500);
  });

  it("keeps the place of its own trouble to itself", async () => {
    const problem = new Problem("RPC_FAULT", "http://user:SECRET@node:8545");
    const { reply, faults } = await failing(usesThat(() => Promise.reject(problem)));
    expect(reply.status).toBe(503);
    expect(reply.text).not.toMatch(/SECRET/);
    expect(faults).toMatchObject([{ problem: { detail: problem.detail } }]);
  });

  it("needs neither a log nor anyone to report to", async () => {
    const { log: _log, report: _report, ...plain } = serviceOver(primitives, view);
    const desk = deskWith(usesThat(() => Promise.reject(new Error("x"))));
    const server = createHttpApp({ ...plain, desk }).listen(0);
    const { port } = server.address() as { port: number };
    const response = await fetch(`http://127.0.0.1:${String(port)}/v1/verifications`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"presentation":""}',
    });
    expect(response.status).toBe(500);
    server.close();
    server.closeAllConnections();
  });

  it("reports connections that break after the answer has begun", () => {
    const faults: Fault[] = [];
    const service = serviceOver(primitives, view, { report: (fault) => faults.push(fault) });
    const koa = createHttpApp(service);
    koa.emit("error", new Error("write EPIPE"), { state: { requestId: "a" } });
    koa.emit("error", new Error("write EPIPE"));
    expect(faults).toMatchObject([{ requestId: "a" }, { requestId: null }]);
  });
});

describe("the access log", () => {
  it("says method, route, status, time and id, and nothing of what was sent", async () => {
    app.log.length = 0;
    await app.post({ presentation: "LZ1:王小明", purpose: "婚姻登记" });
    await app.get("/v1/agencies/11460200MB1234567A?limit=1");
    await app.send("/nowhere/110101199003070000?name=x");
    expect(app.log).toEqual([
      expect.objectContaining({ method: "POST", route: "/v1/verifications", status: 200 }),
      expect.objectContaining({
        route: "/v1/agencies/{code}",
        status: 400,
        problem: "PARAMETER_INVALID",
      }),
      expect.objectContaining({ method: "GET", route: null, status: 404, problem: "NOT_FOUND" }),
    ]);
    expect(
      app.log.every(({ milliseconds, requestId }) => milliseconds >= 0 && UUID.test(requestId)),
    ).toBe(true);
    expect(JSON.stringify(app.log)).not.toMatch(/王小明|婚姻|11460200|110101/);
  });
});
