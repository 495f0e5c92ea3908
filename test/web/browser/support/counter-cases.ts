/** What a counter is shown that it must not accept, and what it says then in large letters. */
import type { Page } from "playwright-core";
import type { PresentationContent } from "../../../../src/core/presentation/presentation.ts";
import { fromQrText, toQrText } from "../../../../src/core/presentation/qr-text.ts";
import { certificateAt, issueBatch } from "../../../support/certificate-batch.ts";
import type { BatchPlan } from "../../../support/issued-batch.ts";
import { SANYA, T0, YEAR, establish, sanyaDocumentKey } from "../../../support/ledger-story.ts";
import { bearerWire, bindingFor, proofOf, signedWire } from "../../../support/present.ts";
import { BEARER, COUNTER, holder } from "../../../support/usual-case.ts";
import type { PagesWorld } from "./pages-world.ts";

export interface CounterCase {
  /** Of its picture: docs/pictures/verdict-NAME.png. */
  readonly name: string;
  readonly word: "refused" | "unsure";
  /** What stands below the word. */
  readonly said: string;
  /** @param now seconds since 1970. @returns a QR code's text */
  readonly code: (world: PagesWorld, now: number) => string;
  /** So long the chain has said nothing, in seconds. */
  readonly silence?: number;
}

const REVOKED = 5;
/** In 西藏: no rule of the story's says that its certificates are accepted anywhere else. */
const FAR = {
  ...SANYA,
  ...{ code: "11540000MB7654322X", region: "540000", name: "拉萨市民政局" },
  operator: `0x${"77".repeat(20)}`,
};
const MINUTE = 60;
const DAY = 86_400;

function held(world: PagesWorld, now: number, changes: Partial<PresentationContent> = {}): string {
  const given = world.signed({ issuedAt: now, expiresAt: now + MINUTE, ...changes });
  return "qr" in given ? given.qr : "";
}

/** By the key that held it, which the agency binds no more: its holder lost the phone and claimed anew. */
function boundUntil(world: PagesWorld, now: number, end: number): string {
  const times = { issuedAt: end - 7 * DAY, expiresAt: end };
  const binding = bindingFor(world.bearer, holder, sanyaDocumentKey, times);
  const proof = proofOf(world.primitives, world.bearer);
  const shown = { issuedAt: now, expiresAt: now + MINUTE, audience: COUNTER, binding };
  return toQrText(signedWire(proof, holder, shown));
}

/** Of a batch of its own. */
function printedOf(world: PagesWorld, plan: Partial<BatchPlan>, status: number | null): string {
  const { operator } = plan.agency?.code === FAR.code ? FAR : SANYA;
  const batch = issueBatch(world.primitives, plan);
  world.story.anchor(batch, { operator });
  if (status !== null) world.story.setStatus(batch, BEARER, status);
  return toQrText(bearerWire(proofOf(world.primitives, certificateAt(batch, BEARER))));
}

/** One letter of the holder's name is another. */
function altered(world: PagesWorld): string {
  const given = world.printed();
  const wire = Buffer.from(fromQrText("qr" in given ? given.qr : ""));
  const at = wire.indexOf(Buffer.from("王小明")) + 8;
  wire[at] = (wire[at] ?? 0) ^ 1;
  return toQrText(wire);
}

export const COUNTER_CASES: readonly CounterCase[] = [
  {
    ...{ name: "revoked", word: "refused", said: "证照已吊销" },
    code: (world) => printedOf(world, { seed: "case revoked" }, REVOKED),
  },
  {
    ...{ name: "expired", word: "refused", said: "已过有效期" },
    code: (world) => {
      const dates = { notBefore: T0 - 2 * YEAR, notAfter: T0 };
      return printedOf(world, { seed: "case expired", ...dates }, null);
    },
  },
  { ...{ name: "altered", word: "refused", said: "可能被改动" }, code: altered },
  {
    ...{ name: "screenshot", word: "refused", said: "亮证码已过期，可能是截图" },
    code: (world, now) => held(world, now - MINUTE - 1),
  },
  {
    ...{ name: "other-counter", word: "refused", said: "该亮证码是出示给其他窗口的" },
    code: (world, now) => held(world, now, { audience: "杭州市民政局4号窗口" }),
  },
  {
    ...{ name: "clock", word: "refused", said: "手机时钟可能不准" },
    code: (world, now) => held(world, now + 10 * MINUTE),
  },
  {
    ...{ name: "old-key", word: "refused", said: "持证人绑定已过期" },
    code: (world, now) => boundUntil(world, now, now - MINUTE),
  },
  {
    ...{ name: "region", word: "refused", said: "本地没有认可该证照的互认规则" },
    code: (world) => {
      establish(world.story, FAR);
      return printedOf(world, { seed: "case region", agency: FAR }, null);
    },
  },
  {
    ...{ name: "chain-down", word: "unsure", said: "暂时无法判断", silence: 7_200 },
    code: (world, now) => held(world, now, { issuedAt: now - 2 }),
  },
];

/** At a counter that has signed in. @returns once the verdict is there */
export async function showCase(page: Page, world: PagesWorld, one: CounterCase): Promise<void> {
  world.chainSilentFor(one.silence ?? 0);
  await page.fill("textarea[name=text]", one.code(world, Math.floor(Date.now() / 1_000)));
  await page.locator(".paste button").click();
  await page.locator(`[data-verdict=${one.word}]`, { hasText: one.said }).waitFor();
  world.chainSilentFor(0);
}
