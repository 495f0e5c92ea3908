/** Serves the pages: built files at their addresses, and the one document at the address of every page. */
import { isServicePath } from "../../app/service-paths.ts";
import type { HttpContext, Middleware } from "../middleware/state.ts";
import type { PageFile, Pages, WalletEndpoint } from "./page-file.ts";
import { preloadsOf } from "./preloads.ts";

/** The addresses of src/web/routes.ts. */
const PAGE =
  /^\/(?:claim|q|counter|overview|settings|request|r|(?:certificates|show|delegate)\/[^/]+)?$/;
const DOCUMENT = "/index.html";

/**
 * Whatever is neither a page nor a file of theirs goes on. Nothing of a page comes from elsewhere, nothing inline
 * runs, and no other page may frame it (Content-Security-Policy Level 3).
 */
export function servePages({ files, endpoints }: Pages): Middleware {
  const headers = pageHeaders(endpoints);
  const preloads = preloadsOf(files);
  return (context, next) => {
    const isPage = PAGE.test(context.path);
    const isMissing = !isPage && isMistyped(context);
    const file = files.get(isPage || isMissing ? DOCUMENT : context.path);
    if (file === undefined || !["GET", "HEAD"].includes(context.method)) return next();
    context.set(headers);
    const [, part = ""] = context.path.split("/");
    const link = isPage ? (preloads.get(part) ?? "") : "";
    if (link !== "") context.set("Link", link);
    return send(context, file, isMissing ? 404 : 200);
  };
}

/** A person's browser wants HTML: it gets the pages' own 'there is no such page', and programs the problem. */
function isMistyped(context: HttpContext): boolean {
  const wantsPage = context.get("Accept").includes("text/html");
  return wantsPage && !context.path.includes(".") && !isServicePath(context.path);
}

function pageHeaders(endpoints: readonly WalletEndpoint[]): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    ["connect-src 'self'", ...endpoints.map(({ url }) => new URL(url).origin)].join(" "),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // src/web/trusted-urls.ts; and Vue's own, for markup that is in its templates.
    "require-trusted-types-for 'script'",
    "trusted-types default vue",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Permissions-Policy": "camera=(self), screen-wake-lock=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
  };
}

async function send(context: HttpContext, file: PageFile, status: 200 | 404): Promise<void> {
  const { isImmutable, entityTag, mediaType } = file;
  context.set("Cache-Control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
  context.set("ETag", entityTag);
  context.vary("Accept-Encoding");
  context.status = status;
  if (context.fresh) {
    context.status = 304;
    return;
  }
  const compressed = context.acceptsEncodings("br") === "br" ? await file.brotli() : null;
  if (compressed !== null) context.set("Content-Encoding", "br");
  context.type = mediaType;
  context.body = Buffer.from(compressed ?? file.body);
}
