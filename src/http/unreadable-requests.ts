/** What is no request that can be read never comes to the application: it is refused here, in the same words. */
import type { Server, ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { ProblemCode } from "../core/problem-codes.ts";
import { PROBLEMS } from "../core/problem-codes.ts";
import { Problem } from "../core/problem.ts";
import { HEADERS } from "./middleware/security-headers.ts";
import { PROBLEM_MEDIA_TYPE, problemDocument } from "./problem-document.ts";

/** The language that is asked for may be in what could not be read. */
const LANGUAGE = "zh-CN";

export function refuseUnreadable(server: Server): void {
  /** What is still to be answered on a connection; more than one where requests came before earlier answers. */
  const open = new WeakMap<Duplex, readonly ServerResponse[]>();
  server.on("request", ({ socket }, response) => {
    const others = open.get(socket)?.filter(({ writableEnded }) => !writableEnded) ?? [];
    open.set(socket, [...others, response]);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    const code = codeOf(error);
    // Nothing may be written into an answer that was begun.
    const isInAnswer = open.get(socket)?.some(isHalf) ?? false;
    if (code === null || isInAnswer || !socket.writable) socket.destroy();
    else socket.end(refusal(new Problem(code, error.message)), () => socket.destroy());
  });
}

function isHalf({ headersSent, writableEnded }: ServerResponse): boolean {
  return headersSent && !writableEnded;
}

/** Null where the connection itself failed, so that nobody reads an answer. */
function codeOf({ code = "" }: NodeJS.ErrnoException): ProblemCode | null {
  if (code === "HPE_HEADER_OVERFLOW") return "HEADERS_TOO_LARGE";
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return "REQUEST_TOO_SLOW";
  return code.startsWith("HPE_") ? "HTTP_MALFORMED" : null;
}

function refusal(problem: Problem): string {
  const requestId = crypto.randomUUID();
  const { status } = PROBLEMS[problem.code];
  const body = JSON.stringify(problemDocument(problem, requestId, LANGUAGE));
  const headers = [
    ["Content-Type", PROBLEM_MEDIA_TYPE],
    ["Content-Length", String(Buffer.byteLength(body))],
    ["Content-Language", LANGUAGE],
    ["X-Request-Id", requestId],
    ...HEADERS,
    ["Connection", "close"],
  ];
  const lines = headers.map(([name = "", value = ""]) => `${name}: ${value}`);
  const first = `HTTP/1.1 ${String(status)} ${String(STATUS_CODES[status])}`;
  return [first, ...lines, "", body].join("\r\n");
}
