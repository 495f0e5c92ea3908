/** What a visitor sets holds on every page: language, elder mode, appearance; and help is at hand. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { SERVICE_KEYS } from "../../support/counter-desk.ts";
import { createHash } from "node:crypto";
import { openBrowser, settled, visit } from "./support/browser.ts";
import type { Visit, VisitOptions } from "./support/browser.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";

let world: PagesWorld;
let browser: Browser;
let visited: Visit | null = null;

beforeAll(async () => {
  world = await openPagesWorld();
  browser = await openBrowser();
});

afterEach(async () => {
  expect(visited?.faults).toEqual([]);
  await visited?.close();
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

async function begin(options: VisitOptions = {}): Promise<Page> {
  visited = await visit(browser, `${world.url}/settings`, options);
  await settled(visited.page);
  return visited.page;
}

const rootOf = (page: Page) =>
  page.evaluate(() => {
    const { lang, dir, dataset } = document.documentElement;
    return { lang, dir, theme: dataset["theme"], isElder: "elder" in dataset };
  });

describe("a language", () => {
  test.each([
    ["English", "Settings", { lang: "en", dir: "ltr" }],
    ["繁體中文（香港）", "設置", { lang: "zh-HK", dir: "ltr" }],
    ["简体中文", "设置", { lang: "zh-CN", dir: "ltr" }],
  ])("%s is there at once, on all pages and at the next visit", async (name, heading, root) => {
    const page = await begin({ settings: { language: name === "English" ? "zh-CN" : "en" } });
    await page.getByLabel(name, { exact: true }).check();
    await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
    await page.reload();
    await settled(page);
    expect(await page.locator("h1").textContent()).toBe(heading);
    expect(await rootOf(page)).toMatchObject(root);
  });

  test("that has no words yet is not offered; set before, it is Chinese in its own direction, and the page says so", async () => {
    const page = await begin({ settings: { language: "ug" } });
    await page.getByText("还没有译文，以下用汉语显示").waitFor();
    const choices = await page.locator("fieldset").first().getByRole("radio").count();
    expect([choices, await page.getByLabel("ئۇيغۇرچە").count()]).toEqual([3, 0]);
    expect(await rootOf(page)).toMatchObject({ lang: "zh-CN", dir: "rtl" });
    expect(await page.locator("[role=status] bdi").getAttribute("lang")).toBe("ug");
  });
});

describe("elder mode", () => {
  test("is one switch: large type, few ways, help at hand", async () => {
    const page = await begin();
    const sizeOf = () =>
      page.locator("h1").evaluate((h1) => parseFloat(getComputedStyle(h1).fontSize));
    const before = await sizeOf();
    await page.getByRole("switch", { name: "适老模式" }).check();
    expect((await sizeOf()) / before).toBeGreaterThan(1.3);
    expect(await page.locator("nav a").allTextContents()).toEqual(["我的证照", "设置"]);
    expect(await page.locator("aside a").getAttribute("href")).toBe("tel:12345");
    expect(await rootOf(page)).toMatchObject({ isElder: true });
    await page.getByRole("link", { name: "窗口核验" }).click();
    await page.waitForURL("**/counter");
  });

  test("reads the page aloud, from its heading on, and stops when told", async () => {
    const page = await begin({ settings: { isElder: true } });
    await page.evaluate(listen);
    await page.getByRole("button", { name: "朗读本页" }).click();
    const said = await page.evaluate(heard);
    expect(said.slice(0, 2)).toEqual([
      { text: "设置", lang: "zh-CN", rate: 0.85 },
      { text: "设置只保存在本设备上。", lang: "zh-CN", rate: 0.85 },
    ]);
    expect(said.map(({ text }) => text)).not.toContain("跳到正文");
    await page.getByRole("button", { name: "停止朗读" }).click();
    expect(await page.getByRole("button", { name: "朗读本页" }).count()).toBe(1);
  });
});

type Said = Pick<SpeechSynthesisUtterance, "text" | "lang" | "rate">;
declare const spoken: Said[];

/** In the page: what would be spoken is kept, since a machine without a screen has no voices. */
function listen(): void {
  Object.assign(globalThis, { spoken: [] });
  speechSynthesis.speak = ({ text, lang, rate }) => {
    spoken.push({ text, lang, rate: Math.round(rate * 100) / 100 });
  };
}

function heard(): Said[] {
  return spoken;
}

describe("the settings page", () => {
  test("keeps the counter's region once it is one", async () => {
    const page = await begin();
    await page.locator("[name=region]").fill("330199");
    await page.getByText("浙江省（330199）").waitFor();
    await page.locator("[name=region]").fill("990000");
    await page.getByText("没有这个行政区划").waitFor();
    await page.reload();
    await settled(page);
    expect(await page.locator("[name=region]").inputValue()).toBe("330199");
  });

  test("is dark where the system is, and as light as the system turns", async () => {
    const page = await begin({ context: { colorScheme: "dark" } });
    expect(await rootOf(page)).toMatchObject({ theme: "dark" });
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction(() => document.documentElement.dataset["theme"] === "light");
  });

  test("turns dark and stays so", async () => {
    const page = await begin();
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByLabel("深色").check();
    const dark = await ground();
    await page.reload();
    await settled(page);
    expect([await ground(), dark === light]).toEqual([dark, false]);
  });

  test("shows whose pages these are, by the fingerprint of the service's key", async () => {
    const page = await begin();
    const { x, y } = SERVICE_KEYS.publicKey;
    const thumbprint = createHash("sha256").update(
      `{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`,
    );
    const digits = thumbprint.digest("hex").toUpperCase().slice(0, 32);
    await page.getByText(digits.replace(/(.{4})(?!$)/g, "$1 ")).waitFor();
    expect(await page.getByText(new URL(world.url).host, { exact: true }).count()).toBe(2);
  });
});
