/** How far long work has come: a bar on a terminal, elsewhere a line every few seconds, or events in JSON. */
import cliProgress from "cli-progress";
import type { Progress } from "../../ports/progress.ts";
import type { Output } from "./output.ts";

type Terminal = Pick<NodeJS.WriteStream, "isTTY" | "write">;

const LINE_EVERY_MS = 5_000;
const EVENT_EVERY_MS = 500;
const BAR_WIDTH = 24;

export interface ProgressDisplay {
  readonly show: Progress;
  /** Leaves the cursor on a fresh line. */
  end(): void;
}

/** @param isQuiet with --json nothing is shown. */
export function createProgress(
  isQuiet: boolean,
  stream: NodeJS.WriteStream = process.stderr,
): ProgressDisplay {
  if (isQuiet) return { show: () => undefined, end: () => undefined };
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

export interface JobDisplay extends ProgressDisplay {
  /** Names the job that the work is for. */
  begin(job: string): void;
}

/** What is said meanwhile stands on lines of its own. */
export function belowProgress(output: Output, progress: ProgressDisplay): Output {
  return {
    ...output,
    say: (line) => {
      progress.end();
      output.say(line);
    },
    table: (header, rows) => {
      progress.end();
      output.table(header, rows);
    },
  };
}

/** Of an issuing job: with --json one event a line, for whoever watches over it. */
export function createJobProgress(
  isJson: boolean,
  stream: NodeJS.WriteStream = process.stderr,
): JobDisplay {
  if (isJson) return createEvents(stream);
  return { ...createProgress(false, stream), begin: () => undefined };
}

/** How fast a stage goes, since it began. */
class Pace {
  #stage: string | null = null;
  #startedAt = 0;
  #first = 0;

  /** @returns whether it is another stage than before */
  enter(stage: string, done: number): boolean {
    if (this.#stage === stage) return false;
    this.#stage = stage;
    this.#startedAt = Date.now();
    this.#first = done;
    return true;
  }

  /** A second; what an earlier run had done does not count. */
  rate(done: number): number {
    const seconds = Math.max((Date.now() - this.#startedAt) / 1000, 0.001);
    return Math.round((done - this.#first) / seconds);
  }
}

function createBar(stream: NodeJS.WriteStream): ProgressDisplay {
  const format: cliProgress.GenericFormatter = (
    _options,
    { progress, value, total, eta },
    payload,
  ) => barText({ progress, value, total, eta }, payload as BarPayload);
  const bar = new cliProgress.SingleBar({ stream, format, hideCursor: true, linewrap: null });
  const pace = new Pace();
  let isShown = false;
  const end = (): void => {
    if (isShown) bar.stop();
    isShown = false;
  };
  return {
    show: (stage, done, total) => {
      if (pace.enter(stage, done)) {
        end();
        bar.start(total ?? 0, done, { stage, rate: 0, isOpen: total === null });
        isShown = true;
      }
      bar.setTotal(total ?? done);
      bar.update(done, { stage, rate: pace.rate(done), isOpen: total === null });
    },
    end,
  };
}

interface BarPayload {
  readonly stage: string;
  readonly rate: number;
  /** Whether nobody knows yet how much it will be. */
  readonly isOpen: boolean;
}

interface BarState {
  /** Between 0 and 1. */
  readonly progress: number;
  readonly value: number;
  readonly total: number;
  /** Seconds left, no finite number while nobody can tell. */
  readonly eta: number;
}

function barText(
  { progress, value, total, eta }: BarState,
  { stage, rate, isOpen }: BarPayload,
): string {
  if (isOpen) return `${stage} ${String(value)}  ${String(rate)}/s`;
  const full = Math.round(progress * BAR_WIDTH);
  const bar = "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
  const left = Number.isFinite(eta) ? `  ${durationText(eta)} left` : "";
  return `${stage} ${bar} ${String(value)}/${String(total)}  ${String(rate)}/s${left}`;
}

/** 75 → 1m15s */
function durationText(seconds: number): string {
  if (seconds < 60) return `${String(Math.round(seconds))}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${String(Math.floor(minutes / 60))}h${String(minutes % 60)}m`;
  return `${String(minutes)}m${String(Math.round(seconds % 60))}s`;
}

function createLines(stream: Terminal): ProgressDisplay {
  const pace = new Pace();
  let lastAt = Date.now();
  return {
    show: (stage, done, total) => {
      pace.enter(stage, done);
      if (Date.now() - lastAt < LINE_EVERY_MS) return;
      lastAt = Date.now();
      const of = total === null ? "" : ` of ${String(total)}`;
      stream.write(`${stage}: ${String(done)}${of}, ${String(pace.rate(done))}/s\n`);
    },
    end: () => undefined,
  };
}

/** The first of each stage, one now and then, and the last. */
function createEvents(stream: Terminal): JobDisplay {
  const pace = new Pace();
  let job: string | null = null;
  let lastAt = 0;
  let latest: object | null = null;
  const flush = (): void => {
    if (latest !== null) stream.write(`${JSON.stringify(latest)}\n`);
    latest = null;
    lastAt = Date.now();
  };
  return {
    begin: (id) => {
      job = id;
    },
    show: (stage, done, total) => {
      const isNew = pace.enter(stage, done);
      if (isNew) flush();
      latest = { event: "progress", job, stage, done, total, rate: pace.rate(done) };
      if (isNew || Date.now() - lastAt >= EVENT_EVERY_MS) flush();
    },
    end: flush,
  };
}
