/** Every route of the service; each is documented and checked by being here. */
import type { Route } from "./route.ts";
import { listAgencies } from "./routes/agencies.ts";
import { showAgency } from "./routes/agency.ts";
import { showBatch } from "./routes/batch.ts";
import { tellHealth } from "./routes/healthz.ts";
import { showDocument } from "./routes/openapi.ts";
import { tellReadiness } from "./routes/readyz.ts";
import { listRecognitionRules } from "./routes/recognition-rules.ts";
import { listTypes } from "./routes/types.ts";
import { createVerification } from "./routes/verifications.ts";

export const ROUTES: readonly Route[] = [
  createVerification,
  listAgencies,
  showAgency,
  listTypes,
  showBatch,
  listRecognitionRules,
  tellHealth,
  tellReadiness,
  showDocument,
];
