/** What everyone needs of a page, measured in it: targets, width, text that isn't cut, a keyboard's way through. */
import type { Page } from "playwright-core";

/** In CSS pixels: WCAG 2.2, 2.5.5, which is more than AA asks. */
const TARGET = 44;
const NO_MOTION_MS = 1;

/** Controls that a finger misses; a link inside a sentence is as high as its line, as the guidelines allow. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const controls =
      "a[href], button, input, select, textarea, summary, [role='button'], [role='tab']";
    const isIn = (element: Element, selector: string): boolean =>
      element.closest(selector) !== null;
    const isInSentence = (element: Element): boolean => {
      return getComputedStyle(element).display === "inline" && isIn(element, "p, li, dd, td");
    };
    const areaOf = (element: Element): DOMRect =>
      (element.closest("label") ?? element).getBoundingClientRect();
    return [...document.querySelectorAll(controls)]
      .filter((element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
      )
      .filter((element) => !isInSentence(element) && !isIn(element, ".skip, .visually-hidden"))
      .map((element): [Element, DOMRect] => [element, areaOf(element)])
      .filter(([, { width, height }]) => width > 1 && Math.min(width, height) < least - 0.5)
      .map(([element, { width, height }]) => {
        const size = `${width.toFixed(0)} × ${height.toFixed(0)}`;
        return `${element.outerHTML.slice(0, 80)}: ${size}`;
      });
  }, TARGET);
}

/** What stands out at the side, so that one would have to scroll sideways. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const isOut = (element: Element): boolean => {
      const { left, right } = element.getBoundingClientRect();
      return right > width + 1 || left < -1;
    };
    return [...document.body.querySelectorAll("*")]
      .filter((element) => isOut(element) && element.closest(".skip, .visually-hidden") === null)
      .map((element) => element.outerHTML.slice(0, 80));
  });
}

/** Texts of which a part is not to be seen. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll<HTMLElement>("*")]
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const { scrollWidth, clientWidth, scrollHeight, clientHeight, textContent } = element;
        if (textContent.trim() === "" || element.closest(".visually-hidden, .skip, svg") !== null)
          return false;
        const isCutAside = overflowX === "hidden" && scrollWidth > clientWidth + 1;
        return isCutAside || (overflowY === "hidden" && scrollHeight > clientHeight + 1);
      })
      .filter((element) => element.checkVisibility())
      .map((element) => element.outerHTML.slice(0, 80)),
  );
}

/** What moves though the visitor asked for rest. */
export function movements(page: Page): Promise<string[]> {
  return page.evaluate((most) => {
    const lengthOf = ({ effect }: Animation): number =>
      Number(effect?.getComputedTiming().activeDuration ?? 0);
    return document
      .getAnimations()
      .filter((animation) => lengthOf(animation) > most)
      .map(({ effect }) =>
        String((effect as KeyframeEffect | null)?.target?.outerHTML.slice(0, 80)),
      );
  }, NO_MOTION_MS);
}

export interface Stop {
  readonly name: string;
  /** Whether one sees that it has the focus, and it isn't under something else. */
  readonly isSeen: boolean;
}

/** Goes through the page by the Tab key, from its beginning until it begins again. */
export async function walkByKeyboard(page: Page, most = 120): Promise<Stop[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(focused);
    if (stop === null) return stops;
    stops.push(stop);
  }
  throw new Error(
    `the Tab key leads round and round: ${stops
      .slice(-5)
      .map(({ name }) => name)
      .join(", ")}`,
  );
}

/** Runs in the page. @returns null where the focus is at the end, and so nowhere */
function focused(): Stop | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { left, top, width, height } = element.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  const isOnTop = above !== null && (element.contains(above) || above.contains(element));
  const isOutlined = outlineStyle !== "none" && outlineWidth !== "0px";
  const name = (element.textContent || element.outerHTML).trim().slice(0, 40);
  return { name, isSeen: isOutlined && isOnTop };
}
