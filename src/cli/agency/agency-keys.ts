/** The keys with which an agency signs documents: that a certificate belongs to a holder's key. */
import { Command, Option } from "commander";
import type { Change } from "../../app/change.ts";
import { loadSettings } from "../../config.ts";
import type { KeyAlgorithm } from "../../core/ledger/events.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import { documentKeyId } from "../../main/chain/accounts.ts";
import { readDocumentKey } from "../../main/keys/keys.ts";
import type { DocumentPublicKey } from "../../main/keys/keys.ts";
import { requireAgency, withAgencyCode } from "../terminal/agency-code.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions } from "../governance/governing.ts";
import { bytes32, withWindow } from "../terminal/options.ts";
import type { WindowOptions } from "../terminal/options.ts";

export function documentKeyCommand(): Command {
  const command = new Command("document-key").description(
    "Add, end and distrust the keys with which an agency signs documents\n签章密钥",
  );
  withWindow(withPublicKey(withGovernance(withAgencyCode(command.command("add")))))
    .description("Let a key sign documents for an agency\n新增签章密钥")
    .addHelpText("after", ADD_NOTES)
    .action(addKey);
  withKeyId(command.command("end"))
    .description("A key signs no more; what it signed before stays good\n停用签章密钥")
    .addHelpText("after", END_NOTES)
    .action(endKey);
  withKeyId(command.command("distrust"))
    .description("A key was stolen: nothing that it ever signed is good\n不予信任签章密钥")
    .addHelpText("after", DISTRUST_NOTES)
    .action(distrustKey);
  withKeyId(command.command("lift"))
    .description("Trust again what a distrusted key signed\n恢复信任签章密钥")
    .addHelpText("after", LIFT_NOTES)
    .action(liftDistrust);
  return command;
}

function withPublicKey(command: Command): Command {
  return command
    .option("--public-key <file>", "the key: a JWK, or PEM of a public key or a certificate")
    .option("--x <hex>", "its x coordinate, instead of a file", bytes32)
    .option("--y <hex>", "its y coordinate, instead of a file", bytes32)
    .addOption(
      new Option("--algorithm <name>", "of a key given by its coordinates").choices([
        "P-256",
        "SM2",
      ]),
    );
}

function withKeyId(command: Command): Command {
  return withGovernance(
    withAgencyCode(command).requiredOption(
      "--key-id <hash>",
      "the key, as lz agency show and lz key show name it",
      bytes32,
    ),
  );
}

const ADD_NOTES = `
Only the public half leaves the file. To change a key without a gap, add the new one before the old one ends.

Examples:
  ./lz key new --sm2 --out seal.jwk
  ./lz agency document-key add 11310000MB1A00001C --public-key seal.jwk --valid-until 2031-01-01
Next: ./lz agency show 11310000MB1A00001C`;

const END_NOTES = `
Example:
  ./lz agency document-key end 11310000MB1A00001C --key-id 0x1f0d…
Next: ./lz agency document-key add, with the next key`;

const DISTRUST_NOTES = `
The dates on what it signed are its own word, so none of it is trusted, whenever it was signed; wallets fetch new
bindings, by another key.

Example:
  ./lz agency document-key distrust 11310000MB1A00001C --key-id 0x1f0d… --basis 沪网信〔2026〕5号
Next: ./lz agency document-key add, with a new key`;

const LIFT_NOTES = `
Both the distrust and its end stay on the chain. A key that was ended stays ended.

Example:
  ./lz agency document-key lift 11310000MB1A00001C --key-id 0x1f0d…
Next: ./lz agency show 11310000MB1A00001C`;

interface AddOptions extends GovernOptions, WindowOptions {
  readonly publicKey?: string;
  readonly x?: string;
  readonly y?: string;
  readonly algorithm?: KeyAlgorithm;
}

async function addKey(code: string, options: AddOptions): Promise<void> {
  const key = await keyOf(options);
  const keyId = documentKeyId(key);
  await govern(options, ({ state, blockTime }) => {
    requireAgency(state, code);
    const { validFrom = blockTime, validUntil = null, basis } = options;
    const window = { validFrom, validUntil, basis };
    return {
      changes: [(governance) => governance.addDocumentKey(code, key, window)],
      result: { agency: code, keyId, ...key, validFrom, validUntil },
      outcome: () => ({ lines: [`密钥编号 Key id: ${keyId}`], result: {} }),
      next: next(code),
    };
  });
}

/** @throws Problem USAGE unless the key is given in exactly one way. */
async function keyOf({ publicKey, x, y, algorithm }: AddOptions): Promise<DocumentPublicKey> {
  const isByCoordinates = x !== undefined || y !== undefined || algorithm !== undefined;
  if (publicKey !== undefined && !isByCoordinates)
    return readDocumentKey(loadSettings(), publicKey);
  const isWhole = x !== undefined && y !== undefined && algorithm !== undefined;
  if (publicKey === undefined && isWhole) return { algorithm, x, y };
  throw new Problem("USAGE", "--public-key, or all of --x, --y and --algorithm expected");
}

interface KeyOptions extends GovernOptions {
  readonly keyId: string;
}

async function endKey(code: string, options: KeyOptions): Promise<void> {
  await changeKey(code, options, (keyId, basis) => {
    return (governance) => governance.endDocumentKey(code, keyId, basis);
  });
}

async function distrustKey(code: string, options: KeyOptions): Promise<void> {
  await changeKey(code, options, (keyId, basis) => {
    return (governance) => governance.distrustDocumentKey(code, keyId, basis);
  });
}

async function liftDistrust(code: string, options: KeyOptions): Promise<void> {
  await changeKey(code, options, (keyId, basis) => {
    return (governance) => governance.liftDocumentKeyDistrust(code, keyId, basis);
  });
}

async function changeKey(
  code: string,
  options: KeyOptions,
  changeOf: (keyId: string, basis: string) => Change,
): Promise<void> {
  const { keyId, basis } = options;
  await govern(options, ({ state }) => {
    requireKey(state, code, keyId);
    const changes = [changeOf(keyId, basis)];
    return { changes, result: { agency: code, keyId }, next: next(code) };
  });
}

function requireKey(state: LedgerState, code: string, keyId: string): void {
  if (requireAgency(state, code).documentKeys.has(keyId)) return;
  throw new Problem("DOCUMENT_KEY_UNKNOWN", `${keyId}, ${code}`);
}

function next(code: string): string {
  return `./lz agency show ${code}`;
}
