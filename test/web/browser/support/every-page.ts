/** Every page and state that has an address of its own, in the ways that visitors may have them. */
import type { VisitOptions } from "./browser.ts";

/**
 * By what is in them: those with an unknown certificate show that there is none. No page follows itself, since
 * what comes after # alone would not open it anew.
 */
export const EVERY_PAGE = [
  "/",
  "/claim#at=nobody.example&code=0000-0000-0000-0000",
  "/certificates/unknown",
  "/claim",
  "/show/unknown",
  "/r#unknown",
  "/delegate/unknown",
  "/q#damaged",
  "/counter",
  "/q",
  "/request",
  "/overview",
  "/settings",
] as const;

export const WAYS = {
  "in Chinese": {},
  "in English, dark, on a desktop": {
    window: "desktop",
    settings: { language: "en", theme: "dark" },
  },
  "in elder mode": { settings: { isElder: true } },
} as const satisfies Readonly<Record<string, VisitOptions>>;
