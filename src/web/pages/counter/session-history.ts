/** What was verified since the tab was opened: verdicts and types, nothing that says who. */
import { reactive } from "vue";
import type { Words } from "../../../core/words.ts";
import type { PageWord } from "../../parts/verdict-words.ts";
import { pageVerdict } from "../../parts/verdict-words.ts";
import type { DeskVerdict } from "./desk.ts";

const KEY = "liangzheng.counter.history";
const MOST = 200;

export interface Past {
  /** Seconds since 1970. */
  readonly at: number;
  readonly word: PageWord;
  readonly type: Words | null;
  readonly reason: Words | null;
  readonly source: DeskVerdict["source"];
  readonly receipt: string | null;
}

/** Newest first. */
export const history: { all: readonly Past[] } = reactive({ all: read() });

export function remember(verdict: DeskVerdict): void {
  const { word, reason } = pageVerdict(verdict.answer);
  const { at, source, receipt } = verdict;
  const type = verdict.answer.certificate?.typeName ?? null;
  history.all = [{ at, word, type, reason, source, receipt }, ...history.all].slice(0, MOST);
  sessionStorage.setItem(KEY, JSON.stringify(history.all));
}

export function forgetAll(): void {
  history.all = [];
  sessionStorage.removeItem(KEY);
}

function read(): readonly Past[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as readonly Past[];
  } catch {
    return [];
  }
}
