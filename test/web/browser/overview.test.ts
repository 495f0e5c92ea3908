/** The public directory, as somebody sees it who wants to know who issues what, and where it counts. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { tellCountry } from "../../support/country-story.ts";
import { HANGZHOU, MARRIAGE, establish } from "../../support/ledger-story.ts";
import { expectAccessible } from "./support/accessible.ts";
import { openBrowser, visit } from "./support/browser.ts";
import type { Visit, VisitOptions } from "./support/browser.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";

/** An agency whose authority wrote a script for its name, and a mark that turns the line around. */
const HOSTILE = {
  ...{ code: "11540000MB7654322X", region: "540000" },
  name: '<img src=x onerror="document.title=1">\u202e局政民',
};

let world: PagesWorld;
let browser: Browser;

beforeAll(async () => {
  world = await openPagesWorld();
  establish(world.story, { ...HANGZHOU, ...HOSTILE, operator: `0x${"66".repeat(20)}` });
  tellCountry(world.story, Math.floor(Date.now() / 1000));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

async function open(options: VisitOptions = {}): Promise<Visit> {
  const visited = await visit(browser, `${world.url}/overview`, options);
  await visited.page.locator("main h2").first().waitFor();
  return visited;
}

function section(page: Page, heading: string) {
  return page.locator("section", { has: page.getByRole("heading", { level: 2, name: heading }) });
}

describe("the directory", () => {
  it("says in words what each picture shows, and holds the same as a table", async () => {
    const { page, faults, close } = await open({ window: "desktop" });
    await page.locator("[data-cell]").first().waitFor();
    const { regions, types } = (await (await fetch(`${world.url}/v1/overview`)).json()) as Overview;
    const seen = await page.locator(".seen").allInnerTexts();
    expect(seen[0]).toContain(`${String(regions.length)} 个省级地区有发证机关`);
    expect(seen[1]).toContain(types[0]?.name.zh);
    expect(seen[2]).toContain("结婚证：110 组跨省关系中，15 组认可");
    expect(seen[3]).toMatch(/的证照已失效或暂停，共 \d+ 份/);
    expect(seen[4]).toMatch(/^\d{4}年\d+月上链最多：[\d,]+ 份证照$/);
    const figures = section(page, "证照类型");
    await figures.getByText("以表格查看").click();
    expect(await figures.locator("tbody tr").count()).toBe(types.length);
    expect(await figures.locator("tbody tr").first().innerText()).toContain(types[0]?.type);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("lists a province's agencies when its tile is touched", async () => {
    const { page, close } = await open();
    await page.getByRole("button", { name: /浙江/ }).click();
    await page.getByText(HANGZHOU.code).waitFor();
    expect(await page.locator(".agencies").innerText()).toContain(HANGZHOU.name);
    await page.getByRole("button", { name: /新疆/ }).click();
    await page.getByText("新疆维吾尔自治区还没有发证机关").waitFor();
    await expectAccessible(page);
    await close();
  });

  it("shows what an authority wrote as text, whatever it wrote", async () => {
    const { page, faults, close } = await open();
    await page.getByRole("button", { name: /西藏/ }).click();
    await page.getByText(HOSTILE.code).waitFor();
    const text = await page.locator(".agencies").innerText();
    expect(text).toContain('<img src=x onerror="document.title=1">⟨U+202E⟩局政民');
    expect(await page.locator(".agencies img").count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  it("explains by which rule a region recognises another's, by touch and by keyboard alone", async () => {
    const { page, close } = await open({ window: "tablet" });
    await page.getByLabel("选择证照类型").waitFor();
    expect(await page.getByLabel("选择证照类型").inputValue()).toBe(MARRIAGE);
    const explanation = page.locator(".explanation");
    await page.locator("button.effect.deny").click();
    expect(await explanation.innerText()).toContain("北京市的窗口，天津市颁发：不认可");
    expect(await explanation.innerText()).toContain("北京市不予认可天津市颁发的结婚证");
    await page.locator('[data-cell="0,0"]').focus();
    expect(await explanation.innerText()).toContain("无需规则");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"]) {
      await page.keyboard.press(key);
    }
    expect(await explanation.innerText()).toContain("上海市的窗口，江苏省颁发：认可");
    expect(await explanation.innerText()).toContain("依据：长三角证照互认协议");
    await page.keyboard.press("ArrowLeft");
    expect(await explanation.innerText()).toContain("上海市的窗口，上海市颁发：本地");
    await page.getByRole("button", { name: "全部列出" }).click();
    expect(await page.locator("[data-cell]").count()).toBeGreaterThan(400);
    await close();
  });

  it("tells a month's or a day's numbers when the reading is moved", async () => {
    const { page, close } = await open();
    const anchors = section(page, "上链时间");
    const reading = anchors.getByRole("slider");
    const last = await anchors.locator("output").innerText();
    await reading.press("ArrowLeft");
    expect(await anchors.locator("output").innerText()).not.toBe(last);
    expect(await reading.getAttribute("aria-valuetext")).toMatch(/年\d+月：[\d,]+ 份证照/);
    await anchors.getByRole("button", { name: "近 31 天" }).click();
    expect(await anchors.locator("rect.reach").count()).toBe(31);
    await close();
  });

  it("draws nothing that is wrong while it is out of sight, as when its page is left", async () => {
    const { page, faults, close } = await open({ window: "tablet" });
    await page.locator("[data-cell]").first().waitFor();
    await page.evaluate(async () => {
      const main = document.querySelector("main") as HTMLElement;
      main.style.display = "none";
      await new Promise((done) => setTimeout(done, 300));
      main.style.display = "";
    });
    expect(faults).toEqual([]);
    await close();
  });

  it("shows one thing at a time in elder mode", async () => {
    const { page, faults, close } = await open({ settings: { isElder: true } });
    expect(await page.locator("main h2").allInnerTexts()).toEqual(["发证机关"]);
    await page.getByRole("button", { name: "互认关系" }).click();
    await page.locator("[data-cell]").first().waitFor();
    expect(await page.locator("main h2").allInnerTexts()).toEqual(["互认关系"]);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("says that it can't be read now, and reads it when asked again", async () => {
    const { page, context, close } = await open();
    await context.route("**/v1/overview", (route) => route.abort());
    await page.reload();
    await page.getByText("目录暂时读不到").waitFor();
    await expectAccessible(page);
    await context.unroute("**/v1/overview");
    await page.getByRole("button", { name: "重试" }).click();
    await page.locator("main h2").first().waitFor();
    await close();
  });
});

interface Overview {
  readonly regions: readonly unknown[];
  readonly types: readonly { readonly type: string; readonly name: { readonly zh: string } }[];
}
