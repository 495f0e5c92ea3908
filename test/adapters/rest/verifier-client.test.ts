import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { postVerification } from "../../../src/adapters/rest/verifier-client.ts";

let server: Server;
let url: string;
let respond: (response: ServerResponse, request: IncomingMessage, body: string) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      respond(response, request, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    }),
);

const ask = (timeoutMs?: number): Promise<unknown> =>
  postVerification(url, { region: "460000" }, timeoutMs);
const answer = { verdict: "accepted", checks: [] };

function says(status: number, body: string): void {
  respond = (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body);
  };
}

describe("asking a verifier", () => {
  it("posts the question as JSON and gives back the answer, with slashes at the end or without", async () => {
    const seen: unknown[] = [];
    respond = (response, { method, url: path, headers }, body) => {
      seen.push([method, path, headers["content-type"], JSON.parse(body)]);
      response.end(JSON.stringify(answer));
    };
    expect(await ask()).toEqual(answer);
    expect(await postVerification(`${url}//`, { region: "460000" })).toEqual(answer);
    const expected = ["POST", "/v1/verifications", "application/json", { region: "460000" }];
    expect(seen).toEqual([expected, expected]);
  });

  it.each(["", "verifier", "http://", "http://a b"])(
    "at an address that is none: '%s'",
    async (bad) => {
      await expect(postVerification(bad, {})).rejects.toMatchObject({ code: "USAGE" });
    },
  );
});

describe("a verifier that can't be reached", () => {
  it("does not listen", async () => {
    const asked = postVerification("http://127.0.0.1:1", {});
    await expect(asked).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
  });

  it("is silent, or stops in the middle of its answer", async () => {
    respond = () => undefined;
    await expect(ask(200)).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
    respond = (response) => response.write('{"verdict":');
    await expect(ask(200)).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
  });

  it("cuts the connection before or within its answer", async () => {
    respond = (response) => response.socket?.resetAndDestroy();
    await expect(ask()).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
    respond = (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write('{"verdict":', () => response.destroy());
    };
    await expect(ask()).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
  });
});

describe("a proxy before the verifier that can't reach it", () => {
  it.each([502, 503, 504])("says so with a page of its own: %i", async (status) => {
    says(status, "<html>");
    await expect(ask()).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
  });

  it("says so in the API's words", async () => {
    says(503, JSON.stringify({ code: "SERVER_UNREACHABLE" }));
    await expect(ask()).rejects.toMatchObject({
      code: "SERVER_UNREACHABLE",
      detail: expect.stringContaining(url),
    });
  });
});

describe("a verifier that answers with a fault", () => {
  it("is told in its own code, so that one reads what to do about that", async () => {
    says(422, JSON.stringify({ code: "USE_CAUSE_REQUIRED", detail: "for holderName" }));
    await expect(ask()).rejects.toMatchObject({
      code: "USE_CAUSE_REQUIRED",
      detail: "for holderName",
    });
  });

  it("is quoted where its code is none of ours: the code and what it says", async () => {
    says(503, JSON.stringify({ code: "TEAPOT", detail: "the chain was never reached" }));
    await expect(ask()).rejects.toMatchObject({
      code: "SERVER_FAULT",
      detail: expect.stringContaining("TEAPOT the chain was never reached"),
    });
  });

  it("is quoted by its status where it names no code, and never at length", async () => {
    says(502, "{}");
    await expect(ask()).rejects.toMatchObject({ detail: expect.stringMatching(/: 502$/) });
    says(400, JSON.stringify({ code: "X", detail: "y".repeat(100_000) }));
    const problem = (await ask().catch((error: unknown) => error)) as { detail: string };
    expect(problem.detail.length).toBeLessThan(400);
  });

  it.each([
    ["a page with an error", 500, "<html>"],
    ["nothing", 200, ""],
    ["a page", 200, "<html>"],
    ["null with an error", 500, "null"],
    ["text with an error", 500, '"no"'],
    ["null", 200, "null"],
    ["a list", 200, "[]"],
    ["an answer without a verdict", 200, "{}"],
    ["a verdict that there is not", 200, '{"verdict":"fine"}'],
  ])("is no verifier: it says %s", async (_what, status, body) => {
    says(status, body);
    await expect(ask()).rejects.toMatchObject({ code: "SERVER_FAULT" });
  });

  it("sends more than any answer has", async () => {
    says(200, `{"verdict":"accepted","x":"${"x".repeat(5_000_000)}"}`);
    await expect(ask()).rejects.toMatchObject({
      code: "SERVER_FAULT",
      detail: expect.stringContaining("too long"),
    });
  });

  it("sends us elsewhere, and is not followed", async () => {
    respond = (response) => {
      response.writeHead(307, { location: "http://127.0.0.1:1/" });
      response.end();
    };
    await expect(ask()).rejects.toMatchObject({ code: "SERVER_UNREACHABLE" });
  });
});
