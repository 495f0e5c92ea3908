/** What a change of page is for those who don't see it: a title, and the focus on its heading (WCAG 2.4.2, 2.4.3). */
import { nextTick, shallowRef, watchEffect } from "vue";
import type { Router } from "vue-router";
import { FRAME, TITLES } from "./words/frame.ts";
import { inLanguage } from "./words/words.ts";

/** The page that could not be fetched, which a visitor may try again; null while all is well. */
export const failedPage = shallowRef<string | null>(null);

export function followNavigation(router: Router): void {
  watchEffect(() => {
    const name = String(router.currentRoute.value.name) as keyof typeof TITLES;
    const title = Object.hasOwn(TITLES, name) ? [inLanguage(TITLES[name])] : [];
    document.title = [...title, inLanguage(FRAME.brand)].join(" · ");
  });
  router.onError((_, { fullPath }) => {
    failedPage.value = fullPath;
  });
  router.afterEach(async (to, from) => {
    failedPage.value = null;
    const isFirst = from.matched.length === 0;
    if (isFirst || to.path === from.path) return;
    await nextTick();
    focusHeading();
  });
}

/** The page's heading takes the focus, so that a screen reader begins there, and nobody who types is lost. */
export function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>("main h1") ?? document.querySelector("main");
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}
