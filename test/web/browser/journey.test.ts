/**
 * What all this is for, from end to end: a citizen claims a certificate into a phone and shows it; a counter of
 * another region films the phone's screen, and sees whether it is good. Two visitors of one browser, real parts.
 */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { ITEM } from "../../support/counter-desk.ts";
import { goInside, openBrowser, screenshot, visit } from "./support/browser.ts";
import type { Visit } from "./support/browser.ts";
import { fakeCamera, screenshotPicture } from "./support/fake-camera.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";
import { AGENCY_PLACE, CLAIM_LINK, DELEGATE_LINK, routedAgency } from "./support/routed-agency.ts";
import type { RoutedAgency } from "./support/routed-agency.ts";
import { openWallet } from "./support/wallet.ts";

/** Of the camera's height: the phone is held near. */
const SHARE = 0.95;
const CHOSEN = { 持证人: "王小明3", 出生日期: "1990年5月17日" };

const camera = fakeCamera();
let world: PagesWorld;
let agency: RoutedAgency;
let browser: Browser;
let [citizen, clerk]: [Visit, Visit] = [] as never;
let [phone, counter]: [Page, Page] = [] as never;
/** What the clerk's camera saw first. */
let firstScreen: Uint8Array;

beforeAll(async () => {
  [world, browser] = await Promise.all([
    openPagesWorld({ endpoints: [AGENCY_PLACE] }),
    openBrowser({ camera }),
  ]);
  agency = routedAgency(world);
  const options = { window: "desktop", camera: "yes" } as const;
  [citizen, clerk] = await Promise.all([
    visit(browser, `${world.url}/settings`, { context: { deviceScaleFactor: 2 } }),
    visit(browser, `${world.url}/counter`, options),
  ]);
  [phone, counter] = [citizen.page, clerk.page];
  await agency.serve(citizen.context);
  await Promise.all([phone.clock.install(), counter.clock.install()]);
});

afterAll(async () => {
  await browser.close();
  await world.close();
  camera.remove();
});

/** Presses 亮证. @returns a picture of the screen, as the citizen could send it to anybody */
async function holdUp(page = phone): Promise<Uint8Array> {
  const end = page.getByRole("button", { name: "结束亮证" });
  if (await end.isVisible()) await end.click();
  await page.getByRole("button", { name: "亮证", exact: true }).click();
  await page.locator("canvas").waitFor();
  return screenshot(page);
}

/** Held before the camera instead of what was there. @returns what the counter says of it in large letters */
async function seen(screen: Uint8Array): Promise<Readonly<Record<"word" | "reason", string>>> {
  const picture = await screenshotPicture(browser, screen, SHARE);
  const old = counter.locator(".desk-result");
  if (await old.isVisible()) await old.evaluate((element) => element.classList.add("old"));
  camera.show(picture);
  const banner = counter.locator(".desk-result:not(.old) [data-verdict]");
  await banner.waitFor();
  const textOf = async (part: string): Promise<string> =>
    (await banner.locator(part).allInnerTexts()).join();
  return { word: await textOf(".word"), reason: await textOf(".reason") };
}

/** That the holder held it up, and which claims are told, by their names. */
async function expectProvenWithChosenClaims(): Promise<void> {
  await counter.locator("[data-check=holder].pass").waitFor({ state: "attached" });
  expect(await counter.locator(".compare").count()).toBe(0);
  const [names, values] = await Promise.all([
    counter.locator(".claims dt").allInnerTexts(),
    counter.locator(".claims dd").allInnerTexts(),
  ]);
  const claims = Object.fromEntries(names.map((name, i) => [name, values[i]]));
  expect(claims).toEqual(CHOSEN);
}

test("a citizen claims a certificate, and the clerk of another region signs in", async () => {
  await phone.goto(world.url + CLAIM_LINK);
  await phone.locator("button.main").click();
  await openWallet(phone);
  await phone.getByRole("heading", { name: "已领取" }).waitFor();
  await counter.fill("input[name=key]", "counter");
  await counter.click("button[type=submit]");
  await counter.locator(".pack-line .age", { hasText: "更新" }).waitFor();
});

