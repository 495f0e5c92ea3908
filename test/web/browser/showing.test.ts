/** A certificate on its holder's phone is shown: to a camera, in answer to a counter, and by somebody else. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { readQr } from "../../../src/adapters/qr/read-qr.ts";
import type { CounterRequest } from "../../../src/core/verify/case.ts";
import type { Verdict } from "../../../src/core/verify/verdict.ts";
import { PartAssembler } from "../../../src/core/presentation/qr-parts.ts";
import { CAUSE, ITEM } from "../../support/counter-desk.ts";
import { HANGZHOU, MARRIAGE } from "../../support/ledger-story.ts";
import { expectAccessible } from "./support/accessible.ts";
import { openBrowser, visit } from "./support/browser.ts";
import type { Visit, VisitOptions } from "./support/browser.ts";
import { smallTargets, tooWide } from "./support/everyone.ts";
import { codePicture, fakeCamera } from "./support/fake-camera.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";
import { AGENCY_PLACE, CLAIM_LINK, DELEGATE_LINK, routedAgency } from "./support/routed-agency.ts";
import type { RoutedAgency } from "./support/routed-agency.ts";
import { openWallet } from "./support/wallet.ts";
import { renewalTime } from "./support/renewal-time.ts";

const camera = fakeCamera();
let world: PagesWorld;
let agency: RoutedAgency;
let browser: Browser;
/** The phone of the holder, who has claimed the certificate. */
let mine: Visit;
let page: Page;
let id: string;

beforeAll(async () => {
  world = await openPagesWorld({ endpoints: [AGENCY_PLACE] });
  agency = routedAgency(world, { size: 64 });
  browser = await openBrowser({ camera });
  mine = await phone({ camera: "yes" });
  ({ page } = mine);
  id = await claim(page, CLAIM_LINK);
});
afterAll(async () => {
  await browser.close();
  await world.close();
  camera.remove();
});

async function phone(options: VisitOptions = {}): Promise<Visit> {
  const visited = await visit(browser, `${world.url}/settings`, options);
  await agency.serve(visited.context);
  return visited;
}

/** @returns its id in the vault */
async function claim(at: Page, link: string): Promise<string> {
  await at.goto(world.url + link);
  await at.locator("button.main").click();
  await openWallet(at);
  await at.locator("a.button.main").click();
  const href = await at.locator('a[href^="/certificates/"]').first().getAttribute("href");
  return String(href).split("/").at(-1) as string;
}

/** Opens an address and the vault. */
async function open(at: Page, path: string): Promise<void> {
  await at.goto(world.url + path);
  await openWallet(at);
}

/** Presses 亮证, and holds the code up. */
async function hold(at: Page): Promise<void> {
  await at.getByRole("button", { name: "亮证", exact: true }).click();
  await at.locator("canvas").waitFor();
}

/** What a scanner reads off the screen. */
async function textOn(at: Page): Promise<string> {
  return readQr(await at.locator("canvas").screenshot(), "the phone's screen");
}

/** Whether it is in one code or in several that are shown in turn. */
async function shownOn(at: Page): Promise<string> {
  const assembler = new PartAssembler();
  for (let look = 0; look < 40; look++) {
    const text = await textOn(at);
    const progress = assembler.take(text);
    if (progress === null) return text;
    if (progress.text !== null) return progress.text;
  }
  throw new Error("not all parts were seen");
}

/** For whoever sees, hears, points or reads large. */
async function expectFitFor(at: Page): Promise<void> {
  await expectAccessible(at);
  expect(await smallTargets(at)).toEqual([]);
  expect(await tooWide(at)).toEqual([]);
}

const seconds = (): number => Math.floor(Date.now() / 1000);

function judged(qr: string, changes: Partial<CounterRequest> = {}): Verdict {
  const request = { now: seconds(), region: HANGZHOU.region, maxLedgerAge: 3600, ...changes };
  return world.judge({ qr }, request, world.story.view(request.now));
}

const failed = ({ checks }: Verdict): string[] =>
  checks.flatMap((check) => (check.result === "fail" ? [`${check.check} ${check.code}`] : []));

const claimsOf = ({ certificate }: Verdict): string[] => [...(certificate?.claims.keys() ?? [])];

