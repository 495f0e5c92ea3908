/** What an administrator does with clients: each change with who did it and when. */
import { Problem } from "../../core/problem.ts";
import type { Primitives } from "../../core/hashing.ts";
import type { Clock, Randomness } from "../../ports/clock.ts";
import type {
  Client,
  ClientEvent,
  ClientStore,
  Credential,
  CredentialKind,
  NewClientEvent,
} from "../../ports/clients.ts";
import { makeApiKey, secretHashOf, writeApiKey } from "./api-key.ts";

export interface ManagingTools {
  readonly clients: ClientStore;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly primitives: Primitives;
  /** Who does it, as the machine knows people. */
  readonly by: string;
}

export type NewClient = Omit<Client, "id" | "createdAt" | "endedAt">;

/** How the new client proves who it is where it gets no API key. */
export interface OtherProof {
  readonly kind: Exclude<CredentialKind, "key">;
  readonly id: string;
  /** Seconds since 1970, such as a certificate's last day; null: no end. */
  readonly until: number | null;
}

/** @param keep is handed the key, once, before anything is in the store: what it can't keep is of use to nobody */
export async function addClientWithKey(
  tools: ManagingTools,
  client: NewClient,
  keep: (key: string) => Promise<void>,
): Promise<Client> {
  const added = named(tools, client);
  const { credential, text } = newKey(tools, added.id);
  await keep(text);
  await tools.clients.add(
    added,
    [credential],
    eventOf(tools, `${added.role}; ${nameOf(credential)}`),
  );
  return added;
}

/** @throws Problem CREDENTIAL_TAKEN */
export async function addClient(
  tools: ManagingTools,
  client: NewClient,
  proof: OtherProof,
): Promise<Client> {
  const added = named(tools, client);
  const { id } = added;
  const credential = { ...proof, secretHash: null, client: id, createdAt: tools.clock.now() };
  await tools.clients.add(
    added,
    [credential],
    eventOf(tools, `${added.role}; ${nameOf(credential)}`),
  );
  return added;
}

/** A client and all that is known of it, its events newest first. */
export interface ShownClient {
  readonly client: Client;
  readonly credentials: readonly Credential[];
  readonly events: readonly ClientEvent[];
}

const MOST_EVENTS = 1_000;

/** @throws Problem CLIENT_UNKNOWN */
export async function showClient(clients: ClientStore, id: string): Promise<ShownClient> {
  const directory = await clients.read();
  const client = directory.clients.find((each) => each.id === id);
  if (client === undefined) throw new Problem("CLIENT_UNKNOWN", id);
  const events = await clients.events(MOST_EVENTS);
  return {
    client,
    credentials: directory.credentials.filter((each) => each.client === id),
    events: events.filter((event) => event.client === id),
  };
}

/** Within two seconds no instance takes any of its credentials. @throws Problem CLIENT_UNKNOWN */
export async function endClient(tools: ManagingTools, id: string): Promise<void> {
  const isEnded = await tools.clients.end(id, eventOf(tools, ""));
  if (!isEnded) throw new Problem("CLIENT_UNKNOWN", id);
}

/**
 * A new key; the earlier ones go on for so long.
 * @returns until when, in seconds since 1970
 * @throws Problem CLIENT_UNKNOWN
 */
export async function rotateKey(
  tools: ManagingTools,
  id: string,
  overlapSeconds: number,
  keep: (key: string) => Promise<void>,
): Promise<number> {
  const { client } = await showClient(tools.clients, id);
  if (client.endedAt !== null) throw new Problem("CLIENT_UNKNOWN", id);
  const { credential, text } = newKey(tools, id);
  await keep(text);
  const until = tools.clock.now() + overlapSeconds;
  const isDone = await tools.clients.rotate(credential, until, eventOf(tools, nameOf(credential)));
  if (!isDone) throw new Problem("CLIENT_UNKNOWN", id);
  return until;
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ID_CHARACTERS = 8;

function named({ random, clock }: ManagingTools, client: NewClient): Client {
  const characters = Array.from(random(ID_CHARACTERS), (byte) => ALPHABET.charAt(byte & 31));
  return { id: `C-${characters.join("")}`, ...client, createdAt: clock.now(), endedAt: null };
}

function newKey(
  { random, primitives, clock }: ManagingTools,
  client: string,
): { readonly credential: Credential; readonly text: string } {
  const key = makeApiKey(random);
  const secretHash = secretHashOf(primitives, key);
  const [kind, until] = ["key", null] as const;
  return {
    credential: { kind, id: key.id, secretHash, client, createdAt: clock.now(), until },
    text: writeApiKey(key),
  };
}

function eventOf({ clock, by }: ManagingTools, detail: string): NewClientEvent {
  return { at: clock.now(), by, detail };
}

function nameOf({ kind, id }: Pick<Credential, "kind" | "id">): string {
  return `${kind} ${id}`;
}
