/** Finds QR codes in pictures, without the page standing still meanwhile. */
import { WorkerCalls } from "../judging/worker-calls.ts";
import type { CodeReaderCalls } from "./code-reader-worker.ts";

export class CodeReader {
  readonly #calls: WorkerCalls<CodeReaderCalls>;

  constructor() {
    this.#calls = new WorkerCalls(
      new Worker(new URL("./code-reader-worker.ts", import.meta.url), { type: "module" }),
    );
  }

  /** @returns the code's text, or null where there is none to be seen */
  readFrame(frame: ImageBitmap): Promise<string | null> {
    return this.#calls.call("read", [frame, "frame"], [frame]);
  }

  /** @throws DOMException for what is no picture */
  async readPicture(file: Blob): Promise<string | null> {
    const picture = await createImageBitmap(file);
    return this.#calls.call("read", [picture, "picture"], [picture]);
  }

  close(): void {
    this.#calls.close();
  }
}
