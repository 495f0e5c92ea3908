/** Texts as codes come before a camera: parts are put together, and one that stays in the picture counts once. */
import { FormatError } from "../../core/encoding/format-error.ts";
import { PartAssembler } from "../../core/presentation/qr-parts.ts";

/** Gone for so long, in milliseconds, the same code is shown anew. */
const GONE = 2_500;

export interface Progress {
  /** Which parts were seen. */
  readonly seen: readonly boolean[];
}

export type Scanned =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "part"; readonly progress: Progress }
  | { readonly kind: "nothing" };

export class ScannedTexts {
  readonly #parts = new PartAssembler();
  #last = "";
  #lastAt = -Infinity;

  /** @param now in milliseconds, by any clock that only goes on */
  take(text: string | null, now: number): Scanned {
    if (text === null) return { kind: "nothing" };
    const progress = this.#assemble(text);
    if (progress === "bad") return { kind: "nothing" };
    if (progress === null) return this.#once(text, now);
    if (progress.text !== null) return this.#once(progress.text, now);
    return { kind: "part", progress: { seen: progress.seen } };
  }

  /** What is in the picture counts again. */
  again(): void {
    this.#last = "";
  }

  /** A part that can't be is another program's, or misread: what was seen before stays. */
  #assemble(text: string): ReturnType<PartAssembler["take"]> | "bad" {
    try {
      return this.#parts.take(text);
    } catch (error) {
      if (error instanceof FormatError) return "bad";
      throw error;
    }
  }

  #once(text: string, now: number): Scanned {
    const isSame = text === this.#last && now - this.#lastAt < GONE;
    this.#last = text;
    this.#lastAt = now;
    return isSame ? { kind: "nothing" } : { kind: "text", text };
  }
}
