/**
 * Which certificate a command is about, in the words that are at hand: its file, the number on its face, or the
 * root of its batch and its index there.
 */
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { CertificatePlace } from "../../app/set-statuses.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { parseCertificateText } from "../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import { FormatError } from "../../core/encoding/format-error.ts";
import { Problem } from "../../core/problem.ts";
import { loadSettings } from "../../config.ts";
import { openAgencyStore } from "../../main/stores/stores.ts";
import { findType, loadCatalogue } from "../../main/catalogue.ts";
import { readCertificateText } from "../../main/files.ts";
import type {
  AgencyStore,
  IssuedBatch,
  IssueJob,
  IssuedNumbers,
  NumberScope,
} from "../../ports/agency-store.ts";
import { integer, requireOne } from "./options.ts";

export interface CertificateChoice {
  readonly certificate?: string;
  readonly number?: string;
  readonly type?: string;
  readonly agency?: string;
  /** 0x and 64 digits, or the first 8 and more of them. */
  readonly root?: string;
  readonly index?: number;
}

export interface BatchChoice extends CertificateChoice {
  readonly whole?: true;
}

/** One certificate, or with an index of null a whole batch. */
export interface ChosenPlace extends Omit<CertificatePlace, "index"> {
  readonly index: number | null;
}

/** --certificate, --number with --type and --agency, --root with --index. */
export function withCertificate(command: Command): Command {
  return command
    .option("--certificate <file>", "the certificate of this file (*.lzc.json)")
    .option("--number <text>", "the newest certificate with this number on its face")
    .option("--type <code>", "with --number: of this type, its code or its name")
    .option("--agency <code>", "with --number or --root: of this agency")
    .option("--root <hash>", "a batch by its root, or the first 8 and more digits of it", rootStart)
    .option("--index <n>", "with --root: the certificate with this index", integer);
}

/** The same, and --whole. */
export function withBatch(command: Command): Command {
  return withCertificate(command).option("--whole", "with --root: the whole batch");
}

const ROOT_START = /^(0x)?[0-9a-f]{8,64}$/;
const WHOLE_ROOT_LENGTH = 66;

/** "5D0C46F0" → "0x5d0c46f0" */
export function rootStart(text: string): string {
  const root = text.toLowerCase();
  if (!ROOT_START.test(root)) throw new InvalidArgumentError("0x and 8 to 64 hex digits expected.");
  return root.startsWith("0x") ? root : `0x${root}`;
}

/** @throws Problem FILE_NOT_FOUND, CERTIFICATE_UNREADABLE */
export async function placeOfFile(file: string): Promise<CertificatePlace> {
  try {
    return placeIn(parseCertificateText(await readCertificateText(file)));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new Problem("CERTIFICATE_UNREADABLE", `${file}: ${error.message}`, error);
  }
}

function placeIn({ agency, batch }: CertificateFile): CertificatePlace {
  return { agency, root: `0x${toHex(batch.root)}`, index: batch.index };
}

/** For a command that asks the store nothing else. @throws as CertificateFinder.place */
export async function choosePlace(choice: BatchChoice): Promise<ChosenPlace> {
  const finder = new CertificateFinder(() => openAgencyStore(loadSettings()));
  try {
    return await finder.place(choice);
  } finally {
    await finder.close();
  }
}

interface ScopedNumbers {
  readonly scope: NumberScope;
  readonly numbers: IssuedNumbers;
}

/**
 * Finds certificates as commands name them. The store is opened at the first question that needs it: a file,
 * or an agency with a whole root, says all by itself, so that an authority needs no store of its own.
 */
export class CertificateFinder {
  readonly #open: () => Promise<AgencyStore>;
  #opened: Promise<AgencyStore> | null = null;
  #numbers: Promise<readonly ScopedNumbers[]> | null = null;
  #catalogue: Promise<readonly CertificateType[]> | null = null;

  constructor(open: () => Promise<AgencyStore>) {
    this.#open = open;
  }

