/** What the application of an agency's endpoint is handed by whoever wires it. */
import type { AgencyDesk } from "../../app/holding/agency-desk.ts";
import type { RoutedService } from "../http-service.ts";

export interface AgencyService extends RoutedService {
  readonly desk: AgencyDesk;
  /** Of the agency, as the chain says it. */
  agencyName(): string | null;
  region(): string | null;
  /** The origins of the wallets that may ask from a browser, such as https://wallet.example.gov.cn. */
  readonly origins: readonly string[];
}
