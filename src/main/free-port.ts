/** A port that nobody listens on, for two services that must know each other's address before either starts. */
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** Another process may take it before it is used; then PORT_IN_USE says so. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
