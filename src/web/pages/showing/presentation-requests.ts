/** A counter's request as the service tells it, and the holder's answer to it. Every call throws as callJson. */
import type { PresentationRequest, Reference } from "../../../../clients/javascript/src/index.ts";
import type { RequestName } from "../../../core/presentation/request-name.ts";
import { callJson } from "../../service/json-call.ts";

const PATH = "/v1/presentation-requests";

export function fetchRequest({ query }: Pick<RequestName, "query">): Promise<PresentationRequest> {
  return callJson("id" in query ? `${PATH}/${query.id}` : `${PATH}?code=${query.code}`);
}

/** @param presentation as a QR code would hold it: `LZ1:…` */
export async function answerRequest(id: string, presentation: string): Promise<void> {
  await callJson(`${PATH}/${id}/presentation`, { presentation });
}

/** @returns the text of a short code that refers to the presentation, once */
export async function leaveReference(presentation: string): Promise<string> {
  return (await callJson<Reference>("/v1/references", { presentation })).text;
}
