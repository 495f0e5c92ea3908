/** What makes the pages an application: a manifest, icons, and the service worker with the list of their files. */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";
import { FRAME } from "../src/web/words/frame.ts";

const WORKER = "service-worker.js";
/** Read by src/http/pages/preloads.ts; no page needs it. */
const PRELOADS = "preloads.json";
const PAGE = /src\/web\/pages\/[^/]+\/[^/]+-page\.vue$/;
const MANIFEST = "manifest.webmanifest";
const PUBLIC = join(import.meta.dirname, "..", "src", "web", "public");
/** As --primary and --paper of src/web/styles/tokens.css. */
const COLOURS = { theme_color: "#1f4e79", background_color: "#f5f6f8" };

const LINKS: readonly HtmlTagDescriptor[] = [
  link({ rel: "icon", href: "/icon.svg", type: "image/svg+xml" }),
  link({ rel: "apple-touch-icon", href: "/icon-180.png" }),
  link({ rel: "manifest", href: `/${MANIFEST}` }),
];

export function installable(): Plugin {
  return {
    name: "liangzheng-installable",
    enforce: "post",
    config: () => ({
      build: {
        rolldownOptions: {
          input: {
            main: join(import.meta.dirname, "..", "src", "web", "index.html"),
            "service-worker": join(import.meta.dirname, "..", "src", "web", "service-worker.ts"),
          },
          output: {
            entryFileNames: ({ name }) =>
              name === "service-worker" ? WORKER : "assets/[name]-[hash].js",
          },
        },
      },
    }),
    transformIndexHtml: () => [...LINKS],
    generateBundle(_, bundle) {
      this.emitFile({ type: "asset", fileName: MANIFEST, source: JSON.stringify(manifest()) });
      this.emitFile({
        type: "asset",
        fileName: PRELOADS,
        source: JSON.stringify(preloads(bundle)),
      });
      const worker = bundle[WORKER];
      if (worker?.type !== "chunk") throw new Error(`${WORKER} was not built`);
      worker.code = withFiles(worker.code, bundle);
    },
  };
}

function link(attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: "link", attrs, injectTo: "head" };
}

/** Names with a hash say what is in them; the others are hashed in. */
function withFiles(code: string, bundle: Rolldown.OutputBundle): string {
  const files = Object.values(bundle).filter(({ fileName }) => fileName !== WORKER);
  const names = [...files.map(({ fileName }) => fileName), ...readdirSync(PUBLIC), MANIFEST];
  const addresses = new Set(names.filter((name) => name !== PRELOADS).map((name) => `/${name}`));
  const hash = createHash("sha256").update(code);
  for (const file of files) {
    hash.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
  }
  const version = hash.digest("hex").slice(0, 16);
  return code
    .replaceAll("__FILES__", JSON.stringify([...addresses].sort()))
    .replaceAll("__VERSION__", JSON.stringify(version));
}

/** What each page imports, but for what the document names itself. */
function preloads(bundle: Rolldown.OutputBundle): Record<string, string[]> {
  const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
  const importedBy = (name: string, found = new Set<string>()): Set<string> => {
    const chunk = found.has(name) ? undefined : chunks.find(({ fileName }) => fileName === name);
    found.add(name);
    for (const one of chunk?.imports ?? []) importedBy(one, found);
    return found;
  };
  const first = chunks.find(({ name, isEntry }) => isEntry && name === "main");
  const known = importedBy(first?.fileName ?? "");
  const pages = chunks.filter(({ facadeModuleId }) => PAGE.test(facadeModuleId ?? ""));
  return Object.fromEntries(
    pages.map(({ name, fileName }) => {
      const files = [...importedBy(fileName)].filter((one) => !known.has(one));
      return [name, files.map((one) => `/${one}`)];
    }),
  );
}

function manifest(): object {
  const png = { type: "image/png" };
  const shortcut = (name: string, url: string): object => ({ name, url });
  return {
    ...{ id: "/", start_url: "/", scope: "/", display: "standalone", lang: "zh-CN", dir: "ltr" },
    ...{ name: `${FRAME.brand.zh} ${FRAME.brand.en}`, short_name: FRAME.brand.zh },
    ...{ description: FRAME.brandLine.zh, categories: ["government", "utilities"], ...COLOURS },
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/icon-192.png", ...png, sizes: "192x192" },
      { src: "/icon-512.png", ...png, sizes: "512x512" },
      { src: "/icon-maskable-512.png", ...png, sizes: "512x512", purpose: "maskable" },
    ],
    shortcuts: [
      shortcut(FRAME.wallet.zh, "/"),
      shortcut(FRAME.counter.zh, "/counter"),
      shortcut(FRAME.overview.zh, "/overview"),
    ],
  };
}
