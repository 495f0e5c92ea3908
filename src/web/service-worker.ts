/**
 * Keeps the pages on the device, so that they open without a network after the first visit. It keeps files of the
 * pages alone: what the service answers (/v1/…) is never kept, and never answered from here.
 */
import { isServicePath } from "../app/service-paths.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put in when the pages are built (vite/installable.ts): all their files, and a hash of those. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

const DOCUMENT = "/index.html";
const PREFIX = "pages-";
const FILES: ReadonlySet<string> = new Set(__FILES__);
const KEPT = PREFIX + __VERSION__;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll([...FILES])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

/** An open page goes on with the files it began with, until its visitor wants the new ones. */
self.addEventListener("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (isServicePath(pathname)) return;
  if (FILES.has(pathname)) event.respondWith(fromKept(pathname, request));
  else if (request.mode === "navigate" && !pathname.includes(".")) {
    event.respondWith(fromKept(DOCUMENT, request));
    event.waitUntil(renewDocument().catch(() => undefined));
  }
});

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== KEPT);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function fromKept(path: string, request: Request): Promise<Response> {
  const kept = await caches.match(path, { cacheName: KEPT });
  return kept ?? fetch(request);
}

/**
 * The document's headers say which agencies the pages may talk to, and that can change while the pages don't. One
 * of another version is left to the next worker, who has its files.
 */
async function renewDocument(): Promise<void> {
  const [kept, fresh] = [await caches.match(DOCUMENT, { cacheName: KEPT }), await fetch(DOCUMENT)];
  if (kept === undefined || !fresh.ok) return;
  if ((await kept.text()) !== (await fresh.clone().text())) return;
  await (await caches.open(KEPT)).put(DOCUMENT, fresh);
}
