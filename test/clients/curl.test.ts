import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import { accessOf } from "../support/access.ts";
import { CAUSE, counterOf } from "../support/counter-desk.ts";
import type { RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const { story, bearer, printed } = usualCase(primitives);
const folder = mkdtempSync(join(tmpdir(), "lz-curl-"));
const certificate = join(folder, "it's a certificate.lzc.json");
const key = join(folder, "client.key");

let app: RunningApp;
beforeAll(async () => {
  writeFileSync(certificate, JSON.stringify(certificateToJson(bearer)));
  writeFileSync(key, "counter\n");
  const access = accessOf({ counter: counterOf() });
  app = await runHttpApp(serviceOver(primitives, story.view(), { access }));
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
}

function run(given: string, env: Record<string, string> = {}): Promise<Ended> {
  const settings = { PATH: String(process.env["PATH"]), LZ_SERVER: app.url, ...env };
  return new Promise((resolve) => {
    execFile("clients/curl/verify.sh", [given], { env: settings }, (error, stdout) => {
      resolve({ code: Number(error?.code ?? 0), stdout });
    });
  });
}

describe("the example with curl", () => {
  it("verifies a file, as anyone and as a client who says what for", async () => {
    expect((await run(certificate)).code).toBe(0);
    const { code, stdout } = await run(certificate, { LZ_CLIENT_KEY: key, LZ_CAUSE: CAUSE });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).claims).toMatchObject({ holderName: "王小明3" });
  });

  it("verifies a code's text, whatever is in it", async () => {
    expect((await run((printed() as { qr: string }).qr)).code).toBe(0);
    expect((await run('LZ1:"\\$(id)')).code).toBe(1);
  });

  it("tells a problem from a verdict, and silence from both", async () => {
    const { code, stdout } = await run(certificate, { LZ_REGION: "x" });
    expect([code, JSON.parse(stdout).code]).toEqual([65, "BODY_MALFORMED"]);
    expect((await run(certificate, { LZ_SERVER: "http://127.0.0.1:9" })).code).toBe(69);
  });

  it("rejects nobody's certificate for a slip: a file or a key that is not there", async () => {
    expect(await run(join(folder, "nowhere.lzc.json"))).toEqual({ code: 66, stdout: "" });
    const keyless = await run(certificate, { LZ_CLIENT_KEY: join(folder, "nowhere.key") });
    expect(keyless).toEqual({ code: 66, stdout: "" });
  });

  it("takes an outage for no verdict, and asks again with a key: only the last answer counts", async () => {
    let asked = 0;
    const outage = createServer((call, response) => {
      call.resume();
      const answer = asked++ === 1 ? { verdict: "accepted" } : { code: "SERVER_UNREACHABLE" };
      response.writeHead("verdict" in answer ? 200 : 503, { "Retry-After": "1" });
      response.end(JSON.stringify(answer));
    });
    await once(outage.listen(0, "127.0.0.1"), "listening");
    const server = `http://127.0.0.1:${String((outage.address() as AddressInfo).port)}`;
    const keyed = await run(certificate, { LZ_SERVER: server, LZ_CLIENT_KEY: key });
    expect(keyed).toEqual({ code: 0, stdout: '{"verdict":"accepted"}\n' });
    const anyone = await run(certificate, { LZ_SERVER: server });
    expect(anyone).toEqual({ code: 69, stdout: '{"code":"SERVER_UNREACHABLE"}\n' });
    outage.close();
  });
});
