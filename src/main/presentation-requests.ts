/** Presentation requests from both sides, over REST: the counter that asks, and the wallet that answers. */
import { callService } from "../adapters/rest/service-client.ts";
import type { ServiceCall } from "../adapters/rest/service-client.ts";
import type { CounterAnswer } from "../app/counter/counter-answer.ts";
import type { MadeRequest, RequestOrder } from "../app/counter/presentation-requests.ts";
import type { MadeReference } from "../app/counter/references.ts";
import type { ToldRequest } from "../app/counter/told-request.ts";
import { fromHex } from "../core/encoding/bytes.ts";
import type { RequestName } from "../core/presentation/request-name.ts";
import { Problem } from "../core/problem.ts";

/** Where a service is, and who asks it. */
export type Service = Pick<ServiceCall, "server" | "key" | "timeoutMs">;

const PATH = "/v1/presentation-requests";

/** @throws Problem PRESENTATION_REQUEST_UNKNOWN, TOO_MANY_REQUESTS, SERVER_… */
export async function fetchRequest(
  service: Service,
  { query }: RequestName,
): Promise<ToldRequest & { readonly nonceBytes: Uint8Array }> {
  const path = "id" in query ? `${PATH}/${query.id}` : `${PATH}?code=${query.code}`;
  const told = (await callService({ ...service, path })) as Partial<ToldRequest> | null;
  const nonceBytes = fromHex(String(told?.nonce));
  const isTold = Array.isArray(told?.claims) && typeof told.audience === "string";
  if (isTold && nonceBytes !== null) return { ...(told as ToldRequest), nonceBytes };
  throw new Problem("SERVER_FAULT", `${service.server}: no presentation request`);
}

/** @throws Problem PRESENTATION_UNFIT, PRESENTATION_REQUEST_…, SERVER_… */
export async function postAnswer(
  service: Service,
  id: string,
  presentation: string,
): Promise<void> {
  await callService({ ...service, path: `${PATH}/${id}/presentation`, body: { presentation } });
}

/** @throws Problem PRESENTATION_UNFIT, SERVER_… */
export async function leaveReference(
  service: Service,
  presentation: string,
): Promise<MadeReference> {
  const made = await callService({ ...service, path: "/v1/references", body: { presentation } });
  return made as MadeReference;
}

/** @throws Problem UNAUTHENTICATED, PURPOSE_…, CLAIM_NOT_ALLOWED, SERVER_… */
export async function makeRequest(service: Service, order: RequestOrder): Promise<MadeRequest> {
  return (await callService({ ...service, path: PATH, body: order })) as MadeRequest;
}

/** @throws Problem UNAUTHENTICATED, PRESENTATION_REQUEST_…, SERVER_… */
export async function verifyRequest(
  service: Service,
  id: string,
  isReceiptSigned: boolean,
): Promise<CounterAnswer> {
  const body = { presentationRequest: id, ...(isReceiptSigned && { receipt: "signed" }) };
  return (await callService({ ...service, path: "/v1/verifications", body })) as CounterAnswer;
}
