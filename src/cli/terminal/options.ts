/** Options that several commands share, and how their texts become values. */
import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { fromHex } from "../../core/encoding/bytes.ts";
import { parseRegion } from "../../core/identifiers/region.ts";
import { Problem } from "../../core/problem.ts";

export interface ChainOptions {
  readonly rpc?: string;
  readonly directory?: string;
  readonly json?: true;
}

/** --rpc, --directory and --json. */
export function withChain(command: Command): Command {
  return command
    .option("--rpc <url>", "JSON-RPC address of the chain (default: as configured)")
    .option(
      "--directory <address>",
      "address of the directory contract (default: as configured)",
      address,
    )
    .option("--json", "end with one line of JSON instead of words");
}

export interface WindowOptions {
  readonly validFrom?: number;
  readonly validUntil?: number;
}

/** --valid-from and --valid-until. */
export function withWindow(command: Command): Command {
  return command
    .option("--valid-from <time>", "from when it holds (default: at once)", instant)
    .option("--valid-until <time>", "until when it holds (default: no end)", instant);
}

export function address(text: string): string {
  if (/^0x[0-9a-fA-F]{40}$/.test(text)) return text;
  throw new InvalidArgumentError("0x and 40 hex digits expected, as lz deploy printed it.");
}

/** 32 bytes in hex: a key's id or coordinate, a batch's root. */
export function bytes32(text: string): string {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError("0x and 64 hex digits expected.");
}

export function integer(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError("a whole number expected.");
  }
  return value;
}

export function portNumber(text: string): number {
  const port = integer(text);
  if (port > 65_535) throw new InvalidArgumentError("a port from 0 to 65535 expected.");
  return port;
}

export function region(text: string): string {
  if (!parseRegion(text).ok) {
    throw new InvalidArgumentError("a region code of six digits (GB/T 2260) or 0 expected.");
  }
  return text;
}

/** "310000,330000" → both, each once. */
export function regions(text: string): string[] {
  const codes = [...new Set(list(text).map(region))];
  if (codes.length === 0) throw new InvalidArgumentError("region codes expected.");
  return codes;
}

export function nonce(text: string): Uint8Array {
  const bytes = fromHex(text.toLowerCase());
  if (bytes === null || bytes.length === 0 || bytes.length > 64) {
    throw new InvalidArgumentError("1 to 64 bytes in hex expected.");
  }
  return bytes;
}

/** "a,b , c" → ["a", "b", "c"] */
export function list(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** For an option given several times. */
export function collect(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, text];
}

/** YYYY-MM-DD (Beijing time) or RFC 3339 → seconds since 1970. */
export function instant(text: string): number {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const seconds = Date.parse(isDay ? `${text}T00:00:00+08:00` : text) / 1000;
  if (Number.isNaN(seconds) || !isDayOfCalendar(text.slice(0, 10))) {
    throw new InvalidArgumentError(
      "a day such as 2026-01-31, or a time such as 2026-01-31T08:00:00Z.",
    );
  }
  return Math.floor(seconds);
}

/** Date.parse() takes 2026-02-31 for a day in March. */
function isDayOfCalendar(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

const ASSURANCE_LETTERS = ["D", "C", "B", "A"];

/** A (signed and sealed by the issuing authority) to D (self-stated) → 4 to 1. */
export function assurance(text: string): number {
  const level = ASSURANCE_LETTERS.indexOf(text.toUpperCase()) + 1;
  if (level === 0) throw new InvalidArgumentError("A, B, C or D expected.");
  return level;
}

export function assuranceOption(): Option {
  return new Option("--assurance <letter>", "A (signed and sealed by it) to D (self-stated)")
    .argParser(assurance)
    .default(4, "A");
}

export function suiteOption(): Option {
  return new Option("--suite <name>", "hash suite of the batch")
    .choices(["keccak256", "sm3"])
    .default("keccak256");
}

/** @throws Problem USAGE unless exactly one of the options is given. */
export function requireOne(options: object, names: readonly string[]): void {
  const given = names.filter((name) => (options as Record<string, unknown>)[name] !== undefined);
  if (given.length === 1) return;
  throw new Problem("USAGE", `exactly one of ${names.map(flagOf).join(", ")} expected`);
}

/** issuerRegion → --issuer-region */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
