/**
 * What counters are shown: certificates that are good, revoked and altered, as files and as codes that their holder
 * has just signed, each with the verdict it must have.
 */
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { VerificationRequest } from "../../clients/javascript/src/index.ts";
import { presentCertificate } from "../../src/app/present-certificate.ts";
import type { HolderKey } from "../../src/app/present-certificate.ts";
import { parseCertificateText } from "../../src/core/certificate/certificate-file.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import { loadSettings } from "../../src/config.ts";
import { readSigningKey } from "../../src/main/keys/keys.ts";
import { primitives, systemClock } from "../../src/main/system.ts";
import { runCommand } from "../support/command.ts";
import { untilSo } from "./programs.ts";
import type { Deployment } from "./deployment.ts";

const AGENCY = "11310000MB1A00001C";
const CAUSE = "办理资格核验";
const TYPE = "11100000000013338W001";
/** By the type, as the catalogue has it. */
const ALWAYS_DISCLOSED = ["holderName", "certificateNumber", "validUntil"];
const COUNT = 12;
const REVOKED: readonly number[] = [1, 4];
const ALTERED = 3;
const CODE_SECONDS = 60;
export const REGION = "310000";

export interface Shown {
  /** What is asked of the service: a file, or a code of its own for each time. */
  readonly question: () => VerificationRequest;
  readonly expected: "accepted" | "rejected";
  /** Texts in it that no log may hold. */
  readonly distinctive: readonly string[];
}

interface Certificate {
  readonly claims: readonly { readonly name: string; readonly value: unknown }[];
}

export async function issueShown({
  home,
  folder,
  isFollowed,
}: Deployment): Promise<readonly Shown[]> {
  const run = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { json, exitCode, stderr } = await runCommand(home, [...args, "--json"]);
    if (exitCode !== 0) throw new Error(`lz ${args.join(" ")}: ${stderr} ${JSON.stringify(json)}`);
    return json as Record<string, unknown>;
  };
  const records = join(folder, "records.csv");
  const name = ["--name", "上海市证照样例局", "--region", REGION, "--basis", "测试"];
  await run("agency", "add", "--code", AGENCY, ...name, "--type", TYPE);
  await run(
    "sample",
    "--type",
    TYPE,
    "--count",
    String(COUNT),
    "--agency",
    AGENCY,
    "--out",
    records,
  );
  const key = join(folder, "citizen.jwk");
  const { thumbprint } = await run("key", "new", "--out", key);
  await giveTo(String(thumbprint), records);
  const issued = await run("issue", "--type", TYPE, "--agency", AGENCY, "--input", records);
  const out = ["--all", "--out", join(folder, "certificates")];
  const { files } = (await run("export", "--job", String(issued["job"]), ...out)) as {
    files: string[];
  };
  for (const index of REVOKED) {
    const set = ["status", "set", "--certificate", String(files[index]), "--to", "revoked"];
    const { block } = await run(...set);
    await untilSo("both have read it", () => isFollowed(Number(block)));
  }
  const holderKey = await readSigningKey(loadSettings(), key);
  const certificates = await Promise.all(files.map(async (file) => readFile(file, "utf8")));
  return certificates.map((text, index) => shownOf(text, index, holderKey));
}

/** All of them to the holder of one key. */
async function giveTo(thumbprint: string, records: string): Promise<void> {
  const [header = "", ...rows] = (await readFile(records, "utf8")).trimEnd().split(/\r?\n/);
  const lines = [`${header},holderKey`, ...rows.map((row) => `${row},${thumbprint}`)];
  await writeFile(records, `${lines.join("\n")}\n`);
}

function shownOf(text: string, index: number, holderKey: HolderKey): Shown {
  const certificate = JSON.parse(text) as Certificate;
  const values = certificate.claims.map(({ value }) => String(value));
  const distinctive = values.filter((value) => value.length >= 8);
  const isBad = index === ALTERED || REVOKED.includes(index);
  const shown = index === ALTERED ? altered(certificate) : certificate;
  const file: VerificationRequest = { certificate: { ...shown }, useCause: CAUSE };
  return {
    question: index % 2 === 0 ? () => signedAnew(text, holderKey) : () => file,
    expected: isBad ? "rejected" : "accepted",
    distinctive,
  };
}

function signedAnew(text: string, holderKey: HolderKey): VerificationRequest {
  const nonce = randomBytes(16);
  const certificate = parseCertificateText(text);
  const times = { now: systemClock.now(), lifetime: CODE_SECONDS };
  const order = { certificate, disclose: ALWAYS_DISCLOSED, nonce, holderKey, ...times };
  const presentation = toQrText(presentCertificate(primitives, order));
  return { presentation, nonce: nonce.toString("hex"), requiresHolder: true, useCause: CAUSE };
}

function altered(certificate: Certificate): Certificate {
  const claims = certificate.claims.map((claim, at) =>
    at === 0 ? { ...claim, value: "altered" } : claim,
  );
  return { ...certificate, claims };
}
