/** From an agency's claim code to a certificate in a phone, with the real agency, chain, verifier and browser. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Running } from "../../support/command.ts";
import { startCommand } from "../../support/command.ts";
import { AGENCY, openWorld } from "../../support/command-world.ts";
import type { World } from "../../support/command-world.ts";
import { freePorts } from "../../support/free-ports.ts";
import { expectAccessible } from "./support/accessible.ts";
import { openBrowser, visit } from "./support/browser.ts";
import type { Visit } from "./support/browser.ts";
import { openWallet } from "./support/wallet.ts";

const NAME = "上海市证照样例局";

let [world, browser]: [World, Browser] = [] as never;
let verifying: Running;
let serving: Running;
let [host, server, at]: [string, string, string] = [] as never;
let visited: Visit;
let page: Page;

beforeAll(async () => {
  [world, browser] = await Promise.all([
    openWorld({ verifier: "no", batch: "yes" }),
    openBrowser(),
  ]);
  const key = join(world.home, "keys", `document-${AGENCY}.key`);
  await world.ask(["key", "new", "--out", key]);
  await world.ask(["agency", "document-key", "add", AGENCY, "--public-key", key]);
  const [port = 0, endpointPort = 0] = await freePorts(2);
  [host, at] = [`localhost:${String(port)}`, `127.0.0.1:${String(endpointPort)}`];
  server = `http://${host}`;
  const endpoints = [{ agency: AGENCY, name: NAME, url: `http://${at}` }];
  const config = world.file("serve.json");
  const settings = { listen: { port }, publicHost: host, pages: { endpoints } };
  await writeFile(config, JSON.stringify(settings));
  const agency = ["serve", "--agency", AGENCY, "--wallet", server];
  const listening = ["--port", String(endpointPort), "--poll", "200", "--json"];
  [verifying, serving] = await Promise.all([
    startCommand(world.home, ["serve", "--config", config, "--json"]),
    startCommand(world.home, [...agency, ...listening]),
  ]);
  visited = await visit(browser, `${server}/`);
  ({ page } = visited);
}, 240_000);

afterAll(async () => {
  await visited.close();
  await browser.close();
  await Promise.all([serving.stop(), verifying.stop()]);
  await world.close();
});

async function codeFor(index: number): Promise<string> {
  const place = ["--root", world.root, "--index", String(index)];
  return ((await world.ask(["claim", "create", ...place])) as { code: string }).code;
}

test("a link is confirmed, a PIN is chosen, and the certificate is there: drawn, in force, bound", async () => {
  await page.goto(`${server}/claim#at=${at}&code=${await codeFor(0)}`);
  await page.getByText(NAME).waitFor();
  expect(page.url()).toBe(`${server}/claim`);
  await page.getByRole("button", { name: "领取", exact: true }).click();
  await openWallet(page);
  await page.getByRole("heading", { name: "已领取" }).waitFor();
  await page.locator(".paper.whole").getByText("二级建造师注册证书").waitFor();
  await page.locator(".standing.good").getByText("有效").waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "我的证照" }).last().click();
  await page.getByRole("link", { name: /^查看/ }).click();
  await page.getByText("持证凭据有效至").waitFor();
  await expectAccessible(page);
});

test("its binding is renewed, and its use record is told to its key, which nobody has asked yet", async () => {
  await page.getByRole("button", { name: "更新持证凭据" }).click();
  await page.getByText("已更新").waitFor();
  await page.getByRole("button", { name: "查询用证记录" }).click();
  await page.getByText("还没有人核验过这份证照").waitFor();
  await expectAccessible(page);
});

test("a code that was used, typed in, is refused in the agency's own words", async () => {
  const code = await codeFor(1);
  const claim = async (): Promise<void> => {
    await page.goto(`${server}/claim`);
    await page.locator('input[name="code"]').fill(code.toLowerCase());
    await page.getByRole("button", { name: "下一步" }).click();
    await page.getByRole("button", { name: "领取", exact: true }).click();
    await openWallet(page);
  };
  await claim();
  await page.getByRole("heading", { name: "已领取" }).waitFor();
  await page.evaluate(() => indexedDB.deleteDatabase("liangzheng-vault"));
  await claim();
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("alert").innerText()).toContain("CLAIM_CODE_ENDED");
  await expectAccessible(page);
});
