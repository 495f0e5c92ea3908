/** Every route of the service; each is documented and checked by being here. */
import { callGbt36906 } from "./gbt36906/route.ts";
import type { Route } from "./route.ts";
import { listAgencies } from "./routes/agencies.ts";
import { showAgency } from "./routes/agency.ts";
import { showAgencyHistory } from "./routes/agency-history.ts";
import { showBatch } from "./routes/batch.ts";
import { listBatches } from "./routes/batches.ts";
import { showCertificateStatus } from "./routes/certificate-status.ts";
import { listErrors, showError } from "./routes/errors.ts";
import { tellHealth } from "./routes/healthz.ts";
import { showDocument } from "./routes/openapi.ts";
import { showPages } from "./routes/pages.ts";
import { tellReadiness } from "./routes/readyz.ts";
import {
  createPresentationRequest,
  findPresentationRequest,
  showPresentationRequest,
} from "./routes/presentation-requests.ts";
import { answerPresentationRequest } from "./routes/presentation-request-answer.ts";
import { showOverview } from "./routes/overview.ts";
import { createReference, takeReferred } from "./routes/references.ts";
import { listRecognitionRules } from "./routes/recognition-rules.ts";
import { listServiceItems } from "./routes/service-items.ts";
import { listStatuses } from "./routes/statuses.ts";
import { fetchTrustPack } from "./routes/trust-pack.ts";
import { listTypes } from "./routes/types.ts";
import { showTypeRecognition } from "./routes/type-recognition.ts";
import { showKeys } from "./routes/keys.ts";
import { showReceipt } from "./routes/receipt.ts";
import { showOwnClient } from "./routes/own-client.ts";
import { keepOfflineUses } from "./routes/offline-uses.ts";
import { listUses } from "./routes/uses.ts";
import { queryUses } from "./routes/uses-query.ts";
import { createVerificationBatch } from "./routes/verification-batch.ts";
import { createVerification } from "./routes/verifications.ts";

export const ROUTES: readonly Route[] = [
  createVerification,
  createVerificationBatch,
  createPresentationRequest,
  findPresentationRequest,
  showPresentationRequest,
  answerPresentationRequest,
  createReference,
  takeReferred,
  listServiceItems,
  showReceipt,
  listUses,
  keepOfflineUses,
  showOwnClient,
  queryUses,
  callGbt36906,
  listAgencies,
  showAgency,
  showAgencyHistory,
  listTypes,
  showTypeRecognition,
  listBatches,
  showBatch,
  showCertificateStatus,
  listStatuses,
  listRecognitionRules,
  showOverview,
  fetchTrustPack,
  showKeys,
  showPages,
  tellHealth,
  tellReadiness,
  showDocument,
  listErrors,
  showError,
];
