/**
 * What may become a script here: our own files, as workers, and nothing else. The Content-Security-Policy lets
 * nothing be made a script that did not pass this (Trusted Types); markup and code from text never do.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** Once, before anything else. Browsers without Trusted Types have the rest of the policy. */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", { createScriptURL: ownUrl });
}

/** @throws TypeError for an address that isn't of this service */
export function ownUrl(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) {
    throw new TypeError(`not a script of this service: ${url}`);
  }
  return url;
}
