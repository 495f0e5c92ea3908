/**
 * Measures the pages in a real Chromium, and prints its rows as one line of JSON. Started by bench/pages.ts.
 *
 *     node bench/web/measure.ts '{"isQuick": true}'
 */
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { readPages } from "../../src/adapters/pages/read-pages.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import { packTrust } from "../../src/core/trust-pack/pack.ts";
import { signPack } from "../../src/core/trust-pack/trust-pack.ts";
import type { PageFile } from "../../src/http/pages/page-file.ts";
import { certificateAt, issueBatch } from "../../test/support/certificate-batch.ts";
import { SIGNER } from "../../test/support/http-app.ts";
import { HANGZHOU, sanyaDocumentKey } from "../../test/support/ledger-story.ts";
import { bearerWire, bindingFor, proofOf, signedWire } from "../../test/support/present.ts";
import { holder } from "../../test/support/usual-case.ts";
import { accessibilityFaults } from "../../test/web/browser/support/accessible.ts";
import { openBrowser, settled, visit } from "../../test/web/browser/support/browser.ts";
import { builtPages } from "../../test/web/browser/support/built-pages.ts";
import { EVERY_PAGE, WAYS } from "../../test/web/browser/support/every-page.ts";
import { openPagesWorld } from "../../test/web/browser/support/pages-world.ts";
import type { PagesWorld } from "../../test/web/browser/support/pages-world.ts";
import {
  SLOW_3G,
  throttleNetwork,
  throttleProcessor,
} from "../../test/web/browser/support/throttling.ts";
import { atMost, standsAlone } from "../report.ts";
import type { Row } from "../report.ts";
import { viewOf } from "../trust-pack-rows.ts";
import type * as PageWork from "./page-work.ts";
import type { LoadedPack, Shown } from "./page-work.ts";

interface Order {
  /** A glance: fewer rounds, a smaller pack, and no walk through every page. */
  readonly isQuick: boolean;
}

const WORK = "/bench-page-work.js";
const PACK = "/bench-trust-pack";
const LIMITS = { scriptBytes: 150_000, usableMs: 5_000, renewalMs: 100 };
/** What a citizen, somebody with a code and a clerk open first. */
const FIRST_PAGES = ["/", "/q", "/counter"] as const;
const SLOWER = 4;
/** A tree of twelve levels, as a batch has that is issued by default. */
const BATCH = 4_096;
const BATCHES = 10_000;
/** What takes longer is not waited for. */
const PATIENCE_MS = 60_000;

async function measure({ isQuick }: Order): Promise<Row[]> {
  const files = new Map([...(await readPages(builtPages())), [WORK, await builtWork()]]);
  files.set(PACK, await trustPack(isQuick ? BATCHES / 100 : BATCHES));
  const world = await openPagesWorld({ files });
  const browser = await openBrowser();
  try {
    return [
      ...(await firstLoadRows(browser, world)),
      ...(await slowNetworkRows(browser, world, isQuick ? 1 : 5)),
      ...(await workRows(browser, world, isQuick)),
      await axeRow(browser, world, isQuick),
    ];
  } finally {
    await browser.close();
    await world.close();
  }
}

async function builtWork(): Promise<PageFile> {
  const entry = join(import.meta.dirname, "page-work.ts");
  const built = await build({
    ...{ configFile: false, logLevel: "error" },
    build: {
      ...{ write: false, target: "es2022", lib: { entry, formats: ["es"], fileName: "work" } },
      rolldownOptions: {
        external: ["virtual:traditional-words"],
        output: { codeSplitting: false },
        checks: { bundlerTimings: false },
      },
    },
  });
  const [first] = [built].flat();
  if (first === undefined || !("output" in first)) throw new Error("nothing was built");
  return fileOf(Buffer.from(first.output[0].code), "text/javascript");
}

function fileOf(body: Uint8Array, mediaType: string): PageFile {
  return {
    body,
    mediaType,
    brotli: () => Promise.resolve(null),
    entityTag: '"bench"',
    isImmutable: false,
  };
}

/** 40,000,000 certificates, of which one in a hundred was revoked, each by itself. */
async function trustPack(batches: number): Promise<PageFile> {
  const view = viewOf(batches, "one by one");
  const all = { region: null, type: null, batch: null };
  const { head, content } = packTrust(view, all, null, await loadPrimitives());
  return fileOf(signPack(SIGNER, head, content), "application/octet-stream");
}

async function firstLoadRows(browser: Browser, world: PagesWorld): Promise<Row[]> {
  const rows: Row[] = [];
  for (const path of FIRST_PAGES) {
    const { page, close } = await visit(browser, world.url + path);
    await settled(page);
    const bytes = await page.evaluate(scriptBytes);
    const limit = atMost(bytes / 1000, LIMITS.scriptBytes / 1000, "kB");
    rows.push({ ...standsAlone, name: `first load of ${path}: compressed script`, ...limit });
    await close();
  }
  return rows;
}

/** Runs in the page. @returns what its scripts took on the way, but for the scanner's */
function scriptBytes(): number {
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const scripts = entries.filter(
    ({ name }) => name.endsWith(".js") && !/code-reader|zxing/.test(name),
  );
  return scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
}

