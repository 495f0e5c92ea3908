/** The end of the story that people go on with themselves: a wallet, and a counter, in their browser. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseClaimCode } from "../core/identifiers/claim-code.ts";
import { claimLink } from "../core/holding/claim-link.ts";
import { Problem } from "../core/problem.ts";
import { freePort } from "../main/free-port.ts";
import type { Narrator } from "./narrator.ts";
import { memberOf } from "./narrator.ts";

const ITEMS = join(import.meta.dirname, "..", "..", "catalogue", "service-items", "items.json");

interface Agency {
  readonly code: string;
  readonly name: string;
}

export interface PagesOrder {
  readonly narrator: Narrator;
  /** The story's, where its files are. */
  readonly folder: string;
  readonly agency: Agency;
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

/** @returns a link by which a citizen fetches one certificate into the wallet, once */
export async function linkFor(
  { narrator }: PagesOrder,
  { url, endpoint }: OpenedPages,
  place: { readonly root: string; readonly index: number },
): Promise<string> {
  const which = ["--root", place.root, "--index", String(place.index)];
  const { json } = await narrator.run("claim create", which);
  const code = parseClaimCode(memberOf(json, "code"));
  if (code === null) throw new Problem("INTERNAL", "a claim code that is none");
  return claimLink(url, new URL(endpoint).host, code);
}

/** @returns the key with which a clerk signs in */
export async function keyOfCounter(
  { narrator, folder }: PagesOrder,
  counter: { readonly name: string; readonly region: string },
): Promise<string> {
  const file = join(folder, "window.key");
  const who = [counter.name, "--role", "counter", "--region", counter.region];
  await narrator.run("client add", [...who, "--key", file]);
  return (await readFile(file, "utf8")).trim();
}