  /** @throws Problem USAGE, CERTIFICATE_NOT_FOUND, CERTIFICATE_AMBIGUOUS, CERTIFICATE_UNREADABLE, FILE_NOT_FOUND */
  async certificate(choice: CertificateChoice): Promise<CertificatePlace> {
    requireOne(choice, ["certificate", "number", "root"]);
    if (choice.certificate !== undefined) return placeOfFile(choice.certificate);
    if (choice.number !== undefined) return this.#numbered(choice.number, choice);
    if (choice.index === undefined) throw new Problem("USAGE", "--root with --index expected");
    return { ...(await this.#batch(choice)), index: choice.index };
  }

  /** The same, or a whole batch. */
  async place(choice: BatchChoice): Promise<ChosenPlace> {
    if (choice.whole === undefined) return this.certificate(choice);
    requireOne(choice, ["certificate", "number", "root"]);
    requireOne(choice, ["index", "whole"]);
    if (choice.root === undefined) throw new Problem("USAGE", "--root with --whole expected");
    return { ...(await this.#batch(choice)), index: null };
  }

  /** Closes the store if it was opened. */
  async close(): Promise<void> {
    await (await this.#opened)?.close();
  }

  #store(): Promise<AgencyStore> {
    return (this.#opened ??= this.#open());
  }

  async #batch({
    root = "",
    agency,
  }: CertificateChoice): Promise<{ agency: string; root: string }> {
    if (agency !== undefined && root.length === WHOLE_ROOT_LENGTH) return { agency, root };
    const store = await this.#store();
    const batches = (await batchesFrom(store, root)).filter((batch) => isOf(batch, agency));
    const [batch, ...others] = batches;
    if (batch === undefined) {
      throw new Problem("CERTIFICATE_NOT_FOUND", `no batch ${root} in ${store.name}`);
    }
    if (others.length > 0)
      throw ambiguous(
        root,
        batches.map((each) => each.root),
      );
    return { agency: batch.agency, root: batch.root };
  }

  /** Of several with one number the newest; what another agency or type calls the same is another matter. */
  async #numbered(number: string, choice: CertificateChoice): Promise<CertificatePlace> {
    const found = new Map<string, CertificatePlace>();
    for (const { scope, numbers } of await this.#numbersOf(choice)) {
      const { agency, type } = scope;
      const key = `--agency ${agency} --type ${type}`;
      const [place] = found.has(key) ? [] : await numbers.places(number);
      if (place !== undefined) found.set(key, { agency, ...place });
    }
    const [first, ...others] = found.values();
    if (others.length > 0) throw ambiguous(number, [...found.keys()]);
    if (first !== undefined) return first;
    throw new Problem("CERTIFICATE_NOT_FOUND", `${number} in ${(await this.#store()).name}`);
  }

  async #numbersOf({ agency, type }: CertificateChoice): Promise<readonly ScopedNumbers[]> {
    const all = await (this.#numbers ??= this.#store().then(numbersIn));
    const code = type === undefined ? undefined : await this.#codeOf(type);
    return all.filter(({ scope }) => isOf(scope, agency) && scope.type === (code ?? scope.type));
  }

  /** A name needs the catalogue; a code stands for itself, whether the catalogue still has it or not. */
  async #codeOf(type: string): Promise<string> {
    if (/^[0-9A-Z]{21}$/.test(type)) return type;
    return findType(await (this.#catalogue ??= loadCatalogue()), type).code;
  }
}

function isOf(what: { readonly agency: string }, agency: string | undefined): boolean {
  return agency === undefined || what.agency === agency;
}

/** What was issued on each ledger, by each agency, of each type: what was issued last comes first. */
async function numbersIn(store: AgencyStore): Promise<readonly ScopedNumbers[]> {
  const scopes = new Map<string, NumberScope>();
  for (const job of await store.jobs()) {
    const scope = scopeOf(job);
    const key = Object.values(scope).join("/");
    if (!scopes.has(key)) scopes.set(key, scope);
  }
  const opened = [...scopes.values()].map(async (scope) => {
    return { scope, numbers: await store.numbers(scope) };
  });
  return Promise.all(opened);
}

function scopeOf({ ledger, order }: IssueJob): NumberScope {
  return { ledger, agency: order.agency, type: order.type };
}

async function batchesFrom(store: AgencyStore, start: string): Promise<readonly IssuedBatch[]> {
  if (start.length === WHOLE_ROOT_LENGTH) {
    const batch = await store.batch(start);
    return batch === null ? [] : [batch];
  }
  const found: IssuedBatch[] = [];
  for (const { id } of await store.jobs()) {
    found.push(...(await store.batches(id)).filter(({ root }) => root.startsWith(start)));
  }
  return found;
}

function ambiguous(wanted: string, choices: readonly string[]): Problem {
  return new Problem("CERTIFICATE_AMBIGUOUS", `${wanted}: ${choices.join("; ")}`);
}
