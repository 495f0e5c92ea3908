/** How long a page is busy with putting a new code in the place of the old. */
import type { Page } from "playwright-core";
import { throttleProcessor } from "./throttling.ts";

const STEP_MS = 200;
/** Then the next code is being made; it is shown some seconds later. */
const UNTIL_MADE_MS = 27_400;
const MOST_STEPS = 30;

/**
 * The page has just begun to show a code, and its clock is installed: time passes until the code has changed.
 * @param times how many times slower the processor is then
 * @returns milliseconds of the tick in which the code was changed, with the way there and back: an upper bound
 */
export async function renewalTime(page: Page, times: number): Promise<number> {
  await page.clock.runFor(UNTIL_MADE_MS);
  await countDrawings(page);
  await throttleProcessor(page, times);
  const ms = await timeOfDrawing(page);
  await throttleProcessor(page, 1);
  return ms;
}

/** The page's clocks are all the test's: it is measured from here. */
async function timeOfDrawing(page: Page): Promise<number> {
  for (let step = 0; step < MOST_STEPS; step++) {
    const began = performance.now();
    await page.clock.runFor(STEP_MS);
    const ms = performance.now() - began;
    const drawings = await page.evaluate(() => Reflect.get(globalThis, "drawings") as number);
    if (drawings > 0) return ms;
  }
  throw new Error("the code was not renewed");
}

async function countDrawings(page: Page): Promise<void> {
  await page.evaluate(() => {
    Reflect.set(globalThis, "drawings", 0);
    const { prototype } = CanvasRenderingContext2D;
    const { putImageData } = prototype;
    prototype.putImageData = function draw(...order: [ImageData, number, number]) {
      Reflect.set(globalThis, "drawings", 1);
      prototype.putImageData = putImageData;
      Reflect.apply(putImageData, this, order);
    };
  });
}
