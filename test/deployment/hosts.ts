/**
 * The machines of the reference deployment: each a network namespace with an address of its own on one bridge.
 * Where that is not permitted, all are on this machine's loopback, 127.20.0.0/16, and only the network between
 * them is not tried.
 */
import { execFileSync } from "node:child_process";

export interface Hosts {
  /** Whether each machine has a network of its own. */
  readonly areApart: boolean;
  /** "0.11" → its address. */
  address(host: string): string;
  /** What a command begins with to run on that machine. */
  on(host: string): readonly string[];
  /** Cuts a machine from the network, or connects it again. False where machines are not apart. */
  cut(host: string, isCut: boolean): boolean;
  close(): void;
}

const BRIDGE = "lzbr0";
/** nginx, two verifiers. The nodes and the databases are on the bridge's own side. */
const APART = ["0.5", "0.11", "0.12"];
const BESIDE = ["0.1", "0.21", "0.22", "0.23", "1.31", "1.32", "1.33", "1.34"];

export function openHosts(): Hosts {
  try {
    return openNamespaces();
  } catch (error) {
    const said = error instanceof Error ? error.message.split("\n").at(-2) : String(error);
    process.stderr.write(`No network namespaces here (${said ?? ""}): all on 127.20.0.0/16.\n`);
    return {
      areApart: false,
      address: (host) => `127.20.${host}`,
      on: () => [],
      cut: () => false,
      close: () => undefined,
    };
  }
}

function openNamespaces(): Hosts {
  const address = (host: string): string => `10.20.${host}`;
  removeAll();
  ip("link", "add", BRIDGE, "type", "bridge");
  try {
    for (const host of BESIDE) ip("address", "add", `${address(host)}/16`, "dev", BRIDGE);
    ip("link", "set", BRIDGE, "up");
    for (const host of APART) openNamespace(host, address(host));
  } catch (error) {
    removeAll();
    throw error;
  }
  return {
    areApart: true,
    address,
    on: (host) => (APART.includes(host) ? ["ip", "netns", "exec", nameOf(host)] : []),
    cut: (host, isCut) => {
      ip("link", "set", linkOf(host), isCut ? "down" : "up");
      return true;
    },
    close: removeAll,
  };
}

function openNamespace(host: string, address: string): void {
  const name = nameOf(host);
  ip("netns", "add", name);
  ip("link", "add", linkOf(host), "type", "veth", "peer", "name", "eth0", "netns", name);
  ip("link", "set", linkOf(host), "master", BRIDGE, "up");
  ip("-n", name, "address", "add", `${address}/16`, "dev", "eth0");
  for (const device of ["lo", "eth0"]) ip("-n", name, "link", "set", device, "up");
}

/** Also what an earlier run that was killed has left. */
function removeAll(): void {
  for (const host of APART) quietly("netns", "delete", nameOf(host));
  for (const host of APART) quietly("link", "delete", linkOf(host));
  quietly("link", "delete", BRIDGE);
}

const nameOf = (host: string): string => `lz-${host.replace(".", "-")}`;
const linkOf = (host: string): string => `lz${host.replace(".", "-")}`;

function ip(...args: string[]): void {
  execFileSync("ip", args, { stdio: "pipe" });
}

function quietly(...args: string[]): void {
  try {
    ip(...args);
  } catch {
    // It was not there.
  }
}
