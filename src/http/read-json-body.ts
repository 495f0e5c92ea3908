/** Reads a request's body: bounded, uncompressed, UTF-8, JSON, and nothing else. */
import type { Context } from "koa";
import getRawBody from "raw-body";
import { Problem } from "../core/problem.ts";
import { describeJsonPlace } from "./json-place.ts";

/** @throws Problem MEDIA_TYPE, BODY_TOO_LARGE, or BODY_MALFORMED with the place. */
export async function readJsonBody(context: Context, bodyBytes: number): Promise<unknown> {
  requireJson(context);
  return parseJson(decodeText(await readBytes(context, bodyBytes)));
}

/** As nearly every caller says it; whatever else means the same has to be taken apart. */
const USUAL_TYPES: readonly unknown[] = ["application/json", "application/json; charset=utf-8"];

function requireJson(context: Context): void {
  const { "content-type": usual, "content-encoding": coding } = context.headers;
  if (coding === undefined && USUAL_TYPES.includes(usual)) return;
  const { type, charset } = context.request;
  const encoding = context.get("Content-Encoding") || "identity";
  if (type.trim().toLowerCase() !== "application/json") {
    throw new Problem("MEDIA_TYPE", "Content-Type: application/json expected");
  }
  if (!/^(?:|utf-?8)$/i.test(charset)) {
    throw new Problem("MEDIA_TYPE", "Content-Type: charset utf-8 expected");
  }
  if (encoding.toLowerCase() !== "identity") {
    throw new Problem("MEDIA_TYPE", "Content-Encoding: send the body uncompressed");
  }
}

async function readBytes(context: Context, limit: number): Promise<Buffer> {
  try {
    return await getRawBody(context.req, { length: context.get("Content-Length") || null, limit });
  } catch (error) {
    // What is still to come is let run out (no longer than the server's requestTimeout), so that the
    // caller can read the answer.
    context.req.resume();
    throw bodyProblem(error, limit);
  }
}

function bodyProblem(error: unknown, limit: number): Problem {
  if ((error as getRawBody.RawBodyError).type === "entity.too.large") {
    return new Problem("BODY_TOO_LARGE", `body: more than ${String(limit)} bytes`);
  }
  return new Problem("BODY_MALFORMED", "body: the connection broke off before its end");
}

/** Of whole texts alone, so that one serves all. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

function decodeText(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem("BODY_MALFORMED", "body: not UTF-8");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const place = describeJsonPlace(text, (error as Error).message);
    throw new Problem("BODY_MALFORMED", `body: not JSON at ${place}`);
  }
}
