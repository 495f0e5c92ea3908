import { Command, InvalidArgumentError, Option } from "commander";
import {
  addClient,
  addClientWithKey,
  endClient,
  rotateKey,
  showClient,
} from "../app/access/manage-clients.ts";
import type { ManagingTools, NewClient, OtherProof } from "../app/access/manage-clients.ts";
import { loadSettings } from "../config.ts";
import { formatInstant } from "../core/encoding/instant.ts";
import { Problem } from "../core/problem.ts";
import { clientKeyFile, proofOfCertificate, withClients, withKeyFile } from "../main/clients.ts";
import { ROLES } from "../ports/clients.ts";
import type { Client, Credential, Role } from "../ports/clients.ts";
import { requireAgencyCode } from "./agency-code.ts";
import { integer, list as listOf, region } from "./options.ts";
import { createOutput } from "./output.ts";

export function clientCommand(): Command {
  const command = new Command("client").description(
    "Who may call a verification service, and as what\n调用方",
  );
  addAddCommand(command);
  addListCommand(command);
  addShowCommand(command);
  addRotateCommand(command);
  addEndCommand(command);
  return command;
}

interface StoreOptions {
  readonly serviceStore?: string;
  readonly json?: true;
}

function withStore(command: Command): Command {
  return command
    .option(
      "--service-store <place>",
      "the service's store: a file or postgres://… (default: LZ_SERVICE_STORE, or service.sqlite in LZ_HOME)",
    )
    .option("--json", "end with one line of JSON instead of words");
}

function managing<T>(
  { serviceStore }: StoreOptions,
  work: (tools: ManagingTools) => Promise<T>,
): Promise<T> {
  return withClients(loadSettings(), serviceStore ?? null, work);
}

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

function addAddCommand(parent: Command): void {
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
    output.say(`密钥 Its key is in ${file}: move it to the client, keep no copy.`);
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

function addListCommand(parent: Command): void {
  const command = parent.command("list").description("All clients, those ended too\n调用方列表");
  withStore(command)
    .addHelpText("after", "\nExample:\n  ./lz client list\nNext: ./lz client show ID")
    .action(list);
}

const HEADER = [
  ...["client 调用方", "name 名称", "role 角色", "region 地区", "agency 机关"],
  ...["a minute 每分钟", "a day 每日", "since 起", "ended 止"],
];

async function list(options: StoreOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { clients } = await managing(options, (tools) => tools.clients.read());
  if (clients.length === 0) output.say("没有调用方 No client yet.");
  else output.table(HEADER, clients.map(rowOf));
  output.result({ clients: clients.map(clientJson) });
}

function rowOf(client: Client): string[] {
  const { id, name, role, perMinute, perDay, createdAt, endedAt } = client;
  const where = [client.region ?? "–", client.agency ?? "–"];
  return [
    ...[id, name, role, ...where, String(perMinute), String(perDay)],
    ...[formatInstant(createdAt), whenOf(endedAt)],
  ];
}

function whenOf(time: number | null): string {
  return time === null ? "–" : formatInstant(time);
}

function clientJson(client: Client): object {
  const { createdAt, endedAt } = client;
  return {
    ...client,
    createdAt: formatInstant(createdAt),
    endedAt: endedAt === null ? null : formatInstant(endedAt),
  };
}

const SHOW_NOTES = `
Of a key its id is shown, never its secret.

Example:
  ./lz client show C-7F3K2Q9X`;

function addShowCommand(parent: Command): void {
  const command = parent
    .command("show")
    .argument("<id>", "the client's id")
    .description("One client, its credentials, and who changed what when\n查看调用方");
  withStore(command).addHelpText("after", SHOW_NOTES).action(show);
}

async function show(id: string, options: StoreOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const shown = await managing(options, ({ clients }) => showClient(clients, id));
  const { client, credentials, events } = shown;
  output.table(HEADER, [rowOf(client)]);
  const items = client.serviceItems?.join(", ") ?? "所有 all";
  output.say(`  事项 service items: ${items}`);
  for (const credential of credentials) output.say(`  ${credentialWords(credential)}`);
  for (const { at, by, what, detail } of events) {
    output.say(`  ${formatInstant(at)} ${by}: ${what} ${detail}`.trimEnd());
  }
  output.result({
    ...clientJson(client),
    credentials: credentials.map(credentialJson),
    events: events.map((event) => ({ ...event, at: formatInstant(event.at) })),
  });
}

const KIND_WORDS = {
  key: "密钥 key",
  certificate: "证书 certificate",
  token: "令牌主体 token subject",
} as const;

function credentialWords({ kind, id, createdAt, until }: Credential): string {
  const end = until === null ? "" : `, 至 until ${formatInstant(until)}`;
  return `${KIND_WORDS[kind]} ${id}, 自 since ${formatInstant(createdAt)}${end}`;
}

function credentialJson({ kind, id, createdAt, until }: Credential): object {
  return { kind, id, createdAt: formatInstant(createdAt), until: until && formatInstant(until) };
}

const ROTATE_NOTES = `
Both keys work until the overlap ends; with 0 hours the old one ends at once.

Example:
  ./lz client rotate C-7F3K2Q9X --key window-3-new.key --overlap 24
Next: give the file to the client; ./lz client show C-7F3K2Q9X says until when the old key works`;

interface RotateOptions extends StoreOptions {
  readonly key: string;
  readonly overlap: number;
}

const HOUR = 3_600;
const LONGEST_OVERLAP = 24 * 31;

function overlap(text: string): number {
  const hours = integer(text);
  if (hours <= LONGEST_OVERLAP) return hours;
  throw new InvalidArgumentError(`${String(LONGEST_OVERLAP)} hours at most expected.`);
}

function addRotateCommand(parent: Command): void {
  const command = parent
    .command("rotate")
    .argument("<id>", "the client's id")
    .description("Give a client a new API key; its earlier keys end after a while\n更换密钥")
    .requiredOption("--key <file>", "where the new key is written")
    .option("--overlap <hours>", "for how long the earlier keys still work", overlap, 24);
  withStore(command).addHelpText("after", ROTATE_NOTES).action(rotate);
}

async function rotate(id: string, options: RotateOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { key: file } = options;
  const until = await managing(options, (tools) => {
    return withKeyFile(file, (keep) => rotateKey(tools, id, options.overlap * HOUR, keep));
  });
  output.say(`新密钥 The new key is in ${file}; 旧密钥至 the earlier ones work until`);
  output.say(`  ${formatInstant(until)}`);
  output.result({ client: id, key: file, earlierUntil: formatInstant(until) });
}

const END_NOTES = `
All its credentials are refused at every instance within two seconds. What it did stays on record.

Example:
  ./lz client end C-7F3K2Q9X`;

function addEndCommand(parent: Command): void {
  const command = parent
    .command("end")
    .argument("<id>", "the client's id")
    .description("End a client: it may not call any more\n注销调用方");
  withStore(command).addHelpText("after", END_NOTES).action(end);
}

async function end(id: string, options: StoreOptions): Promise<void> {
  const output = createOutput(options.json === true);
  await managing(options, (tools) => endClient(tools, id));
  output.say(`已注销 Ended: ${id}`);
  output.result({ client: id, isEnded: true });
}
