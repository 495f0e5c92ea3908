/** Clients and their credentials in memory, as the store has them: asked for each call, read when they change. */
import type { Client, ClientStore, Credential, CredentialKind } from "../../ports/clients.ts";

export interface Known {
  readonly client: Client;
  readonly credential: Credential;
}

export class KnownClients {
  readonly #store: ClientStore;
  #known = new Map<string, Known>();
  #revision = -1;
  #confirmedAt = -Infinity;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(store: ClientStore) {
    this.#store = store;
  }

  /** When the store last said that this is all, in seconds since 1970. */
  get confirmedAt(): number {
    return this.#confirmedAt;
  }

  /** Null where there is none, or where it or its client has ended. */
  find(kind: CredentialKind, id: string, now: number): Known | null {
    const known = this.#known.get(`${kind}/${id}`);
    if (known === undefined) return null;
    const { credential, client } = known;
    const hasEnded = (end: number | null): boolean => end !== null && end <= now;
    return hasEnded(credential.until) || hasEnded(client.endedAt) ? null : known;
  }

  /** Asks the store once for all who want to know; not before what is under way has ended. */
  refresh(now: number): Promise<void> {
    this.#next ??= (this.#running ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        this.#running = this.#read(now);
        return this.#running;
      });
    return this.#next;
  }

  async #read(now: number): Promise<void> {
    const revision = await this.#store.revision();
    if (revision !== this.#revision) await this.#readAll();
    this.#confirmedAt = now;
  }

  async #readAll(): Promise<void> {
    const { revision, clients, credentials } = await this.#store.read();
    const byId = new Map(clients.map((client) => [client.id, client]));
    const known = credentials.flatMap((credential) => {
      const client = byId.get(credential.client);
      return client === undefined ? [] : [{ client, credential }];
    });
    this.#known = new Map(
      known.map((each) => [`${each.credential.kind}/${each.credential.id}`, each]),
    );
    this.#revision = revision;
  }
}
