/** What is to be delivered: one certificate, as every command names it; those of a list; or all of a job. */
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { confirmedBatches, exportBatch, exportCertificate } from "../../app/export-certificates.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { toHex } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";
import { loadSettings } from "../../config.ts";
import { openAgencyStore } from "../../main/stores/stores.ts";
import { primitives } from "../../main/system.ts";
import type { AgencyStore, IssuedBatch } from "../../ports/agency-store.ts";
import { readCertificate } from "../terminal/read-certificate.ts";
import { CertificateFinder, placeOfFile, withCertificate } from "../terminal/certificate-choice.ts";
import type { CertificateChoice } from "../terminal/certificate-choice.ts";

export interface DeliveryChoice extends CertificateChoice {
  readonly list?: string;
  readonly job?: string;
  readonly all?: true;
}

/** As withCertificate, --list, and --job with --all. */
export function withDelivery(command: Command): Command {
  return withCertificate(command)
    .option("--list <file>", "the certificates whose numbers stand in this file, one a line")
    .option("--job <id>", "with --all: the certificates of this issuing job")
    .option("--all", "with --job: all of them");
}

/** Whether more than one certificate is asked for. @throws Problem USAGE where the options don't fit each other. */
export function isMany(choice: DeliveryChoice): boolean {
  const { job, all, list, certificate, number, root } = choice;
  if ((job === undefined) !== (all === undefined)) {
    throw new Problem("USAGE", "--job with --all expected");
  }
  const given = [job, list, certificate, number, root].filter((each) => each !== undefined);
  if (given.length > 1) {
    throw new Problem("USAGE", "one of --job, --list, --certificate, --number, --root expected");
  }
  return job !== undefined || list !== undefined;
}

/** The agency's store, opened when it is first asked: a certificate's file needs none. */
export class StoreDoor {
  #opened: Promise<AgencyStore> | null = null;

  store(): Promise<AgencyStore> {
    return (this.#opened ??= openAgencyStore(loadSettings()));
  }

  async close(): Promise<void> {
    await (await this.#opened)?.close();
  }
}

/** A file is taken as it is: what its code proves, a counter finds out. @throws Problem as CertificateFinder.certificate and exportCertificate */
async function chosenCertificate(
  door: StoreDoor,
  choice: CertificateChoice,
): Promise<CertificateFile> {
  if (choice.certificate !== undefined) return readCertificate(choice.certificate);
  const store = await door.store();
  const finder = new CertificateFinder(() => Promise.resolve(store));
  return exportCertificate(primitives, store, await finder.certificate(choice));
}

/** The certificate of a file by its place, so that it comes from the store. */
export async function fromStore<Choice extends DeliveryChoice>(choice: Choice): Promise<Choice> {
  const { certificate, ...others } = choice;
  if (certificate === undefined) return choice;
  return { ...others, ...(await placeOfFile(certificate)) } as Choice;
}

/** A batch with as much of its root as tells it from the others. */
export interface NamedBatch {
  readonly name: string;
  readonly batch: IssuedBatch;
}

const LEAST_DIGITS = 8;

/** The batches of a confirmed job, each named by the first 8 digits of its root, or as many as it takes. */
export async function namedBatches(
  store: AgencyStore,
  job: string,
): Promise<readonly NamedBatch[]> {
  const batches = await confirmedBatches(store, job);
  for (let digits = LEAST_DIGITS; ; digits++) {
    const names = batches.map(({ root }) => root.slice(2, 2 + digits));
    if (new Set(names).size < batches.length) continue;
    return batches.map((batch, i) => ({ name: names[i] ?? batch.root, batch }));
  }
}

export interface NamedCertificate {
  /** Of its batch; empty where only one certificate is asked for. */
  readonly folder: string;
  readonly certificate: CertificateFile;
}

/** How many they are, where that is known before. */
export async function countOf(door: StoreDoor, choice: DeliveryChoice): Promise<number | null> {
  if (choice.job !== undefined) {
    return (await (await door.store()).job(choice.job))?.certificates ?? null;
  }
  return choice.list === undefined ? 1 : (await numbersIn(choice.list)).length;
}

/** All certificates asked for, each proven. @throws Problem as exportCertificates */
export async function* chosenCertificates(
  door: StoreDoor,
  choice: DeliveryChoice,
): AsyncGenerator<NamedCertificate> {
  const { job, list } = choice;
  if (job !== undefined) yield* certificatesOf(await door.store(), job);
  else if (list !== undefined) yield* listedCertificates(await door.store(), choice, list);
  else yield { folder: "", certificate: await chosenCertificate(door, choice) };
}

async function* certificatesOf(store: AgencyStore, job: string): AsyncGenerator<NamedCertificate> {
  for (const { name, batch } of await namedBatches(store, job)) {
    for await (const certificate of exportBatch(primitives, store, batch)) {
      yield { folder: name, certificate };
    }
  }
}

/** Nothing is handed out unless every number is found. */
async function* listedCertificates(
  store: AgencyStore,
  { type, agency }: DeliveryChoice,
  file: string,
): AsyncGenerator<NamedCertificate> {
  const finder = new CertificateFinder(() => Promise.resolve(store));
  const scope = { ...(type !== undefined && { type }), ...(agency !== undefined && { agency }) };
  const places = [];
  for (const number of await numbersIn(file)) {
    places.push(await finder.certificate({ ...scope, number }));
  }
  for (const place of places) {
    const certificate = await exportCertificate(primitives, store, place);
    yield { folder: toHex(certificate.batch.root).slice(0, LEAST_DIGITS), certificate };
  }
}

async function numbersIn(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Problem("FILE_NOT_FOUND", file, error);
  });
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** 41 → "000041" */
export function fileStem({ batch }: CertificateFile): string {
  return String(batch.index).padStart(6, "0");
}
