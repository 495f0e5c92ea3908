/** Where Prometheus asks: a port of its own, so that no caller of the service ever comes to it. */
import { createHash, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { METRICS_MEDIA_TYPE } from "../../adapters/metrics/prometheus.ts";
import { Problem } from "../../core/problem.ts";
import { SERVER_OPTIONS, configureServer } from "../../http/server-limits.ts";
import type { MetricsSettings } from "../settings/service-settings.ts";

export interface MetricsListener {
  close(): Promise<void>;
}

/**
 * Null where the settings want none.
 * @param text the figures in Prometheus's text format
 * @throws Problem PORT_IN_USE, CONFIGURATION_INVALID
 */
export async function openMetricsListener(
  { host, port, tokenFile }: MetricsSettings,
  text: () => Promise<string>,
): Promise<MetricsListener | null> {
  if (port === null) return null;
  const token = tokenFile === null ? null : await readToken(tokenFile);
  const server = createServer(SERVER_OPTIONS, (request, response) => {
    void answer(request, response, token, text);
  });
  configureServer(server);
  await listen(server, host, port);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string | null,
  text: () => Promise<string>,
): Promise<void> {
  const end = (status: number, body = ""): void => {
    response.writeHead(status, { "Content-Type": METRICS_MEDIA_TYPE });
    response.end(body);
  };
  if (!isAllowed(request, token)) {
    end(401);
    return;
  }
  if (request.method !== "GET" || request.url !== "/metrics") {
    end(404);
    return;
  }
  try {
    end(200, await text());
  } catch {
    // A process that just died can't say its figures; the next scrape finds its successor.
    end(503);
  }
}

function isAllowed({ headers }: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  return timingSafeEqual(digestOf(headers.authorization ?? ""), digestOf(`Bearer ${token}`));
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function readToken(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Problem("CONFIGURATION_INVALID", `metrics.tokenFile: ${file} can't be read`, error);
  });
  if (text.trim() !== "") return text.trim();
  throw new Problem("CONFIGURATION_INVALID", `metrics.tokenFile: ${file} is empty`);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      reject(new Problem("PORT_IN_USE", `metrics: ${host}:${String(port)}`, error));
    });
    server.listen(port, host, resolve);
  });
}
