/** The HTTP application of an agency's endpoint: the same machinery as the verifier's, with routes of its own. */
import type Koa from "koa";
import { appOver } from "../http-app.ts";
import type { RequestState } from "../middleware/state.ts";
import type { ApiWords } from "../openapi/document.ts";
import type { Route } from "../route.ts";
import { listErrors, showError } from "../routes/errors.ts";
import { tellHealth } from "../routes/healthz.ts";
import { showDocument } from "../routes/openapi.ts";
import { tellReadiness } from "../routes/readyz.ts";
import { serveRoutes } from "../serve-routes.ts";
import type { AgencyService } from "./agency-service.ts";
import { renewBindings } from "./bindings.ts";
import { claimWithCode } from "./claims.ts";
import { allowOrigins } from "./cors.ts";
import { listOwnDelegations, makeDelegation, withdraw } from "./delegations.ts";
import { tellEndpoint } from "./endpoint.ts";
import { AGENCY_SCHEMAS } from "./schemas.ts";

export const AGENCY_ROUTES: readonly Route<AgencyService>[] = [
  tellEndpoint,
  claimWithCode,
  renewBindings,
  makeDelegation,
  listOwnDelegations,
  withdraw,
  tellHealth,
  tellReadiness,
  showDocument,
  listErrors,
  showError,
];

export const AGENCY_API: ApiWords = {
  title: "Liangzheng agency endpoint (发证机关领证服务)",
  description:
    "From here a holder's wallet fetches certificates, has them bound to its key, and lets others show them. " +
    "Whatever a holder asks is signed with the holder's key: a COSE_Sign1 (ES256), see docs/wallet-endpoint.md. " +
    "Problems are `application/problem+json` (RFC 9457) with a stable code, words and a remedy.",
  tags: [
    { name: "holding", description: "持证: fetch, bind, let others show." },
    { name: "service", description: "服务状态: how the service itself is." },
  ],
  schemas: AGENCY_SCHEMAS,
};

/** @returns an application for `createServer(SERVER_OPTIONS, app.callback())`; see configureServer. */
export function createAgencyApp(service: AgencyService): Koa<RequestState> {
  const routes = serveRoutes(service, AGENCY_ROUTES, AGENCY_API);
  return appOver(service, [allowOrigins(service.origins), routes]);
}
