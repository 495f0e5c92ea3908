/** Anyone with any phone: a printed code is judged in the page, and nothing of it leaves the phone. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page, Request } from "playwright-core";
import { fromBase64Url, toBase64Url } from "../../../src/core/encoding/bytes.ts";
import { fromQrText } from "../../../src/core/presentation/qr-text.ts";
import { certificateAt, issueBatch } from "../../support/certificate-batch.ts";
import { SANYA, T0, YEAR, publishType } from "../../support/ledger-story.ts";
import { bearerWire, proofOf } from "../../support/present.ts";
import { BEARER } from "../../support/usual-case.ts";
import type { BatchPlan } from "../../support/issued-batch.ts";
import { expectAccessible } from "./support/accessible.ts";
import { openBrowser, visit } from "./support/browser.ts";
import type { Visit, VisitOptions } from "./support/browser.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import type { PagesWorld } from "./support/pages-world.ts";

/** Of the project's catalogue. */
const DRIVING_LICENCE = "11100000MB1A90019A002";

let world: PagesWorld;
let browser: Browser;

beforeAll(async () => {
  world = await openPagesWorld();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

/** What follows # in the address of a printed code of the usual batch. */
function printed(): string {
  const given = world.printed();
  return toBase64Url(fromQrText("qr" in given ? given.qr : ""));
}

/** The same of another batch. @param isAnchored whether the chain knows it */
function printedOf(plan: Partial<BatchPlan>, isAnchored = true): string {
  const batch = issueBatch(world.primitives, plan);
  if (isAnchored) world.story.anchor(batch);
  return toBase64Url(bearerWire(proofOf(world.primitives, certificateAt(batch, BEARER))));
}

/** One letter of the holder's name is another. */
function altered(content: string): string {
  const wire = Buffer.from(fromBase64Url(content) ?? []);
  const at = wire.indexOf(Buffer.from("王小明"));
  wire[at + 8] = (wire[at + 8] ?? 0) ^ 1;
  return wire.toString("base64url");
}

async function open(content: string, options: VisitOptions = {}): Promise<Visit> {
  const hash = content === "" ? "" : `#${content}`;
  const visited = await visit(browser, `${world.url}/q${hash}`, options);
  await visited.page.locator("h1").waitFor();
  return visited;
}

/** As when another code is opened in the same tab. */
async function openNext(page: Page, content: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), content);
}

async function verdictOf(page: Page): Promise<{ word: string | null; said: string }> {
  const banner = page.locator("[data-verdict]");
  await banner.waitFor();
  return { word: await banner.getAttribute("data-verdict"), said: await banner.innerText() };
}

