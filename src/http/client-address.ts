/** From where a request comes: the client's address and certificate, not those of a proxy before the service. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { TLSSocket } from "node:tls";

/** More proxies in a row than anyone has. */
const MOST_HOPS = 16;

export class ClientAddresses {
  readonly #trusted = new BlockList();

  /** @param proxies addresses and networks (CIDR); each has been checked to be one. */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [address = "", bits] = proxy.split("/");
      const family = familyOf(address);
      if (bits === undefined) this.#trusted.addAddress(address, family);
      else this.#trusted.addSubnet(address, Number(bits), family);
    }
  }

  /**
   * Each proxy adds to the right of X-Forwarded-For whom it was called by: the right-most address that is no
   * trusted proxy's is the client's. What is left of it anyone may have written.
   */
  addressOf(request: IncomingMessage): string {
    let address = plain(request.socket.remoteAddress ?? "");
    for (const hop of forwardedFor(request)) {
      const next = plain(withoutPort(hop.trim()));
      if (isIP(next) === 0 || !this.#isTrusted(address)) return address;
      address = next;
    }
    return address;
  }

  /** SHA-256 of the certificate whose key the client, or the client of a trusted proxy, proved; 64 hex digits. */
  certificateOf(request: IncomingMessage): string | null {
    const { socket } = request;
    const own = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    if (own !== undefined && !this.#isTrusted(plain(socket.remoteAddress ?? ""))) {
      return own.fingerprint256.replaceAll(":", "").toLowerCase();
    }
    return this.#forwardedCertificate(request);
  }

  #forwardedCertificate(request: IncomingMessage): string | null {
    const der = forwardedDer(request);
    if (der === null || !this.#isTrusted(plain(request.socket.remoteAddress ?? ""))) return null;
    return createHash("sha256").update(der).digest("hex");
  }

  #isTrusted(address: string): boolean {
    return isIP(address) !== 0 && this.#trusted.check(address, familyOf(address));
  }
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** An IPv4 address as a socket of IPv6 names it, without that; no zone. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711`, as some proxies write. */
function withoutPort(hop: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}

/** The nearest first. */
function forwardedFor({ headers }: IncomingMessage): string[] {
  const { "x-forwarded-for": value } = headers;
  if (value === undefined) return [];
  return String(value).split(",").slice(-MOST_HOPS).reverse();
}

/**
 * As nginx gives it on (`proxy_set_header X-Client-Cert $ssl_client_escaped_cert`), or as RFC 9440 has it
 * (Client-Cert: `:base64:`).
 */
function forwardedDer({ headers }: IncomingMessage): Buffer | null {
  const { "client-cert": standard, "x-client-cert": escaped } = headers;
  const text = typeof escaped === "string" ? unescaped(escaped) : String(standard ?? "");
  const base64 =
    /^(?:-----BEGIN CERTIFICATE-----|:)([A-Za-z0-9+/=\s]+)(?:-----END CERTIFICATE-----|:)\s*$/;
  const [, content] = base64.exec(text) ?? [];
  return content === undefined ? null : Buffer.from(content, "base64");
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
