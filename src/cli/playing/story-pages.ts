/** The end of the story that people go on with themselves: a wallet, and a counter, in their browser. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseClaimCode } from "../../core/identifiers/claim-code.ts";
import { claimLink } from "../../core/holding/claim-link.ts";
import { Problem } from "../../core/problem.ts";
import { freePort } from "../../main/free-port.ts";
import type { Narrator } from "./narrator.ts";
import { memberOf } from "./narrator.ts";

/** Whose certificate waits to be fetched by whoever reads the story. */
const READER = 43;
const COUNTER_NAME = "海口市政务服务中心1号窗口";
const ITEMS = join(
  import.meta.dirname,
  "..",
  "..",
  "..",
  "catalogue",
  "service-items",
  "items.json",
);

interface Agency {
  readonly code: string;
  readonly name: string;
}

export interface PagesOrder {
  readonly narrator: Narrator;
  /** The story's, where its files are. */
  readonly folder: string;
  readonly agency: Agency;
  /** The region of the counter. */
  readonly counter: string;
  readonly maxAgeSeconds: number;
}

export interface OpenedPages {
  /** Of the wallet, and of all other pages. */
  readonly url: string;
  /** The settings of the service that serves them. */
  readonly config: string;
  /** Where the agency's endpoint answers. */
  readonly endpoint: string;
}

/** Starts the agency's endpoint, and writes the settings of a service whose wallet may call it. */
export async function openEndpoint(order: PagesOrder): Promise<OpenedPages> {
  const { narrator, folder, agency, maxAgeSeconds } = order;
  const port = await freePort();
  const url = `http://localhost:${String(port)}`;
  const key = join(folder, "home", "keys", `document-${agency.code}.key`);
  await narrator.run("key new", ["--out", key]);
  await narrator.run("agency document-key add", [agency.code, "--public-key", key]);
  const serving = ["--agency", agency.code, "--wallet", url, "--port", "0"];
  const { json } = await narrator.start("serve", serving);
  const endpoint = memberOf(json, "endpoint");
  const config = join(folder, "verifier.json");
  const settings = {
    listen: { port },
    publicHost: `localhost:${String(port)}`,
    chain: { maxAgeSeconds, pollMilliseconds: 250 },
    serviceItems: ITEMS,
    pages: { endpoints: [{ agency: agency.code, name: agency.name, url: endpoint }] },
  };
  await writeFile(config, `${JSON.stringify(settings, null, 2)}\n`);
  return { url, config, endpoint };
}

/** @param root of the batch that holds the reader's certificate */
export async function sayWhereToGo(
  order: PagesOrder,
  pages: OpenedPages,
  root: string,
): Promise<void> {
  const { narrator } = order;
  const link = await linkFor(narrator, pages, root);
  const key = await keyOfCounter(order);
  narrator.note(`我的证照 wallet      ${link}`);
  narrator.note(`窗口核验 counter     ${pages.url}/counter`);
  narrator.note(`窗口密钥 sign in by  ${key}`);
  narrator.note(`公开目录 directory   ${pages.url}/overview`);
}

/** @returns a link by which a citizen fetches one certificate into the wallet, once */
async function linkFor(
  narrator: Narrator,
  { url, endpoint }: OpenedPages,
  root: string,
): Promise<string> {
  const which = ["--root", root, "--index", String(READER)];
  const { json } = await narrator.run("claim create", which);
  const code = parseClaimCode(memberOf(json, "code"));
  if (code === null) throw new Problem("INTERNAL", "a claim code that is none");
  return claimLink(url, new URL(endpoint).host, code);
}

/** @returns the key with which a clerk signs in */
async function keyOfCounter({ narrator, folder, counter }: PagesOrder): Promise<string> {
  const file = join(folder, "window.key");
  const who = [COUNTER_NAME, "--role", "counter", "--region", counter];
  await narrator.run("client add", [...who, "--key", file]);
  return (await readFile(file, "utf8")).trim();
}
