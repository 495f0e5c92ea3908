/** What a person has of a presentation request (protocol, 10): the digits that a clerk says, its id, or its link. */

export interface RequestName {
  readonly query: { readonly code: string } | { readonly id: string };
  /** The origin of the service that the link names. */
  readonly server: string | null;
}

const ID = /^[A-Za-z0-9_-]{22}$/;
const LINK = /^(https:\/\/[^/#?]+)\/r#([A-Za-z0-9_-]{22})$/;

/** @returns null for anything else */
export function readRequestName(text: string): RequestName | null {
  if (/^\d{6}$/.test(text)) return { query: { code: text }, server: null };
  if (ID.test(text)) return { query: { id: text }, server: null };
  const [, server, id] = LINK.exec(text) ?? [];
  return server === undefined || id === undefined ? null : { query: { id }, server };
}
