/** Resolves at Ctrl-C or when the process is asked to end. Begin to wait before saying that it may be. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}

/** The exit code of a shell for what Ctrl-C has ended. */
const INTERRUPTED = 130;

/** From now on Ctrl-C says these words and ends the process. @returns what takes that back */
export function sayIfInterrupted(words: string): () => void {
  const stop = (): void => {
    process.stderr.write(`\n${words}\n`);
    process.exit(INTERRUPTED);
  };
  process.once("SIGINT", stop);
  return () => process.off("SIGINT", stop);
}
