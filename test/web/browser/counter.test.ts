/** A clerk at a counter: what is held up, typed, dropped or pasted is judged, with a network and without. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { toBuffer } from "qrcode";
import type { PresentationContent } from "../../../src/core/presentation/presentation.ts";
import { toQrParts } from "../../../src/core/presentation/qr-parts.ts";
import { fromQrText, toQrText } from "../../../src/core/presentation/qr-text.ts";
import { certificateAt, issueBatch } from "../../support/certificate-batch.ts";
import { ITEM } from "../../support/counter-desk.ts";
import { sanyaDocumentKey } from "../../support/ledger-story.ts";
import { bindingFor, fileOf, proofOf, signedWire } from "../../support/present.ts";
import { COUNTER, KEYED, holder } from "../../support/usual-case.ts";
import { expectAccessible } from "./support/accessible.ts";
import { PATIENCE, WINDOWS, openBrowser, visit } from "./support/browser.ts";
import type { Visit } from "./support/browser.ts";
import { COUNTER_CASES, showCase } from "./support/counter-cases.ts";
import { codePicture, fakeCamera } from "./support/fake-camera.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";

/** A clerk waits for a second. */
const SHORTEST_WAIT_MS = 1_000 * PATIENCE;

const camera = fakeCamera();
const folder = mkdtempSync(join(tmpdir(), "lz-counter-"));
let world: PagesWorld;
let browser: Browser;
let shown = 0;
/** Whom the camera was refused to; most tests go on where the one before left off. */
let clerk: Visit;
let page: Page;

beforeAll(async () => {
  world = await openPagesWorld();
  browser = await openBrowser({ camera });
  clerk = await counter({ worker: "yes" });
  ({ page } = clerk);
  await page.clock.install();
});
afterEach(async () => {
  world.plugIn();
  world.chainSilentFor(0);
  await clerk.context.setOffline(false);
  const button = page.getByRole("button", { name: "下一位" });
  if (await button.isVisible()) await next();
});
afterAll(async () => {
  await browser.close();
  await world.close();
  camera.remove();
  rmSync(folder, { recursive: true });
});

/** A code that the holder's phone makes now: no two are the same. */
function held(changes: Partial<PresentationContent> = {}): string {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const given = world.signed({ issuedAt, expiresAt: issuedAt + 60 + ++shown, ...changes });
  return "qr" in given ? given.qr : "";
}

async function counter(options: Parameters<typeof visit>[2] = {}): Promise<Visit> {
  const visited = await visit(browser, `${world.url}/counter`, { window: "desktop", ...options });
  await visited.page.fill("input[name=key]", "counter");
  await visited.page.click("button[type=submit]");
  await visited.page.getByText("婚姻登记信息查询").first().waitFor();
  await visited.page.locator(".pack-line .age", { hasText: "更新" }).waitFor();
  return visited;
}

async function verdictOf(from = page): Promise<{ word: string; said: string }> {
  const banner = from.locator("[data-verdict]");
  await banner.waitFor();
  const said = (await banner.textContent()) ?? "";
  return { word: (await banner.getAttribute("data-verdict")) ?? "", said };
}

async function next(): Promise<void> {
  await page.getByRole("button", { name: "下一位" }).click();
  await page.locator("[data-verdict]").waitFor({ state: "detached" });
}

async function paste(text: string): Promise<{ word: string; said: string }> {
  await page.fill("textarea[name=text]", text);
  await page.locator(".paste button").click();
  return verdictOf();
}

/** What the service has of this counter, newest first. */
async function usesKept(): Promise<readonly { mode: string; verdict: string; codes: string[] }[]> {
  const headers = { Authorization: "Bearer counter" };
  const { items } = await (await fetch(`${world.url}/v1/uses`, { headers })).json();
  return items;
}

/** As fast as a scanner on the page's own clock, however slow this machine is. */
async function typeAsScanner(text: string): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 10_000);
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.clock.resume();
}

async function press(name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
}

