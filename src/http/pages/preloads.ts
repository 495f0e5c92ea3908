/** What a page will ask for as soon as its first script runs, told with the document: a slow network saves a round. */
import type { PageFiles } from "./page-file.ts";

/** Made by vite/installable.ts: the files of each page in src/web/pages, by its name. */
const LIST = "/preloads.json";

/** The pages of src/web/routes.ts by the first part of their addresses. */
const PAGE_AT: Readonly<Record<string, string>> = {
  "": "wallet-page",
  claim: "claim-page",
  certificates: "certificate-page",
  show: "showing-page",
  request: "request-page",
  r: "request-page",
  delegate: "delegate-page",
  counter: "counter-page",
  q: "quick-check-page",
  overview: "overview-page",
  settings: "settings-page",
};

/** @returns the `Link` header (RFC 8288) by the first part of a page's address; none where the build made no list */
export function preloadsOf(files: PageFiles): ReadonlyMap<string, string> {
  const list = files.get(LIST);
  if (list === undefined) return new Map();
  const pages = JSON.parse(Buffer.from(list.body).toString()) as Record<string, readonly string[]>;
  return new Map(Object.entries(PAGE_AT).map(([part, page]) => [part, linkTo(pages[page] ?? [])]));
}

function linkTo(scripts: readonly string[]): string {
  return scripts.map((script) => `<${script}>; rel="modulepreload"`).join(", ");
}
