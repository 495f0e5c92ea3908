/** Servers as they should not be: silent, slow, or something else altogether. */
import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

export interface OddServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Takes connections and never says a word. */
export function silentServer(): Promise<OddServer> {
  return listen(createTcpServer());
}

/** Passes every request on to a node, only later. */
export function slowServer(node: string, delayMs: number): Promise<OddServer> {
  return answering(async (body) => {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const headers = { "content-type": "application/json" };
    return (await fetch(node, { method: "POST", headers, body })).text();
  });
}

/** Says the same to every request. */
export function answeringServer(answer: string): Promise<OddServer> {
  return answering(() => Promise.resolve(answer));
}

/** A node of another chain, that knows nothing but its number. */
export function otherChain(chainId: number): Promise<OddServer> {
  return answeringServer(JSON.stringify({ jsonrpc: "2.0", id: 1, result: chainId }));
}

function answering(answer: (body: string) => Promise<string>): Promise<OddServer> {
  const server = createHttpServer((request, response) => {
    void bodyOf(request)
      .then(answer)
      .then((text) => response.end(text));
  });
  return listen(server);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function listen(server: Server): Promise<OddServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** An address where nothing listens, nor will: ports that were free a moment ago others draw. */
export const NOWHERE = "http://127.0.0.1:4";
