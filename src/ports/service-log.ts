/**
 * The log of a running service: one line of JSON for each event, for machines and people. An event has a name
 * and a few members that say what and where: codes, counts, durations, ids. Never a body, a claim, a query,
 * a credential or an address of a person. Writing never throws and never waits.
 */

export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type LogMembers = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface ServiceLog {
  /** @param event what happened, in words joined by hyphens, such as `ledger-reorganised` */
  write(level: LogLevel, event: string, members?: LogMembers): void;
}
