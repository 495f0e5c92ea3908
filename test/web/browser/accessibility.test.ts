/** Everyone can use the pages: by axe-core, and by what it can't see. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { accessibilityFaults, expectAccessible } from "./support/accessible.ts";
import { goInside, openBrowser, settled, visit } from "./support/browser.ts";
import type { Visit, VisitOptions } from "./support/browser.ts";
import { EVERY_PAGE, WAYS } from "./support/every-page.ts";
import { cutTexts, movements, smallTargets, tooWide, walkByKeyboard } from "./support/everyone.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";
import { AGENCY_PLACE, CLAIM_LINK, routedAgency } from "./support/routed-agency.ts";
import { openWallet } from "./support/wallet.ts";

let world: PagesWorld;
let browser: Browser;
let visited: Visit;

beforeAll(async () => {
  world = await openPagesWorld({ endpoints: [AGENCY_PLACE] });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

async function begin(options: VisitOptions): Promise<Page> {
  visited = await visit(browser, `${world.url}/settings`, options);
  return visited.page;
}

/** A page that is loaded, whatever was there before. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(world.url + path);
  await settled(page);
}

async function expectGoodFor(page: Page): Promise<void> {
  await expectAccessible(page);
  expect(await smallTargets(page)).toEqual([]);
  expect(await tooWide(page)).toEqual([]);
  expect(await page.locator("h1").count()).toBe(1);
}

async function expectRoomFor(page: Page): Promise<void> {
  expect(await tooWide(page)).toEqual([]);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await settled(page);
  const faults = [await tooWide(page), await cutTexts(page), await movements(page)];
  expect(faults).toEqual([[], [], []]);
}

async function expectWayThrough(page: Page): Promise<void> {
  const stops = await walkByKeyboard(page);
  expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
  expect(stops[0]?.name).toBe("跳到正文");
  expect(stops.length).toBeGreaterThan(5);
}

interface Visitor {
  readonly options: VisitOptions;
  /** By an address, or by what is on the page before. */
  readonly come: (page: Page, path: string) => Promise<void>;
  readonly expectFit: (page: Page) => Promise<void>;
}

const VISITORS: Readonly<Record<string, Visitor>> = {
  ...Object.fromEntries(
    Object.entries(WAYS).map(([way, options]) => {
      return [way, { options, come: goInside, expectFit: expectGoodFor }];
    }),
  ),
  "with a narrow window, large type and no wish for movement": {
    options: {
      ...{ window: "narrow", settings: { language: "en" } },
      context: { reducedMotion: "reduce" },
    },
    come: open,
    expectFit: expectRoomFor,
  },
  "with a keyboard": { options: { window: "tablet" }, come: open, expectFit: expectWayThrough },
};

describe("everyone", () => {
  const visits = new Map<string, Visit>();

  beforeAll(() =>
    everyone(async (name, { options }) => {
      visits.set(name, await visit(browser, `${world.url}/settings`, options));
    }),
  );
  afterAll(() => everyone(async (name) => visits.get(name)?.close()));

  test.each(EVERY_PAGE)("can use %s", (path) =>
    everyone(async (name, { come, expectFit }) => {
      const { page } = visits.get(name) as Visit;
      await come(page, path);
      await expectFit(page);
    }),
  );

  test("can use the wallet with a certificate in it, and the code that is shown", () =>
    everyone(async (name) => {
      if (name in WAYS) await useWallet(visits.get(name) as Visit);
    }));

  test("has met no error", () =>
    everyone(async (name) => expect(visits.get(name)?.faults).toEqual([])));
});

/** All at a time. @throws with what failed for whom, once all are done */
async function everyone(act: (name: string, visitor: Visitor) => Promise<unknown>): Promise<void> {
  const ends = await Promise.allSettled(
    Object.entries(VISITORS).map(async ([name, visitor]) => {
      await act(name, visitor).catch((error: unknown) => {
        throw new Error(`a visitor ${name}: ${(error as Error).message}`, { cause: error });
      });
    }),
  );
  const faults = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as Error] : []));
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join("\n\n"));
}

async function useWallet({ page, context }: Visit): Promise<void> {
  await routedAgency(world).serve(context);
  await open(page, CLAIM_LINK);
  await page.locator("button.main").click();
  await openWallet(page);
  await page.locator("main a.button[href='/']").waitFor();
  await expectGoodFor(page);
  await goInside(page, "/");
  await expectGoodFor(page);
  const link = page.locator("main a[href^='/certificates/']").first();
  const id = (await link.getAttribute("href"))?.split("/").at(-1) ?? "";
  for (const path of [`/certificates/${id}`, `/delegate/${id}`, `/show/${id}`]) {
    await goInside(page, path);
    await expectGoodFor(page);
  }
  await page.locator("main button.main").last().click();
  await page.locator("main canvas").waitFor();
  await expectGoodFor(page);
}

describe("the checks", () => {
  beforeAll(() => begin({}));
  afterAll(() => visited.close());

  test("find what they are for: no name, a small target, too wide, cut, moving, an unseen focus", async () => {
    const { page } = visited;
    await open(page, "/settings");
    await page.evaluate(spoil);
    const faults = await accessibilityFaults(page);
    expect(faults.filter((fault) => fault.startsWith("button-name"))).toHaveLength(1);
    expect(await smallTargets(page)).toHaveLength(1);
    expect(await tooWide(page)).not.toEqual([]);
    expect(await cutTexts(page)).toHaveLength(1);
    expect(await movements(page)).toHaveLength(1);
    const stops = await walkByKeyboard(page);
    expect(stops.filter(({ isSeen }) => !isSeen)).toHaveLength(1);
  });
});

/** In the page: one of each thing that must not be. */
function spoil(): void {
  const main = document.querySelector("main");
  const button = document.createElement("button");
  Object.assign(button.style, { minWidth: "20px", width: "20px", padding: "0", outline: "none" });
  const cut = document.createElement("p");
  cut.textContent = "0".repeat(200);
  Object.assign(cut.style, {
    width: "100px",
    overflow: "hidden",
    whiteSpace: "nowrap",
    overflowWrap: "normal",
  });
  const wide = document.createElement("p");
  wide.textContent = "0";
  wide.style.width = "150vw";
  main?.append(button, cut, wide);
  cut.animate({ opacity: [0.5, 1] }, { duration: 60_000 });
}

describe("a visitor in elder mode with a keyboard", () => {
  beforeAll(() => begin({ settings: { isElder: true } }));
  afterAll(() => visited.close());

  test.each(["/settings", "/overview"])(
    "sees on %s what has the focus, beside the help that stays",
    async (path) => {
      const { page } = visited;
      await open(page, path);
      const stops = await walkByKeyboard(page);
      expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    },
  );
});

describe("a visitor with a keyboard", () => {
  beforeAll(() => begin({ window: "tablet" }));
  afterAll(() => visited.close());

  test("skips what is the same on every page", async () => {
    const { page } = visited;
    await open(page, "/settings");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
  });

  test("is at the new page's heading, under its title, after choosing it", async () => {
    const { page } = visited;
    await open(page, "/settings");
    await page.getByRole("link", { name: "公开目录" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    expect(await page.title()).toBe("公开目录 · 亮证");
  });
});
