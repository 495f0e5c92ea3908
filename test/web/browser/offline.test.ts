/** The pages as an application: kept on the device after the first visit, renewed when the visitor wants it. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readPages } from "../../../src/adapters/pages/read-pages.ts";
import type { Browser, Page } from "playwright-core";
import type { PageFile } from "../../../src/http/pages/page-file.ts";
import { openBrowser, settled, visit } from "./support/browser.ts";
import type { Visit } from "./support/browser.ts";
import { builtPages } from "./support/built-pages.ts";
import { EVERY_PAGE } from "./support/every-page.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";

const WORKER = "/service-worker.js";

let files: Map<string, PageFile>;
let world: PagesWorld;
let browser: Browser;
let visited: Visit;

beforeAll(async () => {
  files = new Map(await readPages(builtPages()));
  world = await openPagesWorld({ files });
  browser = await openBrowser();
  visited = await visit(browser, `${world.url}/settings`, { worker: "yes" });
  await kept(visited.page);
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

/** Waits until the pages are on the device. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

describe("without a network, after one visit", () => {
  beforeAll(() => world.unplug());
  afterAll(() => world.plugIn());

  test.each(EVERY_PAGE)("%s opens", async (path) => {
    const { page } = visited;
    await page.goto(world.url + path);
    await settled(page);
    expect(await page.locator("main h1").count()).toBe(1);
  });

  test("a person can still be called, and the settings say that the pages are kept", async () => {
    const { page } = visited;
    await page.goto(`${world.url}/settings`);
    await settled(page);
    expect(await page.locator("a[href='tel:12345']").count()).toBe(1);
    expect(await page.getByText("可以：页面已保存在本设备").count()).toBe(1);
  });

  test("the service's answers are not made up", async () => {
    const asked = visited.page.evaluate(() => fetch("/v1/pages"));
    await expect(asked).rejects.toThrow("Failed to fetch");
  });
});

describe("what is kept", () => {
  test("is files of the pages, and nothing that the service answered", async () => {
    const { page } = visited;
    await page.goto(`${world.url}/overview`);
    await settled(page);
    const addresses = await page.evaluate(async () => {
      const all = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      return (await Promise.all(all.map((cache) => cache.keys()))).flat().map(({ url }) => url);
    });
    const paths = addresses.map((address) => new URL(address).pathname);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !files.has(path))).toEqual([]);
  });

  test("can be put on the home screen", async () => {
    const session = await visited.context.newCDPSession(visited.page);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    // A private window can't; nothing else is missing.
    const others = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
    expect(others).toEqual([]);
  });
});

describe("newer pages", () => {
  test("wait until the visitor takes them, and are there then", async () => {
    const { page } = visited;
    const worker = files.get(WORKER) as PageFile;
    const newer = Buffer.from(worker.body)
      .toString()
      .replace(/"[0-9a-f]{16}"|`[0-9a-f]{16}`/, '"newer"');
    files.set(WORKER, {
      ...worker,
      body: Buffer.from(newer),
      brotli: () => Promise.resolve(null),
      entityTag: '"newer"',
    });
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.getByText("页面有新版本").waitFor();
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2);
    const loaded = page.waitForEvent("load");
    await page.getByRole("button", { name: "现在更新" }).click();
    await loaded;
    await expectKept(page, ["pages-newer"]);
  });

  test("of the service's settings alone come with the next visit", async () => {
    const { page } = visited;
    const [agency, name] = ["11460000MB1A00001P", "海南省证照样例局"];
    world.change({ endpoints: [{ agency, name, url: "https://wallet.example.gov.cn" }] });
    await page.goto(`${world.url}/settings`);
    await page.waitForFunction(async () => {
      const document = await (await caches.open("pages-newer")).match("/index.html");
      const policy = document?.headers.get("content-security-policy") ?? "";
      return policy.includes("connect-src 'self' https://wallet.example.gov.cn");
    });
  });
});

async function expectKept(page: Page, names: readonly string[]): Promise<void> {
  await page.waitForFunction(
    async (wanted) => (await caches.keys()).join() === wanted.join(),
    names,
  );
  expect(await page.evaluate(() => caches.keys())).toEqual(names);
}
