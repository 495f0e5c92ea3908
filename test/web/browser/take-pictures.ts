/**
 * Takes the README's pictures of the pages, from the pages themselves with fictitious certificates:
 * node test/web/browser/take-pictures.ts
 */
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { fromBase64Url, toBase64Url } from "../../../src/core/encoding/bytes.ts";
import { fromQrText, toQrText } from "../../../src/core/presentation/qr-text.ts";
import { tellCountry } from "../../support/country-story.ts";
import { proofOf, signedWire } from "../../support/present.ts";
import { holder } from "../../support/usual-case.ts";
import { openBrowser, visit } from "./support/browser.ts";
import type { Visit, VisitOptions } from "./support/browser.ts";
import { COUNTER_CASES, showCase } from "./support/counter-cases.ts";
import { openPagesWorld } from "./support/pages-world.ts";
import { AGENCY_PLACE, CLAIM_LINK, routedAgency } from "./support/routed-agency.ts";
import { openWallet } from "./support/wallet.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "docs", "pictures");
/** What a README's picture may weigh. */
const MOST_BYTES = 120_000;

const world = await openPagesWorld({ endpoints: [AGENCY_PLACE] });
tellCountry(world.story, Math.floor(Date.now() / 1000));
const agency = routedAgency(world, {
  size: 64,
  claimsOf: (index) => ({
    ...{ registryNumber: `J460200-2026-${String(417 + index).padStart(6, "0")}` },
    ...{ holderName: "王小明", birthDate: "1990-05-17", 住址: "三亚市吉阳区解放路1号" },
    ...{ children: ["王一", "王二"], isFirst: true },
    ...{ issuer: "三亚市民政局", issuedOn: "2026-01-01" },
  }),
});
const browser = await openBrowser();

await takeWallet();
await takeCounter();
await takeOverview();
await takeVerdicts();
await takeRefusals();
await browser.close();
await world.close();

async function open(path: string, options: VisitOptions = {}): Promise<Visit> {
  const visited = await visit(browser, `${world.url}/settings`, options);
  await agency.serve(visited.context);
  await visited.page.goto(world.url + path);
  return visited;
}

/** The certificate in its wallet, and the code that is held up. */
async function takeWallet(): Promise<void> {
  const { page, close } = await open(CLAIM_LINK);
  await page.locator("button.main").click();
  await openWallet(page);
  await page.locator("a.button.main").click();
  const card = page.locator('a[href^="/certificates/"]').first();
  await card.waitFor();
  await take(page, "wallet");
  const id = String(await card.getAttribute("href"))
    .split("/")
    .at(-1);
  await page.goto(`${world.url}/show/${String(id)}`);
  await openWallet(page);
  await page.getByRole("button", { name: "亮证", exact: true }).click();
  await page.locator("canvas").waitFor();
  await take(page, "showing");
  await close();
}

async function takeCounter(): Promise<void> {
  const { page, close } = await open("/counter", {
    context: { viewport: { width: 1000, height: 860 }, deviceScaleFactor: 0.8 },
  });
  await page.fill("input[name=key]", "counter");
  await page.click("button[type=submit]");
  await page.getByText("婚姻登记信息查询").first().waitFor();
  const now = Math.floor(Date.now() / 1000);
  const proof = proofOf(world.primitives, world.keyed, ["holderName"]);
  const wire = signedWire(proof, holder, { issuedAt: now, expiresAt: now + 60 });
  await page.fill("textarea[name=text]", toQrText(wire));
  await page.locator(".paste button").click();
  await page.locator("[data-verdict]").waitFor();
  await take(page, "counter");
  await close();
}

/** What a counter says of what is not good, in small. */
async function takeRefusals(): Promise<void> {
  const { page, close } = await open("/counter", {
    context: { viewport: { width: 440, height: 900 } },
  });
  await page.fill("input[name=key]", "counter");
  await page.click("button[type=submit]");
  await page.getByText("婚姻登记信息查询").first().waitFor();
  for (const one of COUNTER_CASES) {
    await showCase(page, world, one);
    await take(page, `verdict-${one.name}`, page.locator("[data-verdict]"));
  }
  await close();
}

async function takeOverview(): Promise<void> {
  const { page, close } = await open("/overview", {
    context: { viewport: { width: 960, height: 900 }, deviceScaleFactor: 0.8 },
  });
  await page.locator("button.effect.conditional").click();
  const matrix = page.locator("section", { has: page.locator("[role=grid]") });
  await take(page, "overview", matrix);
  await close();
}

/** What anyone's phone says of a printed code: good, altered, and without a network. */
async function takeVerdicts(): Promise<void> {
  const given = world.printed();
  const good = toBase64Url(fromQrText("qr" in given ? given.qr : ""));
  const wire = Buffer.from(fromBase64Url(good) ?? []);
  const at = wire.indexOf("王小明") + 8;
  wire[at] = (wire[at] ?? 0) ^ 1;
  await takeVerdict("verdict-valid", good);
  await takeVerdict("verdict-refused", wire.toString("base64url"));
  await takeVerdict("verdict-unsure", good, (page) =>
    page.context().route("**/v1/trust-pack?*", (route) => route.abort()),
  );
}

async function takeVerdict(
  name: string,
  content: string,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const { page, close } = await open("/q");
  await prepare(page);
  await page.goto("about:blank");
  await page.goto(`${world.url}/q#${content}`);
  await page.locator("[data-verdict]").waitFor();
  await take(page, name);
  await close();
}

/** @throws where it came out too heavy */
async function take(page: Page, name: string, what: Page | Locator = page): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await page.evaluate(() => scrollTo(0, 0));
  await what.screenshot({ path, animations: "disabled" });
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new Error(`${name}.png: ${String(size)} bytes`);
}
