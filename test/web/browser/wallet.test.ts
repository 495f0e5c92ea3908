/** 我的证照 in a real browser: choosing a PIN, importing, looking, locking; and what must not deceive. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { parseCertificateText } from "../../../src/core/certificate/certificate-file.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { expectAccessible } from "./support/accessible.ts";
import { openBrowser, visit } from "./support/browser.ts";
import type { Visit, VisitOptions } from "./support/browser.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";
import { WALLET_PIN, importCertificate, openWallet } from "./support/wallet.ts";

const REVOKED = 5;
const AGENCY = {
  agency: "11460200008230005W",
  name: "三亚市民政局",
  url: "https://wallet.example.gov.cn",
};
/** The sample type of the catalogue whose claims the odd certificate has. */
const CONSTRUCTOR = "11100000000013338W001";

let [world, browser]: [PagesWorld, Browser] = [] as never;
let visited: Visit;
let page: Page;

beforeAll(async () => {
  [world, browser] = await Promise.all([openPagesWorld({ endpoints: [AGENCY] }), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

afterEach(async () => {
  // Unplugged, the browser itself reports what it could not fetch.
  const said = visited.faults.filter((fault) => !fault.includes("ERR_"));
  await visited.close();
  expect(said).toEqual([]);
});

async function come(path = "/", options: VisitOptions = {}): Promise<void> {
  visited = await visit(browser, world.url + path, options);
  ({ page } = visited);
}

/** With a PIN, and one certificate that was imported. @returns its id */
async function holdOne(certificate = world.bearer): Promise<string> {
  await come();
  await page.locator("p.import button").click();
  await openWallet(page);
  return importCertificate(page, certificate);
}

const button = (name: string | RegExp) => page.getByRole("button", { name });
const heading = (name: string) => page.getByRole("heading", { name, level: 1 });

describe("A new wallet", () => {
  beforeEach(() => come());

  test("teaches in three steps how a certificate comes into it", async () => {
    await page.getByText("还没有证照").waitFor();
    expect(await page.locator("main ol li").count()).toBe(3);
    await expectAccessible(page);
  });

  test("wants a PIN that is typed twice alike and is not the first that anyone tries", async () => {
    await button("导入证照文件").click();
    await expectAccessible(page);
    const [pin, again] = [
      page.locator('input[name="pin"]'),
      page.locator('input[name="pin-again"]'),
    ];
    const make = button("设好了，继续");
    await pin.fill("123456");
    await again.fill("123457");
    await make.click();
    await page.getByText("两次输入不一样").waitFor();
    await again.fill("123456");
    await make.click();
    await page.getByText("这个密码太容易被猜到").waitFor();
    await expectAccessible(page);
    await pin.fill(WALLET_PIN);
    await again.fill(WALLET_PIN);
    await make.click();
    await button("上锁").waitFor();
    await expectAccessible(page);
  });
});

/** In the page: which trust packs whoever has the device can see, without the PIN. */
async function keptPacks(): Promise<IDBValidKey[]> {
  const opened = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error("IndexedDB", { cause: request.error }));
    });
  const database = await opened(indexedDB.open("liangzheng-judging"));
  return opened(database.transaction("packs").objectStore("packs").getAllKeys());
}

describe("A certificate that is held", () => {
  test("is drawn, says how it stands, and hides what is sensitive until it is touched", async () => {
    await holdOne(world.keyed);
    await heading("证照").waitFor();
    const picture = page.locator(".paper.whole");
    await expectAccessible(page);
    expect(await picture.innerText()).not.toContain("1990");
    await button("显示birthDate").click();
    await picture.getByText("1990年5月17日").waitFor();
    await button("隐藏birthDate").click();
    expect(await picture.innerText()).not.toContain("1990");
    await page.getByRole("link", { name: "返回我的证照" }).click();
    await page.locator(".standing.good").getByText("有效").waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(keptPacks)).toEqual([]);
  });

  test("that was revoked says so, and offline when that was known", async () => {
    await holdOne();
    world.story.setStatus(world.batch, world.bearer.batch.index, REVOKED);
    await page.getByRole("link", { name: "返回我的证照" }).click();
    await page.locator(".standing.bad").getByText("已吊销").waitFor();
    await expectAccessible(page);
    world.unplug();
    try {
      await button("上锁").click();
      await openWallet(page);
      await page.locator(".standing.bad").getByText("状态截至").waitFor();
    } finally {
      world.plugIn();
    }
  });

  test("goes out as a file only after a warning, comes in once, and is deleted after a question", async () => {
    const id = await holdOne();
    await button("导出证照文件").click();
    await page.getByText("没有加密").waitFor();
    await expectAccessible(page);
    const coming = page.waitForEvent("download");
    await button("我明白，导出").click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/^[0-9a-f]{8}-3\.lzc\.json$/);
    const exported = await readFile(await download.path(), "utf8");
    expect(parseCertificateText(exported)).toEqual(world.bearer);
    await button("从本机删除").click();
    await button("确定删除").click();
    await page.getByText("还没有证照").waitFor();
    await page.goto(`${world.url}/certificates/${id}`);
    await openWallet(page);
    await heading("本机没有这份证照").waitFor();
    await expectAccessible(page);
  });

  test("is proven before it is kept: an altered file is refused", async () => {
    await holdOne();
    await page.getByRole("link", { name: "返回我的证照" }).click();
    const altered = { ...world.keyed, notAfter: null };
    await expect(importCertificate(page, altered, 500)).rejects.toThrow();
    await page.getByText("不能证明是真的").waitFor();
    await page.getByText("ROOT_MISMATCH").waitFor();
    expect(await page.locator(".list li").count()).toBe(1);
  });
});

