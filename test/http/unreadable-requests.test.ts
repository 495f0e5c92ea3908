/** What is no request that can be read, as the verifier itself refuses it, without a proxy before it. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { configureServer } from "../../src/http/server-limits.ts";

const HOST = "Host: verify.example.gov.cn\r\n";
const GET = `GET / HTTP/1.1\r\n${HOST}`;
const LENGTHS = "Content-Length: 1\r\nContent-Length: 2\r\n";
/** Begins its answer and does not end it. */
const HALF = `GET /half HTTP/1.1\r\n${HOST}\r\n`;

const server = createServer({ connectionsCheckingInterval: 20 }, (call, response) => {
  if (call.url === "/half") response.write("half");
  else response.end("well");
});
beforeAll(async () => {
  configureServer(server);
  server.headersTimeout = 100;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
});

function open(): Socket {
  return connect((server.address() as AddressInfo).port, "127.0.0.1").setEncoding("utf8");
}

async function readAll(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  return text;
}

function send(text: string): Promise<string> {
  const socket = open();
  socket.write(text);
  return readAll(socket);
}

describe("what can't be read is refused with code, words and an id", () => {
  it.each([
    ["HTTP_MALFORMED", 400, "what is no HTTP", "hello\r\n\r\n"],
    ["HTTP_MALFORMED", 400, "TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["HTTP_MALFORMED", 400, "two lengths", `POST / HTTP/1.1\r\n${HOST}${LENGTHS}\r\n`],
    ["HEADERS_TOO_LARGE", 431, "an address of 40,000 characters", `GET /${"x".repeat(40_000)}`],
    ["HEADERS_TOO_LARGE", 431, "headers of 40,000 characters", `${GET}X: ${"x".repeat(40_000)}`],
    ["REQUEST_TOO_SLOW", 408, "a request that does not end", `GET / HTTP/1.1\r\n${HOST}`],
  ])("%s %i: %s", async (code, status, _, text) => {
    const [head = "", body = ""] = (await send(text)).split("\r\n\r\n");
    const [, id] = /\r\nX-Request-Id: ([0-9a-f-]{36})\r\n/.exec(head) ?? [];
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${String(status)} `));
    expect(head).toContain("\r\nContent-Type: application/problem+json; charset=utf-8\r\n");
    expect(head).toContain(`\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n`);
    expect(head).toMatch(/\r\nCache-Control: no-store\r\n[^]*Connection: close$/);
    expect(JSON.parse(body)).toMatchObject({ code, status, instance: id });
  });

  it("after requests that could be", async () => {
    const text = await send(`${GET}\r\nhello\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK[^]*well/);
    expect(text).toContain("HTTP_MALFORMED");
  });

  it("but not into an answer that was begun: the connection ends", async () => {
    const socket = open();
    socket.write(HALF);
    await once(socket, "data");
    socket.write("hello\r\n\r\n");
    expect(await readAll(socket)).not.toContain("HTTP");
  });

  it("and a caller that goes away disturbs nobody", async () => {
    const socket = open();
    socket.write("GET / HTT");
    socket.resetAndDestroy();
    expect(await send(`${GET}Connection: close\r\n\r\n`)).toContain("well");
  });
});