/** With a phone that is four times slower than this machine; the best of some visits, since the machine has other work. */
async function slowNetworkRows(
  browser: Browser,
  world: PagesWorld,
  visits: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const path of FIRST_PAGES) {
    const taken: number[] = [];
    for (let i = 0; i < visits; i++) taken.push(await usableAfter(browser, world.url, path));
    const limit = atMost(Math.min(...taken), LIMITS.usableMs, "ms");
    rows.push({ ...standsAlone, name: `${path} usable on slow 3G, processor ÷ 4`, ...limit });
  }
  return rows;
}

/** A first visit. @returns milliseconds until the heading is there and something to touch */
async function usableAfter(browser: Browser, url: string, path: string): Promise<number> {
  const { page, close } = await visit(browser, `${url}/v1/pages`);
  await throttleNetwork(page, SLOW_3G);
  await throttleProcessor(page, SLOWER);
  const begun = performance.now();
  await page.goto(url + path, { waitUntil: "commit", timeout: PATIENCE_MS });
  await page.locator("main h1").first().waitFor({ timeout: PATIENCE_MS });
  await page.locator("main :is(a, button, input)").first().waitFor({ timeout: PATIENCE_MS });
  const taken = performance.now() - begun;
  await close();
  return taken;
}

async function workRows(browser: Browser, world: PagesWorld, isQuick: boolean): Promise<Row[]> {
  const { page, close } = await visit(browser, `${world.url}/settings`);
  const pack = await page.evaluate(loadPackIn, [WORK, PACK] as const);
  const codes = { printed: [printedCode(world)], signed: [signedCode(world)] };
  const rows: Row[] = [
    figure(`trust pack of ${String(pack.batches)} batches: size`, pack.bytes / 1e6, "MB"),
    figure(
      `trust pack of ${String(pack.batches)} batches: checked and loaded`,
      pack.milliseconds,
      "ms",
    ),
  ];
  for (const [kind, texts] of Object.entries(codes)) {
    const told = [WORK, texts, HANGZHOU.region, isQuick ? 500 : 3_000] as const;
    rows.push(
      figure(
        `verifications in the page, ${kind} code`,
        await page.evaluate(judgeIn, told),
        "per s",
      ),
    );
  }
  await throttleProcessor(page, SLOWER);
  const taken = await page.evaluate(renewIn, [WORK, shown(world), isQuick ? 5 : 30] as const);
  const slowest = [...taken].sort((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? Infinity;
  const limit = atMost(slowest, LIMITS.renewalMs, "ms");
  rows.push({ ...standsAlone, name: "code renewed, processor ÷ 4, 95 of 100 within", ...limit });
  await close();
  return rows;
}

type Work = typeof PageWork;

async function loadPackIn([work, pack]: readonly [string, string]): Promise<LoadedPack> {
  return ((await import(work)) as Work).loadPack(pack);
}

type Judging = readonly [work: string, codes: readonly string[], region: string, forMs: number];

async function judgeIn([work, codes, region, forMs]: Judging): Promise<number> {
  return ((await import(work)) as Work).judgements(codes, region, forMs);
}

async function renewIn([work, certificate, times]: readonly [string, Shown, number]): Promise<
  number[]
> {
  return ((await import(work)) as Work).renewals(certificate, times);
}

function printedCode({ primitives, bearer }: PagesWorld): string {
  return toQrText(bearerWire(proofOf(primitives, bearer)));
}

function signedCode({ primitives, keyed }: PagesWorld): string {
  const issuedAt = Math.floor(Date.now() / 1000);
  const times = { issuedAt, expiresAt: issuedAt + 300 };
  return toQrText(signedWire(proofOf(primitives, keyed), holder, times));
}

/** All claims of a certificate of a large batch, bound to its holder's key by a binding: the longest code there is. */
function shown({ primitives }: PagesWorld): Shown {
  const certificate = certificateAt(issueBatch(primitives, { size: BATCH, seed: "bench" }), 0);
  const binding = bindingFor(certificate, holder, sanyaDocumentKey);
  return { certificate: certificateToJson(certificate), binding: [...binding] };
}

async function axeRow(browser: Browser, world: PagesWorld, isQuick: boolean): Promise<Row> {
  let [faults, pages] = [0, 0];
  for (const options of Object.values(WAYS).slice(0, isQuick ? 1 : undefined)) {
    const { page, close } = await visit(browser, `${world.url}/settings`, options);
    for (const path of EVERY_PAGE) {
      await page.goto(world.url + path);
      await settled(page);
      faults += (await accessibilityFaults(page)).length;
      pages++;
    }
    await close();
  }
  const name = `breaches of WCAG 2.2 AA that axe-core finds, ${String(pages)} pages`;
  return { ...standsAlone, name, ...atMost(faults, 0, "breaches") };
}

function figure(name: string, value: number, unit: string): Row {
  return { ...standsAlone, name, value, unit };
}

const rows = await measure(JSON.parse(process.argv[2] ?? "{}") as Order);
process.stdout.write(`${JSON.stringify(rows)}\n`);
