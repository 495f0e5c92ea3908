/** How long and how much a connection may ask for, against callers that send slowly or for ever. */
import type { Server } from "node:http";
import { refuseUnreadable } from "./unreadable-requests.ts";

const SECOND = 1_000;

/**
 * For `createServer`: how often Node looks for connections past their time. Without it a limit of 10 s
 * may take 40.
 */
export const SERVER_OPTIONS = { connectionsCheckingInterval: SECOND } as const;

/** Sets the limits on a server that the HTTP application is to answer for, and what is said beyond them. */
export function configureServer(server: Server): void {
  server.headersTimeout = 10 * SECOND;
  server.requestTimeout = 30 * SECOND;
  // Longer than a reverse proxy keeps its own end (nginx: 60 s), so that the proxy closes first.
  server.keepAliveTimeout = 65 * SECOND;
  server.maxHeadersCount = 64;
  refuseUnreadable(server);
}
