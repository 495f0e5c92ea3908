/** Callers that hold connections open, send slowly, or send what is too large or too deep to be honest. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { toBase45 } from "../../src/core/encoding/base45.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import type { RunningApp } from "../support/http-app.ts";
import { usualCase } from "../support/usual-case.ts";
import { callIdly, sendSlowly } from "./hostile/open-connections.ts";
import { cpuTimeOf } from "../support/cpu-time.ts";

const IDLE = 10_000;
const DEEP = 100_000;

let app: RunningApp;
const primitives = await loadPrimitives();
const usual = usualCase(primitives);

beforeAll(async () => {
  app = await runHttpApp(serviceOver(primitives, usual.story.view()));
});
afterAll(() => app.stop());

/** What an honest counter gets meanwhile, and in how many milliseconds. */
async function honestCall(): Promise<{ readonly verdict: unknown; readonly milliseconds: number }> {
  const begun = performance.now();
  const { json } = await app.post({ presentation: (usual.printed() as { qr: string }).qr });
  return { verdict: json.verdict, milliseconds: performance.now() - begun };
}

describe("ten thousand idle connections", () => {
  it("leave everybody else answered within a second of what it takes without them", async () => {
    const alone = await honestCall();
    const callers = await callIdly(app.port, IDLE);
    const { verdict, milliseconds } = await honestCall();
    await callers.leave();
    expect(verdict).toBe("accepted");
    expect(milliseconds - alone.milliseconds).toBeLessThan(1_000);
  });
});

describe("a caller that sends a byte a second", () => {
  const length = "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n";

  it("is cut off: its head within 12 s, its body within 32", async () => {
    const [head, body, honest] = await Promise.all([
      sendSlowly(app.port, "POST /v1/verifications HTTP/1.1\r\nHost: x\r\nX-A: ", 1_000),
      sendSlowly(app.port, `POST /v1/verifications HTTP/1.1\r\nHost: x\r\n${length}`, 1_000),
      honestCall(),
    ]);
    expect(head.milliseconds).toBeLessThan(15_000);
    expect(body.milliseconds).toBeLessThan(36_000);
    expect(head.said).toMatch(/^HTTP\/1\.1 408 /);
    expect(honest.verdict).toBe("accepted");
  });
});

describe("what is too large or too deep", () => {
  const deepJson = `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`;
  const deepCbor = `LZ1:${toBase45(new Uint8Array(2_000).fill(0x81))}`;
  const CASES: readonly (readonly [string, string, number])[] = [
    ["JSON nested a hundred thousand times", deepJson, 400],
    ["a certificate nested so deep", `{"certificate":{"claims":${deepJson}}}`, 200],
    ["CBOR nested two thousand times", JSON.stringify({ presentation: deepCbor }), 200],
    ["a text of a megabyte", JSON.stringify({ presentation: "0".repeat(2 ** 20) }), 413],
    ["a code past its limit", JSON.stringify({ presentation: `LZ1:${"0".repeat(5_000)}` }), 200],
    ["twenty thousand members", `{"certificate":{${manyMembers()}}}`, 200],
  ];

  it.each(CASES)("%s is answered at once, and never accepted", async (_, body, status) => {
    const ask = async (): Promise<void> => {
      const headers = { "Content-Type": "application/json" };
      const reply = await fetch(`${app.url}/v1/verifications`, { method: "POST", headers, body });
      const { verdict } = (await reply.json()) as { readonly verdict?: string };
      expect([reply.status, verdict ?? "none"]).toEqual([
        status,
        status === 200 ? "rejected" : "none",
      ]);
    };
    expect(await cpuTimeOf(ask)).toBeLessThan(2_000);
    expect(app.faults).toEqual([]);
  });
});

function manyMembers(): string {
  return Array.from({ length: 20_000 }, (_, i) => `"${String(i)}":0`).join(",");
}