function inFolder(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** The service is asked again some seconds after it was away. */
async function expectTold(): Promise<void> {
  await page.clock.fastForward(5_000);
  await page.locator(".untold").waitFor({ state: "detached" });
}

async function updatePack(): Promise<void> {
  await page.locator(".pack-line details").evaluate((details) => details.setAttribute("open", ""));
  await press("更新");
  await page.locator(".pack-line button:enabled").waitFor();
}

describe("what is shown", () => {
  it("is read by the camera, whole and in parts: 有效, with the claims and the receipt", async () => {
    camera.show(codePicture(held()));
    const visited = await counter({ camera: "yes" });
    const filmed = visited.page;
    const { word, said } = await verdictOf(filmed);
    expect({ word, said }).toEqual({ word: "valid", said: expect.stringContaining("有效") });
    expect(await filmed.locator(".claims").textContent()).toContain("王小明1");
    const result = await filmed.locator(".desk-result").textContent();
    expect(result).toMatch(/核验回执号 3f6a0c21b9d4-\d+/);
    // The next one's, held up where the first one's result still stands.
    camera.show(...toQrParts(fromQrText(held())).map(codePicture));
    await filmed.waitForFunction((before) => {
      const now = document.querySelector(".desk-result")?.textContent ?? null;
      return now !== null && now !== before;
    }, result);
    expect(await verdictOf(filmed)).toMatchObject({ word: "valid" });
    expect(visited.faults).toEqual([]);
    await visited.close();
  });

  it("is pasted where the camera was refused, which is said in words", async () => {
    await page.locator("[data-fault=refused]").waitFor();
    expect((await paste(held())).word).toBe("valid");
    expect(clerk.faults).toEqual([]);
  });

  it("is typed by a hand scanner, wherever the focus is, and leaves nothing behind", async () => {
    await page.locator("input[name=cause]").evaluate((field: HTMLElement) => {
      field.closest("details")?.setAttribute("open", "");
      field.focus();
    });
    await typeAsScanner(held());
    expect(await verdictOf()).toMatchObject({ word: "valid" });
    expect(await page.inputValue("input[name=cause]")).toBe("办理婚姻登记信息查询");
  });

  it("is a file that is chosen or dropped, or a picture; what is no such thing is said to be none", async () => {
    const certificate = JSON.stringify(fileOf(world.bearer).certificate);
    await page.setInputFiles("input[name=file]", inFolder("张三.lzc.json", certificate));
    expect(await verdictOf()).toMatchObject({ word: "valid" });
    expect(await page.locator(".compare").textContent()).toContain("请核对本人");
    await next();
    await page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "code.txt"));
      dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
    }, held());
    expect(await verdictOf()).toMatchObject({ word: "valid" });
    await next();
    const picture = await toBuffer(held(), { errorCorrectionLevel: "L", margin: 4, scale: 4 });
    await page.setInputFiles("input[name=file]", inFolder("code.png", picture));
    expect(await verdictOf()).toMatchObject({ word: "valid" });
    await page.setInputFiles("input[name=file]", inFolder("other.bin", Buffer.from([0, 1])));
    await page.getByText("无法识别这种文件").waitFor();
  });
});

describe("what must not be accepted", () => {
  it.each(COUNTER_CASES)("is told in large letters: $name, $said", async (one) => {
    await showCase(page, world, one);
    await expectAccessible(page);
    const details = await page.locator(".checks .detail").allTextContents();
    expect(details.filter((detail) => /[a-z]{3,} [a-z]/.test(detail))).toEqual([]);
    const remedies = await page.locator(".checks .remedy").allTextContents();
    expect(remedies).toEqual([...new Set(remedies)]);
  });
});

describe("a delegate", () => {
  it("is named with the holder and the matters, where these are the counter's", async () => {
    const grant = {
      ...{ delegate: "王小红", reason: "relative" as const, grantor: "王小明3" },
      matters: [ITEM.code],
    };
    const issuedAt = Math.floor(Date.now() / 1_000);
    const times = { issuedAt, expiresAt: issuedAt + 60 };
    const binding = bindingFor(world.bearer, holder, sanyaDocumentKey, { ...times, grant });
    const proof = proofOf(world.primitives, world.bearer);
    const wire = signedWire(proof, holder, { ...times, audience: COUNTER, binding });
    expect((await paste(toQrText(wire))).word).toBe("valid");
    const said = await page.locator(".delegate").textContent();
    expect(said).toContain("王小红");
    expect(said).toContain("王小明3");
    expect(said).toContain(ITEM.names.zh);
    await expectAccessible(page);
  });
});

describe("without a network", () => {
  it("is judged on the trust pack, each code once, and told afterwards", async () => {
    const before = (await usesKept()).length;
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await clerk.context.setOffline(true);
    await page.reload();
    await page.locator(".age", { hasText: "更新" }).waitFor();
    const code = held();
    expect((await paste(code)).word).toBe("valid");
    expect(await page.locator(".verdict").textContent()).toContain("由本机凭离线信任包判断");
    expect(await page.locator(".claims").textContent()).toContain("王小明1");
    await expectAccessible(page);
    await next();
    const { word, said } = await paste(code);
    expect({ word, said }).toEqual({
      word: "refused",
      said: expect.stringContaining("该亮证码已使用过"),
    });
    expect(await page.locator(".untold").textContent()).toContain("2");
    await clerk.context.setOffline(false);
    await expectTold();
    const all = await usesKept();
    const told = all.slice(0, all.length - before);
    expect(told.map(({ mode }) => mode)).toEqual(["offline", "offline"]);
    expect(new Set(told.flatMap(({ codes }) => codes))).toEqual(new Set(["REPLAYED"]));
  });

  it("is refused where the service accepted it a moment ago", async () => {
    const code = held();
    expect((await paste(code)).word).toBe("valid");
    await next();
    await clerk.context.setOffline(true);
    expect((await paste(code)).said).toContain("该亮证码已使用过");
  });

  it("is judged here where the service breaks off, whatever the browser thinks, and nobody waits for it", async () => {
    world.unplug();
    const begun = Date.now();
    expect((await paste(held())).word).toBe("valid");
    expect(Date.now() - begun).toBeLessThan(SHORTEST_WAIT_MS / 2);
    expect(await page.locator(".pack-line").textContent()).toContain("离线");
    world.plugIn();
    await expectTold();
  });

  it("is not told apart from a short code that needs the network, but by words", async () => {
    await clerk.context.setOffline(true);
    await page.fill("textarea[name=text]", "LZR:verify.example.gov.cn/8QZ3vN1xT0eYb2kLw6mRfA");
    await page.locator(".paste button").click();
    await page.getByText("这种短码只有联网才能核验").waitFor();
  });

  it("can't be told once the pack is older than its limit", async () => {
    world.chainSilentFor(2 * 86_400);
    await updatePack();
    await page.locator(".age", { hasText: "离线数据已过期（2天前）" }).waitFor();
    await clerk.context.setOffline(true);
    const { word, said } = await paste(held());
    expect({ word, said }).toEqual({
      word: "unsure",
      said: expect.stringContaining("暂时无法判断"),
    });
    await expectAccessible(page);
  });
});

