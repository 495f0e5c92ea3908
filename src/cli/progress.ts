/** How far long work has come: a bar on a terminal, elsewhere a line every few seconds. */
import cliProgress from "cli-progress";
import type { Progress } from "../ports.ts";

type Terminal = NodeJS.WriteStream;

const LINE_EVERY_MS = 5_000;

export interface ProgressDisplay {
  readonly show: Progress;
  /** Leaves the cursor on a fresh line. */
  end(): void;
}

/** @param isQuiet with --json nothing is shown. */
export function createProgress(
  isQuiet: boolean,
  stream: Terminal = process.stderr,
): ProgressDisplay {
  if (isQuiet) return { show: () => undefined, end: () => undefined };
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

function createBar(stream: Terminal): ProgressDisplay {
  const bar = new cliProgress.SingleBar({
    stream,
    format: "{stage} {bar} {value}/{total} {rate}/s {eta_formatted}",
    hideCursor: true,
    clearOnComplete: false,
    barsize: 24,
  });
  let stage: string | null = null;
  let startedAt = 0;
  return {
    show: (name, done, total) => {
      if (stage !== name) {
        if (stage !== null) bar.stop();
        bar.start(total ?? done, 0, { stage: name, rate: 0 });
        stage = name;
        startedAt = Date.now();
      }
      bar.setTotal(total ?? done);
      const seconds = Math.max((Date.now() - startedAt) / 1000, 0.001);
      bar.update(done, { stage: name, rate: Math.round(done / seconds) });
    },
    end: () => {
      if (stage !== null) bar.stop();
      stage = null;
    },
  };
}

function createLines(stream: Terminal): ProgressDisplay {
  let lastAt = Date.now();
  return {
    show: (stage, done, total) => {
      if (Date.now() - lastAt < LINE_EVERY_MS) return;
      lastAt = Date.now();
      const of = total === null ? "" : ` of ${String(total)}`;
      stream.write(`${stage}: ${String(done)}${of}\n`);
    },
    end: () => undefined,
  };
}
