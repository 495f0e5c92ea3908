/** One HTTP exchange that ends in time, however slowly or much the other side sends. */
import { request as requestHttp } from "node:http";
import type { IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { makeError } from "ethers";
import type { FetchRequest, GetUrlResponse } from "ethers";
import { readBounded } from "../exchange/read-bounded.ts";

/** More than any node gives for the logs of as many blocks as are asked for at once. */
const MAX_ANSWER_BYTES = 64_000_000;

/**
 * In place of what ethers brings: that waits as long as a byte comes now and then, and takes any length.
 * @throws TIMEOUT as ethers names it, the connection's error, or one for an answer that is too long
 */
export async function exchange(request: FetchRequest): Promise<GetUrlResponse> {
  const signal = AbortSignal.timeout(request.timeout);
  try {
    const answer = await send(request, signal);
    const body = new Uint8Array(await readBounded(answer, MAX_ANSWER_BYTES));
    const { statusCode = 0, statusMessage = "" } = answer;
    return { statusCode, statusMessage, headers: {}, body };
  } catch (error) {
    throw signal.aborted ? makeError("request timeout", "TIMEOUT") : error;
  }
}

function send({ url, body }: FetchRequest, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const open = url.startsWith("https:") ? requestHttps : requestHttp;
    const headers = { "content-type": "application/json", accept: "application/json" };
    const outgoing = open(url, { method: "POST", headers, signal }, resolve);
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
