/** Answers what a route said: in the caller's language, and with no more bytes than it needs. */
import compress from "koa-compress";
import { Content, ForPeople } from "./content.ts";
import { entityTag, versionOf } from "./entity-tag.ts";
import { jsonBytes } from "./json-bytes.ts";
import type { AnswerLanguage } from "./language.ts";
import { localised, preferredLanguage } from "./language.ts";
import type { HttpContext } from "./middleware/state.ts";
import { handled } from "./repeat.ts";
import type { RoutedService } from "./http-service.ts";
import type { Call, Route } from "./route.ts";

const JSON_TYPE = "application/json; charset=utf-8";
const HTML_TYPE = "text/html; charset=utf-8";

/** Public lists alone are compressed, so that no length tells of a secret (BREACH). */
const compressed = compress({
  filter: () => true,
  threshold: 1024,
  encodingPreference: ["gzip"],
  br: false,
  deflate: false,
  zstd: false,
});

/** @param check is told what is answered. */
export function answerCall<S extends RoutedService>(
  context: HttpContext,
  route: Route<S>,
  call: Call<unknown, unknown, S>,
  check: (value: unknown) => void,
): Promise<void> {
  if (route.caching === undefined) return sendAnswer(context, route, call, check);
  const send = (): Promise<void> => sendCacheable(context, route, call, check);
  return compressed(context, send) as Promise<void>;
}

/** May be kept, and is asked after each time. */
async function sendCacheable<S extends RoutedService>(
  context: HttpContext,
  route: Route<S>,
  call: Call<unknown, unknown, S>,
  check: (value: unknown) => void,
): Promise<void> {
  context.vary("Accept");
  context.vary("Accept-Language");
  context.set("Cache-Control", "no-cache");
  const version = versionOf(route, call.service);
  const { path, querystring } = context;
  const language = preferredLanguage(context);
  const accepted = context.accepts("json", "html");
  if (version !== null) {
    context.set("ETag", entityTag([...version, path, querystring, language, accepted]));
    if (isKnown(context)) return;
  }
  await sendAnswer(context, route, call, check);
}

/**
 * 304 where the caller has just that already. That it wants nothing from a cache (Cache-Control: no-cache, which
 * the platform's fetch sends by itself) is no matter here: this is where the answer comes from.
 */
function isKnown(context: HttpContext): boolean {
  const known = context.get("If-None-Match").split(",");
  const tag = context.response.get("ETag");
  if (!known.some((one) => one.trim() === tag)) return false;
  context.status = 304;
  return true;
}

/** What depends on nothing but what it says is recognised by that. */
function isKnownBody(context: HttpContext, language: AnswerLanguage, body: Buffer): boolean {
  context.set("ETag", entityTag([language, body.toString()]));
  return isKnown(context);
}

async function sendAnswer<S extends RoutedService>(
  context: HttpContext,
  route: Route<S>,
  call: Call<unknown, unknown, S>,
  check: (value: unknown) => void,
): Promise<void> {
  const value = await handled(context, route, call);
  if (value instanceof Content) {
    sendContent(context, value);
    return;
  }
  const language = preferredLanguage(context);
  varyByLanguage(context);
  if (value instanceof ForPeople && context.accepts("json", "html") === "html") {
    send(context, language, HTML_TYPE, Buffer.from(value.html(language)));
  } else {
    const json = value instanceof ForPeople ? value.json : value;
    check(json);
    const body = jsonBytes(localised(language, json) as object);
    if (route.caching === "content" && isKnownBody(context, language, body)) return;
    send(context, language, JSON_TYPE, body);
  }
}

/** What may be cached says so already, with what else it depends on. */
function varyByLanguage({ res }: HttpContext): void {
  if (!res.hasHeader("Vary")) res.setHeader("Vary", "Accept-Language");
}

function sendContent(context: HttpContext, { mediaType, body, entity }: Content): void {
  context.set("ETag", entityTag([entity]));
  if (isKnown(context)) return;
  context.status = 200;
  context.set("Content-Type", mediaType);
  context.body = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function send(
  context: HttpContext,
  language: AnswerLanguage,
  mediaType: string,
  body: Buffer,
): void {
  context.status = 200;
  context.res.setHeader("Content-Type", mediaType);
  context.res.setHeader("Content-Language", language);
  context.body = body;
}
