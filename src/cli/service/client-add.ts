import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { addClient, addClientWithKey } from "../../app/access/manage-clients.ts";
import type { NewClient, OtherProof } from "../../app/access/manage-clients.ts";
import { loadSettings } from "../../config.ts";
import { Problem } from "../../core/problem.ts";
import { clientKeyFile, proofOfCertificate, withKeyFile } from "../../main/clients.ts";
import { ROLES } from "../../ports/clients.ts";
import type { Role } from "../../ports/clients.ts";
import { requireAgencyCode } from "../terminal/agency-code.ts";
import { managing, withStore } from "./client-store.ts";
import type { StoreOptions } from "./client-store.ts";
import { integer, list as listOf, region } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";

const ADD_NOTES = `
Roles are different people: counter (verifies what it is shown), agency (sees its own certificates), authority,
auditor (reads the record of uses), administrator. A counter's name is what citizens are told who asks.
The key goes into a file for its owner alone and is shown nowhere; the store keeps its hash. Instead of a key a
client can have a TLS certificate, or access tokens of the identity provider that the service is configured for.

Examples:
  ./lz client add 三亚市政务服务中心3号窗口 --role counter --region 460200 --items 460200-0001
  ./lz client add 海南省审计厅 --role auditor --key auditor.key
  ./lz client add 三亚市民政局 --role agency --agency 11460200MB1234567A --certificate agency.pem
Next: ./lz verify FILE --server URL --client-key FILE --cause TEXT`;

interface AddOptions extends StoreOptions {
  readonly role: Role;
  readonly region?: string;
  readonly agency?: string;
  readonly items?: readonly string[];
  readonly perMinute: number;
  readonly perDay: number;
  readonly key?: string;
  readonly certificate?: string;
  readonly tokenSubject?: string;
}

export function addAddCommand(parent: Command): void {
  const command = parent
    .command("add")
    .description("Add a client with its role, its limits and its credential\n登记调用方")
    .argument("<name>", "who it is, as citizens are told", clientName)
    .addOption(new Option("--role <role>", "what it is").choices(ROLES).makeOptionMandatory())
    .option("--region <code>", "where a counter or an authority is (GB/T 2260)", region)
    .option("--agency <code>", "the agency that it calls for, by its credit code")
    .option("--items <codes>", "the service items that a counter handles (default: all)", listOf)
    .option("--per-minute <count>", "calls in a minute at most", positive, 600)
    .option("--per-day <count>", "certificates verified in a day (UTC) at most", positive, 100_000)
    .option("--key <file>", "where its API key is written (default: keys/client.key in LZ_HOME)")
    .option("--certificate <file>", "instead of a key: its TLS client certificate (PEM)")
    .option("--token-subject <text>", "instead of a key: how its access tokens name it");
  withStore(command).addHelpText("after", ADD_NOTES).action(add);
}

const LONGEST_NAME = 128;

function clientName(text: string): string {
  const name = text.trim();
  const isFit = name !== "" && name.length <= LONGEST_NAME && !/\p{Cc}/u.test(name);
  if (!isFit) throw new InvalidArgumentError("a name of 1 to 128 characters in one line expected.");
  return name;
}

function positive(text: string): number {
  const count = integer(text);
  if (count === 0) throw new InvalidArgumentError("a whole number from 1 expected.");
  return count;
}

/** A role without what it is about would be let in to nothing, or to everything. */
const NEEDED: Readonly<Record<Role, readonly ("region" | "agency")[]>> = {
  counter: ["region"],
  agency: ["agency"],
  authority: ["region"],
  auditor: [],
  administrator: [],
};

function newClientOf(name: string, options: AddOptions): NewClient {
  const { role, agency, region: where, items, perMinute, perDay } = options;
  const missing = NEEDED[role].find((member) => options[member] === undefined);
  if (missing !== undefined) throw new Problem("USAGE", `--${missing} expected for a ${role}`);
  if (items !== undefined && role !== "counter")
    throw new Problem("USAGE", "--items: of a counter");
  if (agency !== undefined) requireAgencyCode(agency);
  return {
    ...{ name, role, perMinute, perDay },
    region: where ?? null,
    agency: agency ?? null,
    serviceItems: items ?? null,
  };
}

async function add(name: string, options: AddOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const wanted = newClientOf(name, options);
  const proof = await otherProofOf(options);
  const file = options.key ?? clientKeyFile(loadSettings());
  const client = await managing(options, (tools) => {
    if (proof !== null) return addClient(tools, wanted, proof);
    return withKeyFile(file, (keep) => addClientWithKey(tools, wanted, keep));
  });
  output.say(`已登记 Added: ${client.id} ${client.name} (${client.role})`);
  if (proof === null)
    output.say(
      `密钥（交给调用方，不留副本） Its key, to be moved to the client without keeping a copy: ${file}`,
    );
  output.say("下一步 Next: ./lz verify FILE --server URL --client-key FILE --cause TEXT");
  output.result({ ...client, ...(proof === null && { key: file }) });
}

/** @throws Problem USAGE where more than one credential is named */
async function otherProofOf(options: AddOptions): Promise<OtherProof | null> {
  const { key, certificate, tokenSubject } = options;
  const given = [key, certificate, tokenSubject].filter((each) => each !== undefined);
  if (given.length > 1) {
    throw new Problem("USAGE", "at most one of --key, --certificate, --token-subject expected");
  }
  if (certificate !== undefined) return proofOfCertificate(certificate);
  return tokenSubject === undefined ? null : { kind: "token", id: tokenSubject, until: null };
}
