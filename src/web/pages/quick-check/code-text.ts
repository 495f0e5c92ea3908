/** How the text of a code comes from an address, or from a person's fingers. */
const BASE64URL = /^[A-Za-z0-9_-]{40,}$/;

/** The text of a code from what follows `#` in the address; null where there is nothing. */
export function codeInHash(hash: string, host: string): string | null {
  const content = hash.replace(/^#/, "");
  return content === "" ? null : `https://${host}/q#${content}`;
}

/** What a person typed or pasted, as a scanner would give it: whole addresses, codes, or what follows `#`. */
export function codeInTyped(typed: string, host: string): string {
  const text = typed.replace(/^\s+|[\r\n\t]+|\s+$/g, "");
  const compact = text.replace(/\s/g, "");
  if (compact.startsWith("https://")) return compact;
  return BASE64URL.test(compact) ? `https://${host}/q#${compact}` : text;
}

/** Null for a code without an address. */
export function hostIn(text: string): string | null {
  if (!text.startsWith("https://")) return null;
  try {
    return new URL(text).host;
  } catch {
    return null;
  }
}
