/** The port on which a service answers, and how it lets go of it. */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Server as SecureServer } from "node:https";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { SecureContextOptions } from "node:tls";
import { createSecureContext } from "node:tls";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../../core/problem.ts";
import { createHttpApp } from "../../http/http-app.ts";
import type { HttpService } from "../../http/http-service.ts";
import { SERVER_OPTIONS, configureServer } from "../../http/server-limits.ts";
import type { Ending } from "./ending.ts";
import type { ServicePart } from "./service-part.ts";
import type { ListenSettings, ServiceSettings, TlsSettings } from "../settings/service-settings.ts";

const SECOND = 1_000;

/** Resolves once it listens. @throws Problem PORT_IN_USE, CONFIGURATION_INVALID for certificates that can't be used */
export function openListener(
  service: HttpService,
  settings: ListenSettings,
  ending: Ending,
): Promise<HttpListener> {
  return listenWith(createHttpApp(service).callback(), settings, ending);
}

/** The same for any application. */
export async function listenWith(
  handle: (request: IncomingMessage, response: ServerResponse) => unknown,
  settings: ListenSettings,
  ending: Ending,
): Promise<HttpListener> {
  const server = await serverOf(settings.tls);
  server.on("request", (request, response) => {
    // Whoever keeps the connection open learns in time to take another.
    if (ending.isEnding) response.setHeader("Connection", "close");
    void handle(request, response);
  });
  configureServer(server);
  await listen(server, settings);
  return new HttpListener(server, settings);
}

export class HttpListener implements ServicePart {
  readonly #server: Server | SecureServer;
  readonly #settings: ListenSettings;

  constructor(server: Server | SecureServer, settings: ListenSettings) {
    this.#server = server;
    this.#settings = settings;
  }

  get url(): string {
    const { host, tls } = this.#settings;
    const { port } = this.#server.address() as AddressInfo;
    const name = host.includes(":") ? `[${host}]` : host;
    return `${tls === null ? "http" : "https"}://${name}:${String(port)}`;
  }

  /** Certificates that were renewed: new connections get them, those that are open keep theirs. */
  async prepare({ listen: { tls } }: ServiceSettings): Promise<() => void> {
    const server = this.#server;
    if (tls === null || !("setSecureContext" in server)) return () => undefined;
    const context = await readTls(tls);
    return () => {
      server.setSecureContext(context);
    };
  }

  /** Takes no more connections, and waits for what is under way, but not for ever. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeIdleConnections();
    const limit = sleep(this.#settings.closeSeconds * SECOND, undefined, { ref: false });
    await Promise.race([closed, limit]);
    this.#server.closeAllConnections();
  }
}

async function serverOf(tls: TlsSettings | null): Promise<Server | SecureServer> {
  if (tls === null) return createServer(SERVER_OPTIONS);
  return createSecureServer({
    ...SERVER_OPTIONS,
    ...(await readTls(tls)),
    minVersion: "TLSv1.2",
    // Who has no certificate, or one that nobody knows, is anyone: access control decides, by fingerprint.
    requestCert: tls.clientCertificates,
    rejectUnauthorized: false,
  });
}

/** @throws Problem CONFIGURATION_INVALID naming the file, or saying that they don't belong together */
async function readTls({ certificate, key }: TlsSettings): Promise<SecureContextOptions> {
  const options = { cert: await readPem(certificate), key: await readPem(key) };
  try {
    createSecureContext(options);
    return options;
  } catch (error) {
    const detail = `listen.tls: ${certificate} and ${key} can't be used together`;
    throw new Problem("CONFIGURATION_INVALID", detail, error);
  }
}

async function readPem(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Problem("CONFIGURATION_INVALID", `listen.tls: ${file} can't be read`, error);
  }
}

function listen(server: Server | SecureServer, { host, port }: ListenSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      reject(new Problem("PORT_IN_USE", `${host}:${String(port)}`, error));
    });
    server.listen(port, host, resolve);
  });
}
