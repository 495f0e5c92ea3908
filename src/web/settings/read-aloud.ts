/** Reads pages and verdicts aloud, by the voices that the device has. */
import { ref } from "vue";
import { languageOfWords } from "../words/languages.ts";
import { settings } from "./settings.ts";

/** What isn't read: what is for the eye alone, and what one types into. */
const UNREAD = "[aria-hidden='true'], [data-unread], script, style, select, svg, canvas, .skip";
/** Read as one, with a pause after it. */
const BLOCK =
  "h1, h2, h3, h4, p, li, dt, dd, td, th, label, legend, button, a, figcaption, summary, output, div";
/** Some browsers fall silent in the middle of a longer one. */
const LONGEST = 180;

/** Whether something is being read. */
export const isReading = ref(false);

export function canReadAloud(): boolean {
  return "speechSynthesis" in globalThis;
}

/** Reads the page's main text, from its heading on. */
export function readPage(root: Element): void {
  read(textsOf(root));
}

/** For what is to be heard as soon as it is there, such as a verdict: in elder mode, unless sound is off. */
export function sayAloud(text: string): void {
  if (settings.isElder && settings.hasSound) read([text]);
}

export function stopReading(): void {
  if (canReadAloud()) speechSynthesis.cancel();
  isReading.value = false;
}

function read(texts: readonly string[]): void {
  if (!canReadAloud()) return;
  stopReading();
  const utterances = texts.flatMap(sentencesOf).map(utteranceOf);
  const last = utterances.at(-1);
  if (last === undefined) return;
  isReading.value = true;
  last.onend = () => {
    isReading.value = false;
  };
  for (const utterance of utterances) speechSynthesis.speak(utterance);
}

function utteranceOf(text: string): SpeechSynthesisUtterance {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = languageOfWords(settings.language);
  // As slowly as one speaks to somebody who doesn't hear well.
  utterance.rate = settings.isElder ? 0.85 : 1;
  return utterance;
}

/** The visible texts of a part of the page in their order, each once. */
export function textsOf(root: Element): string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = new Map<Element, string>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement: parent, textContent } = node;
    if (parent === null || !isRead(parent)) continue;
    const block = parent.closest(BLOCK) ?? root;
    texts.set(block, (texts.get(block) ?? "") + (textContent ?? ""));
  }
  return [...texts.values()].map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
}

function isRead(element: Element): boolean {
  return element.closest(UNREAD) === null && element.checkVisibility({ visibilityProperty: true });
}

/** Cut after sentences, and where one is very long, anywhere. */
export function sentencesOf(text: string): string[] {
  const sentences = text.match(/[^。！？；.!?;]+[。！？；.!?;]*\s*/gu) ?? [];
  return sentences
    .flatMap((sentence) => sentence.match(new RegExp(`.{1,${String(LONGEST)}}`, "gsu")) ?? [])
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}
