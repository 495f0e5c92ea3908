import type { Command } from "commander";
import { showClient } from "../../app/access/manage-clients.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import type { Client, Credential } from "../../ports/clients.ts";
import { managing, withStore } from "./client-store.ts";
import type { StoreOptions } from "./client-store.ts";
import { createOutput } from "../terminal/output.ts";

export function addListCommand(parent: Command): void {
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

export function addShowCommand(parent: Command): void {
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
