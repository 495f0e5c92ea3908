/** Notices that the settings of a running service, or a file that they name, may have changed. */
import { unwatchFile, watchFile } from "node:fs";
import { RELOAD } from "../service/asked-to-end.ts";
import type { CheckedSettings } from "./settings-file.ts";
import type { ServiceSettings } from "./service-settings.ts";

type Read = () => CheckedSettings<ServiceSettings>;

/** How often files are looked at. Whoever replaces several sends SIGHUP when the last is there. */
const LOOK_MS = 2_000;

/**
 * Calls back at SIGHUP, when the leading process says so, and when a file has changed, one call after another.
 * @param onChange must not throw
 * @param usual files that are read though the settings don't name them
 */
export function watchSettings(
  read: Read,
  onChange: (read: Read) => Promise<void>,
  usual: readonly string[],
): { close(): void } {
  const files = [...read().files, ...usual];
  let running = Promise.resolve();
  const changed = (): void => {
    running = running.then(() => onChange(read));
  };
  const hear = (message: unknown): void => {
    if (message === RELOAD) changed();
  };
  process.on("SIGHUP", changed).on("message", hear);
  for (const file of files) watchFile(file, { interval: LOOK_MS, persistent: false }, changed);
  return {
    close: () => {
      process.off("SIGHUP", changed).off("message", hear);
      for (const file of files) unwatchFile(file, changed);
    },
  };
}