test("the phone's screen is filmed: 有效, shown by its holder, with the claims that were chosen alone", async () => {
  await phone.getByRole("link", { name: "我的证照" }).last().click();
  await phone.getByRole("link", { name: /^查看/ }).click();
  await phone.locator("a[href^='/show/']").first().click();
  await phone.getByRole("checkbox", { name: "出生日期" }).check();
  firstScreen = await holdUp();
  expect(await seen(firstScreen)).toEqual({ word: "有效", reason: "" });
  await expectProvenWithChosenClaims();
  expect(await counter.locator(".verdict .word").evaluate(sizeOf)).toBeGreaterThan(40);
});

/** In CSS pixels. */
function sizeOf(element: Element): number {
  return parseFloat(getComputedStyle(element).fontSize);
}

test("with the network unplugged the counter says the same of a new code, by its trust pack", async () => {
  const screen = await holdUp();
  world.unplug();
  expect(await seen(screen)).toEqual({ word: "有效", reason: "" });
  await expectProvenWithChosenClaims();
  expect(await counter.locator(".verdict .age").innerText()).toContain("由本机凭离线信任包判断");
  world.plugIn();
});

test("somebody whom its holder let shows it: the counter is told both names; for another matter it is refused", async () => {
  await phone.goto(world.url);
  await openWallet(phone);
  const card = phone.locator("a[href^='/certificates/']").first();
  const id =
    String(await card.getAttribute("href"))
      .split("/")
      .at(-1) ?? "";
  await goInside(phone, `/delegate/${id}`);
  await phone.fill("input[name=delegate]", "李四");
  await phone.getByRole("checkbox", { name: ITEM.names.zh }).check();
  await phone.getByRole("button", { name: "确认授权" }).click();
  await phone.getByRole("heading", { name: "已授权 李四" }).waitFor();

  const relative = await visit(browser, `${world.url}/settings`, {
    context: { deviceScaleFactor: 2 },
  });
  await agency.serve(relative.context);
  await relative.page.goto(world.url + DELEGATE_LINK);
  await relative.page.locator("button.main").click();
  await openWallet(relative.page);
  await relative.page.getByRole("heading", { name: "已领取" }).waitFor();
  await relative.page.getByRole("link", { name: "我的证照" }).last().click();
  await relative.page.locator("a[href^='/show/']").first().click();
  await relative.page.clock.install();
  expect(await seen(await holdUp(relative.page))).toEqual({ word: "有效", reason: "" });
  const said = await counter.locator(".delegate").innerText();
  for (const one of ["李四", "亲友", "王小明3", ITEM.names.zh]) expect(said).toContain(one);
  expect(await counter.locator(".claims dd").allInnerTexts()).toEqual(["王小明3"]);

  await counter.locator("details", { hasText: "办理什么" }).locator("summary").first().click();
  await counter.selectOption("select[name=item]", "");
  await counter.fill("input[name=cause]", "申请贷款");
  const reason = "代亮授权不包括此事项";
  expect(await seen(await holdUp(relative.page))).toEqual({ word: "不可用", reason });
  expect(relative.faults).toEqual([]);
  await relative.close();
  await goInside(phone, `/show/${id}`);
});

test("the first screenshot, 61 seconds later, is worth nothing: its code ran out", async () => {
  await passTime(61);
  expect(await seen(firstScreen)).toEqual({ word: "不可用", reason: "亮证码已过期，可能是截图" });
});

/** In seconds, on all clocks. */
async function passTime(seconds: number): Promise<void> {
  world.passTime(seconds);
  const ms = seconds * 1000;
  await Promise.all([phone.clock.fastForward(ms), counter.clock.fastForward(ms)]);
}

test("after the agency revoked it, the holder's new code is refused with the reason", async () => {
  agency.revoke();
  const screen = await holdUp();
  expect(await seen(screen)).toMatchObject({ word: "不可用", reason: "证照已吊销" });
  expect(citizen.faults).toEqual([]);
  // Unplugged, the browser itself reports what it could not fetch.
  expect(clerk.faults.filter((fault) => !fault.includes("ERR_"))).toEqual([]);
});
