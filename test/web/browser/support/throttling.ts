/** A poor phone on a poor network, as Chromium's developer tools play it. */
import type { Page } from "playwright-core";

/** Bits a second, down and up, and the milliseconds that each request takes at least. */
export interface Network {
  readonly bitsPerSecond: number;
  readonly latencyMs: number;
}

/** WebPageTest's "3G Slow": 400 kbit/s, 400 ms. */
export const SLOW_3G: Network = { bitsPerSecond: 400_000, latencyMs: 400 };

export async function throttleNetwork(
  page: Page,
  { bitsPerSecond, latencyMs }: Network,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const throughput = bitsPerSecond / 8;
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    ...{ offline: false, latency: latencyMs },
    ...{ downloadThroughput: throughput, uploadThroughput: throughput },
  });
}

/** @param times how many times slower than this machine */
export async function throttleProcessor(page: Page, times: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: times });
}