describe("a printed code that is good", () => {
  it("opens with the verdict, type, agency and dates, and says whose page it is", async () => {
    const { page, faults, close } = await open(printed());
    expect(await verdictOf(page)).toEqual({ word: "valid", said: "有效" });
    const text = await page.locator("main").innerText();
    for (const one of ["结婚证", SANYA.name, SANYA.code, "2026年1月1日", "王小明3", "请核对本人"]) {
      expect(text).toContain(one);
    }
    expect(await page.locator(".site .host").innerText()).toBe(new URL(world.url).host);
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("of a type that no matter names has its claims in the catalogue's words", async () => {
    publishType(world.story, DRIVING_LICENCE, { name: "机动车驾驶证" });
    const claimsOf = (): Readonly<Record<string, string>> => ({ holderName: "王小明", 备注: "无" });
    const { page, close } = await open(printedOf({ type: DRIVING_LICENCE, claimsOf, seed: "car" }));
    await verdictOf(page);
    await page.locator(".claims dt", { hasText: "姓名" }).waitFor();
    expect((await page.locator(".claims dt").allInnerTexts()).sort()).toEqual(["备注", "姓名"]);
    await close();
  });

  it("is asked about by its batch alone: no request has anything else of what the code holds", async () => {
    const content = printed();
    const { page, context, close } = await open("");
    const asked: Request[] = [];
    context.on("request", (request) => asked.push(request));
    await page.goto("about:blank");
    await page.goto(`${world.url}/q#${content}`);
    await verdictOf(page);
    await page.waitForLoadState("networkidle");
    const told = await Promise.all(asked.map(everythingIn));
    expect(asked.filter((request) => new URL(request.url()).origin !== world.url)).toEqual([]);
    expect(told.flatMap((text) => partsIn(content, text))).toEqual([]);
    expect(told.filter((text) => /王小明|%E7%8E%8B|1990-05-17/.test(text))).toEqual([]);
    const calls = asked.map((request) => new URL(request.url()));
    const paths = calls.map(({ pathname }) => pathname).filter((path) => path.startsWith("/v1/"));
    expect(new Set(paths)).toEqual(
      new Set(["/v1/keys", "/v1/pages", "/v1/service-items", "/v1/trust-pack"]),
    );
    const matters = calls.filter(({ pathname }) => pathname === "/v1/service-items");
    expect(matters.map(({ search }) => search)).toEqual([""]);
    const [first] = calls.filter(({ pathname }) => pathname === "/v1/trust-pack");
    expect([...(first?.searchParams ?? [])]).toEqual([
      ["agency", SANYA.code],
      ["root", world.batch.root],
    ]);
    await close();
  });

  it("is gone from the address bar, the history and everything that the page keeps", async () => {
    const content = printed();
    const { page, close } = await open(content);
    await verdictOf(page);
    expect(page.url()).toBe(`${world.url}/q`);
    expect(partsIn(content, await page.evaluate(everythingKept))).toEqual([]);
    await page.getByText("这个结论是什么意思").click();
    await page.getByRole("link", { name: "看谁认可这类证照" }).click();
    await page.waitForURL("**/overview");
    await page.goBack();
    await page.getByLabel("码的内容").waitFor();
    expect(page.url()).toBe(`${world.url}/q`);
    await close();
  });

  it("can be pasted instead, and is the same for a person who needs large letters", async () => {
    const { page, faults, close } = await open("", {
      settings: { isElder: true, hasSound: false },
    });
    await expectAccessible(page);
    await page.getByRole("button", { name: "核验" }).click();
    await page.getByText("请先粘贴或输入码的内容").waitFor();
    await page.getByLabel("码的内容").fill(`https://another.example/q#${printed()}\n`);
    await page.getByRole("button", { name: "核验" }).click();
    expect((await verdictOf(page)).word).toBe("valid");
    await page.getByText("码上印的网址是 another.example，不是本页").waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });
});

describe("a code that is not good", () => {
  it("is refused with the reason, whichever it is", async () => {
    const { page, faults, close } = await open("");
    const bad: [content: string, said: string][] = [
      ["AAAA", "无法识别"],
      [printedOf({ seed: "unknown" }, false), "链上没有该批次"],
      [printedOf({ seed: "old", notBefore: T0 - 2 * YEAR, notAfter: T0 }), "已过有效期"],
      [altered(printed()), "可能被改动"],
    ];
    for (const [content, said] of bad) {
      await openNext(page, content);
      await page.locator('[data-verdict="refused"]', { hasText: said }).waitFor();
    }
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("does not borrow the agency's name when it was altered, and shows none of its claims", async () => {
    const { page, close } = await open(altered(printed()));
    await verdictOf(page);
    expect(await page.locator(".site").innerText()).toContain("内容不实，与该机关无关");
    expect(await page.locator("main").innerText()).not.toContain("1990");
    await close();
  });

  it("is said to be revoked from the next look on", async () => {
    const batch = issueBatch(world.primitives, { seed: "revoked" });
    world.story.anchor(batch);
    const wire = bearerWire(proofOf(world.primitives, certificateAt(batch, BEARER)));
    const { page, close } = await open(toBase64Url(wire));
    expect((await verdictOf(page)).word).toBe("valid");
    world.story.setStatus(batch, BEARER, 5);
    await page.getByRole("button", { name: "再查一个" }).click();
    await openNext(page, toBase64Url(wire));
    await page.locator('[data-verdict="refused"]').waitFor();
    expect((await verdictOf(page)).said).toContain("吊销");
    await close();
  });
});

describe("without a network", () => {
  it("can't tell of a batch that it knows nothing of, and says why", async () => {
    const { page, close } = await open("", { worker: "yes" });
    await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
    world.unplug();
    try {
      await openNext(page, printed());
      expect(await verdictOf(page)).toMatchObject({ word: "unsure" });
      await page.getByText("只检查了内容是否完整").waitFor();
      await expectAccessible(page);
      world.plugIn();
      await page.getByRole("button", { name: "重试" }).click();
      await page.locator('[data-verdict="valid"]').waitFor();
    } finally {
      world.plugIn();
      await close();
    }
  });

  it("tells what was altered, and judges a batch that it looked at before", async () => {
    const { page, close } = await open(printed());
    await verdictOf(page);
    world.unplug();
    try {
      await openNext(page, altered(printed()));
      await page.locator('[data-verdict="refused"]').waitFor();
      await openNext(page, printed());
      await page.locator('[data-verdict="valid"]').waitFor();
      await page.getByText("结论依据本机以前留下的记录").waitFor();
    } finally {
      world.plugIn();
      await close();
    }
  });
});

describe("a verifier that is not what it says", () => {
  it("is not believed where its key did not sign what it answers", async () => {
    const visited = await open("");
    const key = { kty: "EC", crv: "P-256", ...{ x: "A".repeat(43), y: "A".repeat(43) } };
    await visited.context.route("**/v1/keys", (route) => route.fulfill({ json: { keys: [key] } }));
    await openNext(visited.page, printed());
    expect((await verdictOf(visited.page)).word).toBe("unsure");
    await visited.page.getByText("没有有效签名，没有采信").waitFor();
    await visited.close();
  });

  it("is not believed with a new key until a person has compared it", async () => {
    const { page, context, close } = await open("");
    const key = { kty: "EC", crv: "P-256", ...{ x: "A".repeat(43), y: "A".repeat(43) } };
    await context.route("**/v1/keys", (route) => route.fulfill({ json: { keys: [key] } }));
    await openNext(page, printed());
    await verdictOf(page);
    await context.unroute("**/v1/keys");
    await page.getByRole("button", { name: "重试" }).click();
    await page.getByText("核验服务换了签名密钥").waitFor();
    expect((await verdictOf(page)).word).toBe("unsure");
    await expectAccessible(page);
    await page.getByRole("button", { name: "已核对，信任新密钥" }).click();
    await page.locator('[data-verdict="valid"]').waitFor();
    await close();
  });

  it("is told apart by its own name where a look-alike only hands on its answers", async () => {
    const { page, context, close } = await open("");
    const pages = { host: "verify.example.gov.cn", endpoints: [], help: null, version: "1" };
    await context.route("**/v1/pages", (route) => route.fulfill({ json: pages }));
    await page.evaluate(() => {
      localStorage.removeItem("liangzheng.service");
    });
    await page.reload();
    await page.getByText("核验服务登记的网址是 verify.example.gov.cn，与本页不同").waitFor();
    await expectAccessible(page);
    await close();
  });
});

async function everythingIn(request: Request): Promise<string> {
  const headers = Object.entries(await request.allHeaders()).join();
  return [request.url(), headers, request.postData() ?? ""].join(" ");
}

/**
 * Nine bytes of it would be enough to know it again. What everyone knows is not looked for: agency, root, and the
 * names of claims that the type always shows.
 */
function partsIn(content: string, text: string): string[] {
  const bytes = Buffer.from(content, "base64url");
  const root = Buffer.from(world.batch.root.slice(2), "hex");
  const known = [Buffer.from(SANYA.code), root, Buffer.from("holderName")];
  const places = known.map((part) => [bytes.indexOf(part), part.length] as const);
  expect(places.every(([at]) => at > 0)).toBe(true);
  return Array.from({ length: Math.floor(bytes.length / 3) - 3 }, (_, i) => 3 * i)
    .filter((at) => places.every(([from, length]) => at + 9 <= from || at >= from + length))
    .flatMap((at) => {
      const part = bytes.subarray(at, at + 9);
      return [part.toString("base64url"), part.toString("hex")];
    })
    .filter((part) => text.includes(part));
}

/** Runs in the page: what it keeps beyond its own life, as one text. */
async function everythingKept(): Promise<string> {
  const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }, history.state];
  for (const name of await caches.keys()) {
    kept.push((await (await caches.open(name)).keys()).map(({ url }) => url));
  }
  for (const { name = "" } of await indexedDB.databases()) {
    const opened = indexedDB.open(name);
    await new Promise((done) => (opened.onsuccess = done));
    for (const store of opened.result.objectStoreNames) {
      const all = opened.result.transaction(store).objectStore(store).getAll();
      await new Promise((done) => (all.onsuccess = done));
      for (const one of all.result as unknown[]) {
        const inHex = (_: string, value: unknown) => {
          if (!(value instanceof Uint8Array)) return value;
          return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
        };
        kept.push(JSON.stringify(one, inHex));
      }
    }
    opened.result.close();
  }
  return JSON.stringify(kept);
}
