/** Debian's Chromium as a person has it: a window of some size, a language, and what they have set. */
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { Settings } from "../../../../src/web/settings/settings.ts";
import type { FakeCamera } from "./fake-camera.ts";
import { installChromium } from "./debian-packages.ts";

const QUIET = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** How many times as long as a person the pages of tests wait for the service. */
export const PATIENCE = 20;

/** A window's width and height in CSS pixels. */
export const WINDOWS = {
  narrow: { width: 320, height: 640 },
  phone: { width: 360, height: 740 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
} as const;

export interface BrowserOptions {
  /** What getUserMedia gives; without one there is no camera. */
  readonly camera?: FakeCamera;
  readonly args?: readonly string[];
}

/** One for each test file; close it at the end. */
export function openBrowser({ camera, args = [] }: BrowserOptions = {}): Promise<Browser> {
  const filming =
    camera === undefined
      ? []
      : ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${camera.file}`];
  return chromium.launch({
    ...{ executablePath: installChromium(), headless: true },
    args: [...QUIET, ...filming, ...args],
  });
}

export interface VisitOptions {
  readonly window?: keyof typeof WINDOWS;
  /** What the visitor has set before: language, isElder, theme … Without language: zh-CN. */
  readonly settings?: Partial<Settings>;
  /** Whether the camera may be used without asking; "no" refuses it. */
  readonly camera?: "yes" | "no";
  /** Whether the service worker may be there; without it every page comes from the service. */
  readonly worker?: "yes" | "no";
  readonly context?: BrowserContextOptions;
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong in the page: exceptions, errors of the console, breaches of the Content-Security-Policy. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

/** A visitor of their own: nothing is shared with others. @param url the address where they begin */
export async function visit(
  browser: Browser,
  url: string,
  {
    window = "phone",
    settings = {},
    camera = "no",
    worker = "no",
    context: more,
  }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    ...{ viewport: WINDOWS[window], locale: "zh-CN", timezoneId: "Asia/Shanghai" },
    permissions: camera === "yes" ? ["camera"] : [],
    serviceWorkers: worker === "yes" ? "allow" : "block",
    ...more,
  });
  await context.addInitScript(keepSettings, { language: "zh-CN", ...settings });
  await context.addInitScript(bePatient, PATIENCE);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (said) => said.type() === "error" && faults.push(said.text()));
  await page.goto(url);
  return { context, page, faults, close: () => context.close() };
}

/** Runs in the page before its own script: a service on a busy machine is slow, which no test takes for away. */
function bePatient(times: number): void {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (milliseconds) => timeout(milliseconds * times);
}

/** Runs in the page before its own script; what was set in the page itself since stays. */
function keepSettings(settings: object): void {
  // An empty window keeps nothing.
  if (!location.protocol.startsWith("http")) return;
  const key = "liangzheng.settings";
  if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify(settings));
}

/** Waits until the page has its heading, and nothing in it has changed for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await page.evaluate(
    ([quietMs, mostMs]) =>
      new Promise<void>((resolve) => {
        const end = (): void => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(end, quietMs);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(end, quietMs);
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        setTimeout(end, mostMs);
      }),
    [120, 2_000],
  );
}

/** Goes to another page as a link in it would: nothing is loaded anew, so an open wallet stays open. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }, path);
  await settled(page);
}

/** Of what the window shows, as PNG. */
export function screenshot(page: Page): Promise<Uint8Array> {
  return page.screenshot({ animations: "disabled" });
}
