/** How a running service is told to end: by a signal, or by whoever leads it. */
import cluster from "node:cluster";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** What the leading process says to the others. */
export const END = "end";
export const RELOAD = "reload";
/** As a shell says of a process that a signal ended. */
const ENDED_AT_ONCE = 130;

/**
 * Resolves at Ctrl-C or SIGTERM; the second one ends the process at once. A process that is led by another
 * ignores signals, which a terminal sends to all at the same time: it ends when its leader says so, or is gone.
 * Begin to wait before anything else, so that nothing that is said is missed.
 */
export function untilAskedToEnd(): Promise<void> {
  return cluster.isWorker ? untilLeaderSaysSo() : untilSignalled();
}

function untilSignalled(): Promise<void> {
  return new Promise((resolve) => {
    let isAsked = false;
    const hear = (): void => {
      if (isAsked) process.exit(ENDED_AT_ONCE);
      isAsked = true;
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, hear);
  });
}

function untilLeaderSaysSo(): Promise<void> {
  for (const signal of SIGNALS) process.on(signal, () => undefined);
  return new Promise((resolve) => {
    process.on("disconnect", resolve);
    process.on("message", (message) => {
      if (message === END) resolve();
    });
  });
}
