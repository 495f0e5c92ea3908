/** Where a verification service keeps its clients: the options of every `lz client`. */
import type { Command } from "commander";
import type { ManagingTools } from "../../app/access/manage-clients.ts";
import { loadSettings } from "../../config.ts";
import { withClients } from "../../main/clients.ts";

export interface StoreOptions {
  readonly serviceStore?: string;
  readonly json?: true;
}

export function withStore(command: Command): Command {
  return command
    .option(
      "--service-store <place>",
      "the service's store: a file or postgres://… (default: LZ_SERVICE_STORE, or service.sqlite in LZ_HOME)",
    )
    .option("--json", "end with one line of JSON instead of words");
}

export function managing<T>(
  { serviceStore }: StoreOptions,
  work: (tools: ManagingTools) => Promise<T>,
): Promise<T> {
  return withClients(loadSettings(), serviceStore ?? null, work);
}