describe("asking and many files", () => {
  it("asks a holder by code and digits, and shows the answer", async () => {
    await press("请求亮证");
    await press("发起请求");
    const digits = (await page.locator(".digits").textContent())?.replace(/\D/g, "") ?? "";
    const found = await fetch(`${world.url}/v1/presentation-requests?code=${digits}`);
    const { id, nonce, audience } = await found.json();
    const presentation = held({ nonce: new Uint8Array(Buffer.from(nonce, "hex")), audience });
    const path = `${world.url}/v1/presentation-requests/${id}/presentation`;
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ presentation });
    expect((await fetch(path, { method: "POST", headers, body })).status).toBe(200);
    // When it is asked for again.
    await page.clock.fastForward(1_500);
    expect(await verdictOf()).toMatchObject({ word: "valid" });
  });

  it("verifies a folder's files into a table that can be downloaded", async () => {
    await press("批量核验");
    const good = JSON.stringify(fileOf(world.bearer).certificate);
    const files = [
      inFolder("甲.lzc.json", good),
      inFolder("乙.lzc.json", good.replace("王小明3", "王小明4")),
      inFolder("=丙.txt", "LZ1:"),
    ];
    await page.setInputFiles("input[name=files]", files);
    const button = page.getByRole("button", { name: "下载结果" });
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const table = readFileSync(await download.path(), "utf8");
    const rows = table
      .trim()
      .split("\r\n")
      .map((line) => line.split("\t"));
    expect(rows.map(([name, word]) => [name, word])).toEqual([
      ["文件", "结论"],
      ["甲.lzc.json", "有效"],
      ["乙.lzc.json", "不可用"],
      ["'=丙.txt", "不可用"],
    ]);
    await expectAccessible(page);
    await press("本次记录");
    const past = await page.locator("tbody").textContent();
    expect(past).toContain("结婚证");
    expect(past).not.toContain("王小明");
    await press("扫码");
  });
});

describe("a clerk is not deceived", () => {
  it("by claims of every script, marks of direction and 10,000 characters", async () => {
    const claimsOf = () => ({
      holderName: "\u202eيلع\u0000王\u200b" + ("e" + "\u0301".repeat(40)).normalize("NFC"),
      住址: "<img src=x onerror=alert(1)>" + "长".repeat(10_000),
      registryNumber: "ཀརྨ་ ئۇيغۇر ꆈꌠ 👩‍👧",
    });
    const batch = issueBatch(world.primitives, { seed: "hostile", claimsOf });
    world.story.anchor(batch);
    const certificate = JSON.stringify(fileOf(certificateAt(batch, 0)).certificate);
    await page.setViewportSize(WINDOWS.phone);
    await page.setInputFiles("input[name=file]", inFolder("hostile.lzc.json", certificate));
    expect(await verdictOf()).toMatchObject({ word: "valid" });
    const said = (await page.locator(".claims").textContent()) ?? "";
    expect(said).toContain("U+202E");
    expect(said).toContain("<img src=x onerror=alert(1)>");
    expect(said).not.toContain("\u202e");
    expect(said.length).toBeLessThan(1_500);
    const { scrollWidth, clientWidth } = await page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
    }));
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
    await expectAccessible(page);
    await page.setViewportSize(WINDOWS.desktop);
  });

  it("by a revoked certificate, with a network or without", async () => {
    world.story.setStatuses(world.batch, [KEYED], 5);
    const { word, said } = await paste(held());
    expect({ word, said }).toEqual({
      word: "refused",
      said: expect.stringContaining("证照已吊销"),
    });
    await expectAccessible(page);
    await updatePack();
    await clerk.context.setOffline(true);
    await next();
    expect((await paste(held())).said).toContain("证照已吊销");
  });

  it("and works by keyboard alone, from signing in to the next person", async () => {
    await press("退出");
    await page.locator("input[name=key]").focus();
    await page.keyboard.type("counter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("textarea[name=text]").focus();
    await page.keyboard.insertText(held());
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("[data-verdict]").waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent.trim() === "下一位");
    await page.keyboard.press("Enter");
    await page.locator("[data-verdict]").waitFor({ state: "detached" });
  });
});