async function service(path: string, body: unknown): Promise<Readonly<Record<string, unknown>>> {
  const headers = { "Content-Type": "application/json", Authorization: "Bearer counter" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return (await fetch(world.url + path, init)).json() as Promise<Record<string, unknown>>;
}

function ask(claims: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const order = { purpose: ITEM.code, useCause: CAUSE, type: MARRIAGE, claims };
  return service("/v1/presentation-requests", order);
}

describe("A code held up", () => {
  it("shows what was chosen and no more, and proves its holder, without a network", async () => {
    await open(page, `/show/${id}`);
    const sensitive = page.locator(".choice", { hasText: "是否初婚" });
    expect(await sensitive.locator(".value").innerText()).toBe("***");
    await page.getByRole("checkbox", { name: "登记号" }).check();
    await expectFitFor(page);
    world.unplug();
    await hold(page);
    const shown = judged(await shownOn(page), { requiresHolder: true });
    world.plugIn();
    expect(failed(shown)).toEqual([]);
    expect(claimsOf(shown)).toEqual(["holderName", "registryNumber"]);
    await expectFitFor(page);
  });

  it("is gone while the page is out of sight, and another when it is back", async () => {
    const before = await textOn(page);
    await setVisibility(page, "hidden");
    expect(await page.locator("canvas").count()).toBe(0);
    await setVisibility(page, "visible");
    await page.locator("canvas").waitFor();
    expect(await textOn(page)).not.toBe(before);
    await page.getByRole("button", { name: "结束亮证" }).click();
    expect(await page.locator("canvas").count()).toBe(0);
  });

  it("of many claims is shown in parts, which a scanner puts together", async () => {
    for (const box of await page.locator(".choice input").all()) await box.check();
    await hold(page);
    expect(await textOn(page)).toMatch(/^LZP:/);
    const whole = judged(await shownOn(page), { requiresHolder: true });
    expect(failed(whole)).toEqual([]);
    expect(claimsOf(whole)).toHaveLength(6);
    await page.getByRole("button", { name: "结束亮证" }).click();
  });

  it("can be a short one that refers to it, for the counter to fetch once", async () => {
    await page.getByRole("radio", { name: "联网短码" }).check();
    await hold(page);
    const given = { presentation: await textOn(page), useCause: CAUSE, region: HANGZHOU.region };
    expect(given.presentation).toMatch(/^LZR:/);
    expect(await service("/v1/verifications", given)).toMatchObject({ verdict: "accepted" });
    expect(await service("/v1/verifications", given)).toMatchObject({ code: "REFERENCE_SPENT" });
  });
});

/** Chromium without a window never hides a page: it is told that it did. */
async function setVisibility(at: Page, state: "hidden" | "visible"): Promise<void> {
  await at.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

describe("A counter's request", () => {
  it("is answered by its six digits, once its holder consents to what is sensitive", async () => {
    const { id: asked, code } = await ask(["birthDate"]);
    await page.goto(`${world.url}/request`);
    await page.fill("input[name=digits]", String(code));
    await page.getByRole("button", { name: "查看请求" }).click();
    await openWallet(page);
    const agree = page.getByRole("button", { name: "同意并出示" });
    await page.getByText("杭州市民政局3号窗口").waitFor();
    expect(await agree.isDisabled()).toBe(true);
    await expectFitFor(page);
    await page.getByRole("checkbox", { name: /单独同意/ }).check();
    await agree.click();
    await page.getByRole("heading", { name: "已出示给" }).waitFor();
    const verified = await service("/v1/verifications", { presentationRequest: asked });
    expect(verified).toMatchObject({ verdict: "accepted", claims: { birthDate: "1990-05-17" } });
    await expectFitFor(page);
  });

  it("by its link is refused, and stays unanswered", async () => {
    const { id: asked, text } = await ask(["holderName"]);
    await page.goto(`${world.url}/request`);
    camera.show(codePicture(String(text)));
    await page.getByRole("button", { name: "扫一扫" }).click();
    await openWallet(page);
    await page.getByRole("button", { name: "拒绝" }).click();
    await page.getByRole("heading", { name: "没有出示任何信息" }).waitFor();
    const told = await fetch(`${world.url}/v1/presentation-requests/${String(asked)}`);
    expect(await told.json()).toMatchObject({ state: "open" });
  });

  it("is none where it is no request, nor where it is from a host that only looks like this one", async () => {
    await page.goto(`${world.url}/request`);
    const see = async (text: string): Promise<void> => {
      await page.fill("input[name=digits]", text);
      await page.getByRole("button", { name: "查看请求" }).click();
    };
    await see("12");
    await page.getByText("请输入六位数字").waitFor();
    const { id: asked } = await ask(["holderName"]);
    await see(`https://localhost.evil.example/r#${String(asked)}`);
    await page.getByText("小心：这个码来自 localhost.evil.example").waitFor();
    await expectFitFor(page);
    await see(`https://${new URL(world.url).host}/r#${String(asked)}`);
    await openWallet(page);
    await page.getByRole("button", { name: "同意并出示" }).waitFor();
  });
});

describe("Somebody else", () => {
  it("shows it for the holder: for the matter granted, with both names, until it is taken back", async () => {
    await open(page, `/delegate/${id}`);
    await page.getByRole("button", { name: "确认授权" }).click();
    await page.getByText("请写代亮人的姓名").waitFor();
    await page.fill("input[name=delegate]", "李四");
    await page.getByRole("checkbox", { name: ITEM.names.zh }).check();
    await expectFitFor(page);
    await page.getByRole("button", { name: "确认授权" }).click();
    await page.getByRole("heading", { name: "已授权 李四" }).waitFor();
    expect(await textOn(page)).toBe(world.url + DELEGATE_LINK);
    await expectFitFor(page);

    const theirs = await phone();
    const given = await claim(theirs.page, DELEGATE_LINK);
    await open(theirs.page, `/show/${given}`);
    await hold(theirs.page);
    const banner = await theirs.page.locator(".banner").textContent();
    expect(banner).toMatch(/代亮.*王小明3.*李四.*亲友.*婚姻登记信息查询/s);
    const text = await shownOn(theirs.page);
    const asked = { requiresHolder: true, serviceItem: ITEM.code, purpose: ITEM.names.zh };
    const holderFault = (changes: Partial<CounterRequest>): string[] =>
      failed(judged(text, { ...asked, ...changes })).filter((fault) => fault.startsWith("holder"));
    expect(holderFault({})).toEqual([]);
    expect(judged(text).certificate?.delegate).toMatchObject({ delegate: "李四" });
    const other = { serviceItem: "330100-MZ-999", purpose: "别的事项" };
    expect(holderFault(other)).toEqual(["holder GRANT_NOT_FOR_PURPOSE"]);
    expect(theirs.faults).toEqual([]);
    await theirs.close();

    await page.getByRole("button", { name: "收回对 李四 的授权" }).click();
    await page.getByRole("button", { name: "收回", exact: true }).click();
    await page.getByText("最晚").waitFor();
    expect(agency.delegations.at(-1)?.state).toBe("withdrawn");
  });
});

describe("In elder mode", () => {
  it("there is one large button, and what must be shown is shown", async () => {
    await page.evaluate(() => {
      const elder = { language: "zh-CN", isElder: true };
      localStorage.setItem("liangzheng.settings", JSON.stringify(elder));
    });
    await open(page, `/show/${id}`);
    await page.getByRole("button", { name: "亮证", exact: true }).waitFor();
    expect(await page.locator("main button").count()).toBe(1);
    await expectFitFor(page);
    await hold(page);
    const [frame, tools] = await Promise.all([
      page.locator("canvas").boundingBox(),
      page.locator("aside").boundingBox(),
    ]);
    expect((frame?.y ?? 0) + (frame?.height ?? 0)).toBeLessThanOrEqual(tools?.y ?? Infinity);
    expect(claimsOf(judged(await shownOn(page)))).toEqual(["holderName"]);
  });
});

describe("A code as time goes by", () => {
  it("is another after 30 seconds, within a tenth of a second, and worth nothing after 61", async () => {
    await page.evaluate(() => {
      localStorage.setItem("liangzheng.settings", JSON.stringify({ language: "zh-CN" }));
    });
    await open(page, `/show/${id}`);
    await page.clock.install();
    await hold(page);
    const first = await textOn(page);
    const clock = await page.locator(".clock").textContent();
    let took = Infinity;
    for (let renewal = 0; renewal < 6 && took >= 100; renewal++) {
      took = Math.min(took, await renewalTime(page, 4));
    }
    expect(took).toBeLessThan(100);
    const last = await textOn(page);
    expect(last).not.toBe(first);
    expect(await page.locator(".clock").textContent()).not.toBe(clock);
    const later = await page.evaluate(() => Math.floor(Date.now() / 1000));
    expect(failed(judged(last, { now: later, requiresHolder: true }))).toEqual([]);
    const screenshotOf = (now: number): string[] => failed(judged(first, { now }));
    expect(screenshotOf(seconds() + 61)).toEqual(["freshness PRESENTATION_EXPIRED"]);
    expect(mine.faults).toEqual([]);
  });
});
