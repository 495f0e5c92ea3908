/** A service of JSON over HTTP or TLS for one test: it answers what it is told to, however odd. */
import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: any;
}

export interface Said {
  readonly status?: number;
  /** A text is said as it is; anything else as JSON. */
  readonly body: unknown;
}

export interface JsonService {
  readonly url: string;
  /** All questions, in their order. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export type Answer = (asked: Asked, response: ServerResponse) => Said | Promise<Said> | null;

/** @param answer null: it has answered in its own way, or never does */
export async function startJsonService(answer: Answer, tls?: ServerOptions): Promise<JsonService> {
  const asked: Asked[] = [];
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    void reply(request, response, asked, answer);
  };
  const server = tls === undefined ? createHttpServer(take) : createHttpsServer(tls, take);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${String(port)}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  asked: Asked[],
  answer: Answer,
): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const question = { path: request.url ?? "", headers: request.headers, body: parsed(text) };
  asked.push(question);
  const said = await Promise.resolve(answer(question, response)).catch((error: unknown) => {
    return { status: 418, body: String(error) };
  });
  if (said === null) return;
  response.statusCode = said.status ?? 200;
  response.end(typeof said.body === "string" ? said.body : JSON.stringify(said.body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Says something without end, until nobody listens any more. */
export function endless(response: ServerResponse): null {
  const more = (): void => {
    if (response.destroyed) return;
    response.write("0".repeat(65_536), () => setImmediate(more));
  };
  response.on("error", () => undefined);
  more();
  return null;
}
