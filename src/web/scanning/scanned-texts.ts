/** Texts as codes come before a camera: parts are put together, and one that stays in the picture counts once. */
import { FormatError } from "../../core/encoding/format-error.ts";
import { PartAssembler } from "../../core/presentation/qr-parts.ts";

/** Looked for and not found for so long, in milliseconds, the same code is shown anew. */
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
  /** When it was first and last looked for and not found, since it was seen. */
  #missed: { readonly from: number; readonly to: number } | null = null;

  /**
   * While nobody looks, as during a verification however long, nothing is gone.
   * @param text null where no code is to be seen
   * @param now in milliseconds, by any clock that only goes on
   */
  take(text: string | null, now: number): Scanned {
    if (text === null) return this.#miss(now);
    const progress = this.#assemble(text);
    if (progress === "bad") return { kind: "nothing" };
    if (progress === null) return this.#once(text);
    if (progress.text !== null) return this.#once(progress.text);
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

  #miss(now: number): Scanned {
    this.#missed = { from: this.#missed?.from ?? now, to: now };
    return { kind: "nothing" };
  }

  #once(text: string): Scanned {
    const isGone = this.#missed !== null && this.#missed.to - this.#missed.from >= GONE;
    const isSame = text === this.#last && !isGone;
    this.#last = text;
    this.#missed = null;
    return isSame ? { kind: "nothing" } : { kind: "text", text };
  }
}
