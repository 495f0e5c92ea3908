/**
 * A hand scanner that types: keys that come faster than anyone's fingers and end in Enter, wherever on the page the
 * focus is. What it types into a field is taken out again, and an input method in between does no harm: then the
 * keys are read by their places on the keyboard, which scanners take to be an American one.
 */
import { PART_PREFIX } from "../../core/presentation/qr-text.ts";

/** With these begins what is ours, whichever way the keyboard's capitals are locked. */
const OURS = ["lz1:", "lzr:", PART_PREFIX.toLowerCase(), "https://"];
/** Longer between two keys, in milliseconds, and somebody types. */
const LONGEST_GAP = 60;
/** The same where what came so far may be the beginning of a code of ours, and where it surely is. */
const LONGEST_GAP_AT_FIRST = 150;
const LONGEST_GAP_WITHIN = 1_000;
/** No code is shorter. */
const SHORTEST = 12;

const SHIFTED: Readonly<Record<string, string>> = {
  ...{ "1": "!", "2": "@", "3": "#", "4": "$", "5": "%", "6": "^", "7": "&", "8": "*", "9": "(" },
  ...{ "0": ")", "-": "_", "=": "+", ";": ":", "/": "?", ".": ">", ",": "<", "'": '"', "`": "~" },
};
const PLACES: Readonly<Record<string, string>> = {
  ...{ Minus: "-", Equal: "=", Semicolon: ";", Slash: "/", Period: ".", Comma: ",", Quote: "'" },
  ...{ Space: " ", Backquote: "`", NumpadMultiply: "*", NumpadAdd: "+", NumpadDecimal: "." },
  ...{ NumpadSubtract: "-", NumpadDivide: "/" },
};

/** A key as the browser tells it; only what is looked at. */
export type Key = Pick<
  KeyboardEvent,
  | "key"
  | "code"
  | "shiftKey"
  | "ctrlKey"
  | "altKey"
  | "metaKey"
  | "repeat"
  | "isComposing"
  | "timeStamp"
>;

/** Tells what a scanner types from what a person does. */
export class TypedScan {
  #text = "";
  #lastAt = -Infinity;

  /** How many keys of one run were taken so far. */
  get length(): number {
    return this.#text.length;
  }

  /** Whether it can only be a scanner: what it types does nothing else. */
  get isSure(): boolean {
    return OURS.some((beginning) => this.#text.toLowerCase().startsWith(beginning));
  }

  /** @returns the text that ended with this key, or null */
  take(key: Key): string | null {
    if (isModifier(key)) return null;
    const isNext = key.timeStamp - this.#lastAt <= this.#longestGap() && !key.repeat;
    this.#lastAt = key.timeStamp;
    if (!isNext) this.#text = "";
    if (isEnter(key)) return this.#end();
    const character = characterOf(key);
    this.#text = character === null ? "" : this.#text + character;
    return null;
  }

  #longestGap(): number {
    if (this.isSure) return LONGEST_GAP_WITHIN;
    const begun = this.#text.toLowerCase();
    const mayBeOurs = OURS.some((beginning) => beginning.startsWith(begun));
    return mayBeOurs ? LONGEST_GAP_AT_FIRST : LONGEST_GAP;
  }

  #end(): string | null {
    const text = this.#text;
    this.#text = "";
    return text.length >= SHORTEST ? asScanned(text) : null;
  }
}

function isModifier({ key, code }: Key): boolean {
  return /^(Shift|CapsLock|Control|Alt|Meta)/.test(code) || ["Shift", "CapsLock"].includes(key);
}

function isEnter({ key, code }: Key): boolean {
  return key === "Enter" || code === "Enter" || code === "NumpadEnter";
}

function characterOf(key: Key): string | null {
  if (key.ctrlKey || key.altKey || key.metaKey) return null;
  if (key.isComposing || key.key === "Process" || key.key === "Unidentified") return placeOf(key);
  return Array.from(key.key).length === 1 ? key.key : null;
}

function placeOf({ code, shiftKey }: Key): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const plain = PLACES[code] ?? /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (plain === undefined) return null;
  return shiftKey ? (SHIFTED[plain] ?? plain) : plain;
}

/** Codes of capitals alone come out small where the keyboard's capitals were locked. */
function asScanned(text: string): string {
  const isOfCapitals = ["lz1:", PART_PREFIX.toLowerCase()].some((prefix) =>
    text.startsWith(prefix),
  );
  return isOfCapitals ? text.toUpperCase() : text;
}

/** A field into which is typed, as it was before. */
interface FieldBefore {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
}

/**
 * Listens on the whole page.
 * @returns what ends the listening
 */
export function listenForScanner(target: Window, onText: (text: string) => void): () => void {
  const scan = new TypedScan();
  let before: FieldBefore | null = null;
  const listen = (event: KeyboardEvent): void => {
    const text = scan.take(event);
    if (scan.length === 1) before = fieldAt(event.target);
    if (text === null && !scan.isSure) return;
    event.preventDefault();
    event.stopPropagation();
    if (text === null) return;
    putBack(before);
    onText(text);
  };
  target.addEventListener("keydown", listen, { capture: true });
  return () => {
    target.removeEventListener("keydown", listen, { capture: true });
  };
}

function fieldAt(target: EventTarget | null): FieldBefore | null {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField ? { field: target, value: target.value } : null;
}

function putBack(before: FieldBefore | null): void {
  if (before === null) return;
  before.field.value = before.value;
  before.field.dispatchEvent(new Event("input", { bubbles: true }));
}
