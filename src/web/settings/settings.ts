/** What a person has set for this device: reactive, and kept in localStorage. Nothing here is a secret. */
import { reactive, watch } from "vue";
import { LANGUAGES, languageOfWords, preferredLanguage } from "../words/languages.ts";
import type { Language } from "../words/languages.ts";
import { loadTraditional } from "../words/traditional.ts";

export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

export interface Settings {
  language: Language;
  /** 适老模式: large type, fewer things, one action a screen, read aloud. */
  isElder: boolean;
  theme: Theme;
  /** Where this counter is (GB/T 2260); empty where nobody has said. */
  region: string;
  hasSound: boolean;
}

const KEY = "liangzheng.settings";

export const settings: Settings = reactive(read());

/** Once, before the first page is drawn, which waits for its words; from then on the document follows the settings. */
export async function applySettings(): Promise<void> {
  watch(settings, apply, { immediate: true, deep: true });
  darkSystem().addEventListener("change", apply);
  await loadWords(settings.language);
  watch(() => settings.language, loadWords);
}

/** Without a network, and not kept from before, the words stay as they are. */
async function loadWords(language: Language): Promise<void> {
  if (language === "zh-HK") await loadTraditional().catch(() => undefined);
}

function apply(): void {
  const { language, isElder, theme } = settings;
  const root = document.documentElement;
  root.lang = languageOfWords(language);
  root.dir = LANGUAGES[language].direction;
  root.toggleAttribute("data-elder", isElder);
  root.dataset["theme"] = theme === "system" ? systemTheme() : theme;
  keep();
}

function systemTheme(): Theme {
  return darkSystem().matches ? "dark" : "light";
}

function darkSystem(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

/** Where a browser keeps nothing, the settings hold until the page is closed. */
function keep(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Full, or forbidden.
  }
}

function read(): Settings {
  return settingsFrom(keptText(), navigator.languages);
}

function keptText(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param text what was kept; a setting that is missing, or is none of ours, is as on the first visit. */
export function settingsFrom(text: string | null, wanted: readonly string[]): Settings {
  const kept = parsed(text);
  const { language, theme, region } = kept;
  return {
    language: isLanguage(language) ? language : preferredLanguage(wanted),
    isElder: kept.isElder === true,
    theme: THEMES.find((one) => one === theme) ?? "system",
    region: typeof region === "string" && /^\d{6}$/.test(region) ? region : "",
    hasSound: kept.hasSound !== false,
  };
}

type Kept = Readonly<Partial<Record<keyof Settings, unknown>>>;

function parsed(text: string | null): Kept {
  try {
    return (JSON.parse(text ?? "null") as Kept | null) ?? {};
  } catch {
    return {};
  }
}

function isLanguage(name: unknown): name is Language {
  return typeof name === "string" && Object.hasOwn(LANGUAGES, name);
}