describe("Claim values that would deceive", () => {
  const claims = {
    holderName: "\u202e张三\u202c<img src=x onerror=alert(1)>",
    sex: "男",
    birthDate: "1990-05-17",
    employer: "很长".repeat(5_000),
    specialties: [
      "محمد علی\u2066",
      "བོད་ཡིག",
      "ꆈꌠꉙ",
      "𠮷\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    ],
    registrationNumber: "一\n有效期：长期",
  };

  test("are shown as what they are, in a page that keeps its width", async () => {
    const [odd] = issueBatch(world.primitives, {
      ...{ type: CONSTRUCTOR, schemaVersion: 1, claimsOf: () => claims, seed: "odd" },
    }).certificates;
    await holdOne(odd);
    await page.locator(".paper.whole").waitFor();
    for (const reveal of await page.getByRole("button", { name: /^显示./ }).all())
      await reveal.click();
    const text = await page.locator(".paper.whole").innerText();
    expect(text).toContain("⟨U+202E⟩张三⟨U+202C⟩<img src=x onerror=alert(1)>");
    expect(text).not.toMatch(/[\u202a-\u202e]/);
    expect(await page.locator("main img").count()).toBe(0);
    await page.setViewportSize({ width: 320, height: 640 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    const height = await page.locator(".paper.whole").evaluate((paper) => paper.clientHeight);
    expect(height).toBeLessThan(3_000);
    await expectAccessible(page);
  });
});

describe("A locked wallet", () => {
  test("shows nothing, counts wrong PINs over reloads, and makes one wait after the fifth", async () => {
    await holdOne();
    await page.reload();
    await heading("请解锁").waitFor();
    expect(await page.locator(".paper").count()).toBe(0);
    await expectAccessible(page);
    for (let i = 1; i <= 5; i++) {
      if (i === 3) await page.reload();
      await page.locator('input[name="pin"]').fill("930517");
      await button("解锁").click();
      await page.getByText(i < 5 ? `已输错 ${String(i)} 次` : "输错 5 次，请等").waitFor();
    }
    expect(await button("解锁").isDisabled()).toBe(true);
    await expectAccessible(page);
    await button("忘记密码").click();
    await expectAccessible(page);
    await button("确定清空").click();
    await page.getByRole("heading", { name: "还没有证照" }).or(heading("先设一个密码")).waitFor();
  });

  test("locks itself when the page is out of sight for more than a minute", async () => {
    await holdOne();
    await page.clock.install();
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await page.clock.fastForward(61_000);
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "visible" });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await heading("请解锁").waitFor();
  });

  test("is locked in every tab at once, and says where the browser promises nothing", async () => {
    await holdOne();
    const other = await visited.context.newPage();
    await other.goto(`${world.url}/`);
    await openWallet(other);
    await other.getByText("浏览器没有答应一直保存").waitFor();
    await other.getByRole("button", { name: "上锁" }).click();
    await heading("请解锁").waitFor();
  });

  test("opens by a passkey, once one was added with the PIN", async () => {
    await come("/settings");
    const session = await visited.context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal" } as const;
    const abilities = { hasResidentKey: true, hasUserVerification: true, hasPrf: true };
    await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...options,
        ...abilities,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${world.url}/`);
    await page.locator("p.import button").click();
    await openWallet(page);
    await page.getByText("打开方式").click();
    await expectAccessible(page);
    await page.locator('input[name="pin-now"]').fill(WALLET_PIN);
    await button("添加指纹或面容").click();
    await page.getByText("可以用指纹或面容解锁了").waitFor();
    await page.reload();
    await button("用指纹或面容解锁").click();
    await button("上锁").waitFor();
  });
});

describe("Claiming", () => {
  test("refuses a link of an agency that the service does not know, and takes the code out of the address", async () => {
    await come("/claim#at=wallet.evil.example&code=0000-0000-0000-0000");
    await page.getByText("可能是冒充的").waitFor();
    expect(page.url()).toBe(`${world.url}/claim`);
    await expectAccessible(page);
  });

  test("says from whom before it asks, and notices a code with a mistake", async () => {
    await come("/claim");
    await page.locator('input[name="code"]').fill("0000-0000-0000-0001");
    await button("下一步").click();
    await page.getByText("领证码有误").waitFor();
    await expectAccessible(page);
    await page.locator('input[name="code"]').fill("oooo oooo oooo oooo");
    await button("下一步").click();
    await heading("请确认").waitFor();
    await page.locator("main").getByText("三亚市民政局").waitFor();
    await page.locator("main").getByText("wallet.example.gov.cn").waitFor();
    await expectAccessible(page);
  });
});

describe("Elder mode", () => {
  test("has one action for each certificate and fewer things around it", async () => {
    await holdOne();
    await page.evaluate(() => {
      const settings = JSON.parse(localStorage.getItem("liangzheng.settings") ?? "{}") as object;
      localStorage.setItem("liangzheng.settings", JSON.stringify({ ...settings, isElder: true }));
    });
    await page.reload();
    await openWallet(page);
    await heading("证照").waitFor();
    await page.getByRole("link", { name: "亮证", exact: true }).last().waitFor();
    expect(await button("导出证照文件").count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole("link", { name: "返回我的证照" }).click();
    await page.locator(".list").waitFor();
    expect(await page.getByText("导入证照文件").count()).toBe(0);
    await expectAccessible(page);
  });
});
