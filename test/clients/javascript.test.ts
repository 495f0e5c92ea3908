import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { VerifierClient as Client } from "../../clients/javascript/src/index.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import { fromHex, toHex } from "../../src/core/encoding/bytes.ts";
import { Problem } from "../../src/core/problem.ts";
import { ServiceItems } from "../../src/core/service-items/service-item.ts";
import { accessOf } from "../support/access.ts";
import { CLIENT_TYPES, clientTypes } from "../support/client-types.ts";
import { CAUSE, ITEM, UsesInMemory, counterOf, deskOver } from "../support/counter-desk.ts";
import type { Json, RunningApp } from "../support/http-app.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { HANGZHOU, MARRIAGE } from "../support/ledger-story.ts";
import { CHALLENGE, COUNTER, usualCase } from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const uses = new UsesInMemory();
const desk = deskOver(primitives, usual.story.view(), { uses, items: new ServiceItems([ITEM]) });
/** Two instances of one service. */
const service = serviceOver(primitives, usual.story.view(), {
  desk,
  access: accessOf({ counter: counterOf() }),
});

let folder: string;
let VerifierClient: typeof Client;
let apps: RunningApp[];
let breaking: Server & { readonly broken: string[] };

/** Passes calls on to the first instance, and breaks the connection once the answer is there. */
function breakingProxy(target: string): typeof breaking {
  const broken: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on("data", (chunk: Buffer) => chunks.push(chunk))
      .on("end", () => {
        const headers = request.headers as Record<string, string>;
        const body = request.method === "POST" ? { body: Buffer.concat(chunks) } : {};
        void fetch(target + String(request.url), {
          method: String(request.method),
          headers,
          ...body,
        })
          .then((answer) => answer.text())
          .then((text) => {
            broken.push(text);
            response.socket?.destroy();
          });
      });
  });
  return Object.assign(server, { broken });
}

const urlOf = (server: Server): string =>
  `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-client-"));
  const tsc = ["node_modules/typescript/bin/tsc", "-p", "clients/javascript", "--outDir", folder];
  await promisify(execFile)(process.execPath, tsc);
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  ({ VerifierClient } = await import(join(folder, "index.js")));
  apps = [await runHttpApp(service), await runHttpApp(service)];
  breaking = breakingProxy(apps[0]?.url ?? "");
  await new Promise<void>((resolve) => breaking.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await Promise.all(apps.map(({ stop }) => stop()));
  breaking.close();
  breaking.closeAllConnections();
  await rm(folder, { recursive: true });
});

function clientOf(options: Partial<ConstructorParameters<typeof Client>[0]> = {}): Client {
  return new VerifierClient({ servers: apps.map(({ url }) => url), key: "counter", ...options });
}

/** A holder's own code, accepted once. */
function shownOnce(seconds: number): { presentation: string; audience: string; nonce: string } {
  const given = usual.signed({ expiresAt: usual.story.view().asOf + seconds });
  const presentation = (given as { qr: string }).qr;
  return { presentation, audience: COUNTER, nonce: toHex(CHALLENGE) };
}

const region = HANGZHOU.region;
const file = { certificate: certificateToJson(usual.bearer) };

describe("the types of the client", () => {
  it("are what the OpenAPI document makes of them", async () => {
    expect(await readFile(CLIENT_TYPES, "utf8")).toBe(await clientTypes());
  });

  it("come with words on every method, option and error", async () => {
    const readme = await readFile(join(CLIENT_TYPES, "../../README.md"), "utf8");
    const methods = Object.getOwnPropertyNames(VerifierClient.prototype);
    const options = ["servers", "key", "timeoutMs", "attempts", "language", "fetch"];
    const errors = ["ServiceProblem", "ServiceUnreachable"];
    const named = [...methods.filter((name) => name !== "constructor"), ...errors, ...options];
    expect(named.length).toBeGreaterThan(18);
    expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(readme))).toEqual([]);
  });

  it("leave next to nothing of it for a browser to load", async () => {
    expect((await stat(join(folder, "index.js"))).size).toBeLessThan(8_000);
    expect(await readFile(join(folder, "index.js"), "utf8")).not.toMatch(/^import(?! type)/m);
  });
});

describe("a call", () => {
  it("verifies, and gives rejected as an answer", async () => {
    const answer = await clientOf().verify({ ...file, region, useCause: CAUSE });
    expect(answer).toMatchObject({ verdict: "accepted", claims: { holderName: "王**3" } });
    const bad = await clientOf().verify({ presentation: "LZ1:BAD", useCause: CAUSE });
    expect(bad).toMatchObject({ verdict: "rejected" });
  });

  it("verifies many, each with its own answer", async () => {
    const { answers } = await clientOf().verifyMany([
      { ...file, useCause: CAUSE },
      { ...file, useCause: CAUSE, region },
    ]);
    expect(answers).toHaveLength(2);
  });

  it("asks for a presentation, and sees that nobody has answered", async () => {
    const client = clientOf();
    const order = { type: MARRIAGE, claims: ["holderName"], purpose: ITEM.code, useCause: CAUSE };
    const made = await client.createPresentationRequest(order);
    expect(made.code).toMatch(/^\d{6}$/);
    expect(await client.presentationRequest(made.id)).toMatchObject({ state: "open" });
    const early = client.verifyAnswer(made.id);
    await expect(early).rejects.toMatchObject({ code: "PRESENTATION_REQUEST_UNANSWERED" });
    const unknown = client.presentationRequest("8QZ3vN1xT0eYb2kLw6mRfA");
    await expect(unknown).rejects.toMatchObject({ code: "PRESENTATION_REQUEST_UNKNOWN" });
    const spent = client.verifyAnswer("8QZ3vN1xT0eYb2kLw6mRfA");
    await expect(spent).rejects.toMatchObject({ code: "PRESENTATION_REQUEST_UNKNOWN" });
    await expect(client.receipt("3f6a0c21b9d4-1041")).rejects.toMatchObject({ status: 404 });
  });

  it("ends in the service's own words where it is wrong, and is not tried again", async () => {
    const before = apps.map(({ log }) => log.length);
    const wrong = clientOf({ language: "en" }).verify({ ...file, region: "x" });
    await expect(wrong).rejects.toMatchObject({
      name: "ServiceProblem",
      code: "BODY_MALFORMED",
      status: 400,
      message: "BODY_MALFORMED: The request's body is not as described.",
    });
    const calls = apps.map(({ log }, i) => log.length - (before[i] ?? 0));
    expect(calls).toEqual([1, 0]);
  });
});

describe("a wallet", () => {
  const walletOf = (): Client => new VerifierClient({ servers: apps.map(({ url }) => url) });

  it("answers for a holder whom a clerk told six digits, and the counter verifies it", async () => {
    const order = { purpose: ITEM.code, useCause: CAUSE, type: MARRIAGE, claims: ["birthDate"] };
    const made = await clientOf().createPresentationRequest(order);
    const told = await walletOf().findPresentationRequest(made.code);
    expect(told).toMatchObject({ id: made.id, audience: COUNTER, state: "open" });
    const { qr } = usual.signed({ nonce: fromHex(told.nonce) as Uint8Array }) as { qr: string };
    await walletOf().answerPresentationRequest(made.id, qr);
    expect((await clientOf().verifyAnswer(made.id)).verdict).toBe("accepted");
  });

  it("leaves a presentation, and shows the short code that refers to it", async () => {
    const { presentation, ...asked } = shownOnce(61);
    const { text } = await walletOf().leaveReference(presentation);
    const given = { presentation: text, useCause: CAUSE, ...asked };
    expect((await clientOf().verify(given)).verdict).toBe("accepted");
  });

  it("knows what a matter may ask for, and which matters may ask for a type", async () => {
    const [item] = await walletOf().serviceItems(MARRIAGE);
    expect(item).toMatchObject({ code: ITEM.code, types: [{ required: ["holderName"] }] });
    expect(await walletOf().serviceItems(`${MARRIAGE.slice(0, 18)}999`)).toEqual([]);
    expect(await walletOf().serviceItems()).toHaveLength(1);
  });
});

describe("an instance that fails", () => {
  it("is passed over for the next one", async () => {
    const servers = ["http://127.0.0.1:9", apps[1]?.url ?? ""];
    const answer = await clientOf({ servers }).verify({ ...file, useCause: CAUSE });
    expect(answer.verdict).toBe("accepted");
  });

  it("after it had done its work costs nobody his code: the other gives the same answer, used once", async () => {
    const before = uses.kept.length;
    const servers = [urlOf(breaking), apps[1]?.url ?? ""];
    const shown = { ...shownOnce(50), useCause: CAUSE, region };
    const answer = await clientOf({ servers }).verify(shown);
    expect(answer.verdict).toBe("accepted");
    expect(JSON.parse(breaking.broken.at(-1) ?? "")).toEqual(answer);
    expect(uses.kept.length - before).toBe(1);
    expect((await clientOf().verify(shown)).verdict).toBe("rejected");
  });

  it("to keep the use costs nobody his code: the same call again is accepted, and used once", async () => {
    const before = uses.kept.length;
    const { record } = uses;
    let failures = 0;
    uses.record = () => {
      uses.record = record;
      failures++;
      return Promise.reject(new Problem("USE_NOT_KEPT", "the store is away"));
    };
    const shown = { ...shownOnce(45), useCause: CAUSE, region };
    expect((await clientOf().verify(shown)).verdict).toBe("accepted");
    expect({ failures, kept: uses.kept.length - before }).toEqual({ failures: 1, kept: 1 });
    expect((await clientOf().verify(shown)).verdict).toBe("rejected");
  });

  it("is not asked again by whoever has no key: what was sent may have been done", async () => {
    const servers = [urlOf(breaking), apps[1]?.url ?? ""];
    const anyone = new VerifierClient({ servers });
    const before = breaking.broken.length;
    await expect(anyone.verify(shownOnce(40))).rejects.toMatchObject({
      name: "ServiceUnreachable",
    });
    expect(breaking.broken.length - before).toBe(1);
    expect((await anyone.verify(shownOnce(30))).verdict).toBe("accepted");
  });

  it("at a call that it has begun is waited for until another goes on with it", async () => {
    let asked = 0;
    const underWay = { code: "REPEAT_UNDER_WAY", title: "", status: 409 };
    const send: typeof fetch = (...call) => {
      if (++asked > 6) return fetch(...call);
      return Promise.resolve(Response.json(underWay, { status: 409 }));
    };
    const answer = await clientOf({ fetch: send }).verify({ ...file, useCause: CAUSE });
    expect(answer.verdict).toBe("accepted");
  });

  it("behind a proxy that says so is asked again only by whoever has a key, and then for no verdict", async () => {
    const said = { code: "SERVER_UNREACHABLE", title: "", status: 503 };
    for (const [key, most] of [
      ["counter", 2],
      [undefined, 1],
    ] as const) {
      let asked = 0;
      const proxy: typeof fetch = () => {
        asked++;
        return Promise.resolve(
          Response.json(said, { status: 503, headers: { "Retry-After": "1" } }),
        );
      };
      const client = new VerifierClient({
        ...{ servers: ["http://proxy"], attempts: 2, fetch: proxy },
        ...(key !== undefined && { key }),
      });
      const begun = performance.now();
      const asking = client.verify(file);
      const expected = { name: "ServiceUnreachable", retryAfterMs: 1_000, cause: said };
      await expect(asking).rejects.toMatchObject(expected);
      expect(asked).toBe(most);
      expect(performance.now() - begun > 900).toBe(most > 1);
    }
  });

  it("and all others with it end in words of their own", async () => {
    const silent = clientOf({ servers: ["http://127.0.0.1:9"], attempts: 2 });
    await expect(silent.verify(file)).rejects.toMatchObject({ name: "ServiceUnreachable" });
    expect(() => clientOf({ servers: [] })).toThrow(TypeError);
  });
});

describe("a key for repeating", () => {
  const post = (key: string, body: object): Promise<Response> =>
    fetch(`${apps[0]?.url ?? ""}/v1/verifications`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Authorization: "Bearer counter",
        "Idempotency-Key": key,
      },
      body: JSON.stringify(body),
    });

  it("is for one request: with another it is REPEAT_DIFFERS", async () => {
    const key = crypto.randomUUID();
    expect((await post(key, { ...file, useCause: CAUSE })).status).toBe(200);
    const other = await post(key, { ...file, useCause: "另一事由" });
    expect([other.status, ((await other.json()) as Json).code]).toEqual([422, "REPEAT_DIFFERS"]);
  });

  it("must be long enough to be nobody else's", async () => {
    const reply = await post("1", file);
    expect([reply.status, ((await reply.json()) as Json).code]).toEqual([400, "PARAMETER_INVALID"]);
  });
});
