/** One call of a service that speaks JSON and, when it can't do what is asked, RFC 9457. */
import type { ProblemDocument } from "../../../clients/javascript/src/index.ts";
import { ServiceProblem, ServiceUnreachable } from "../../../clients/javascript/src/index.ts";
import { settings } from "../settings/settings.ts";

const TIMEOUT_MS = 10_000;

/**
 * A POST where there is a body, otherwise a GET.
 * @throws ServiceProblem with the service's own words, or ServiceUnreachable where nobody answered
 */
export async function callJson<T>(url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, requestOf(body)).catch(unreachable);
  const said = (await response.json().catch(unreachable)) as T;
  if (response.ok) return said;
  throw isProblem(said) ? new ServiceProblem(said) : new ServiceUnreachable(response.status);
}

function requestOf(body: unknown): RequestInit {
  const headers = { Accept: "application/json", "Accept-Language": settings.language };
  const usual: RequestInit = {
    headers,
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  if (body === undefined) return usual;
  return {
    ...usual,
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
}

function isProblem(said: unknown): said is ProblemDocument {
  const { code, words } = Object(said) as Partial<Record<"code" | "words", unknown>>;
  return typeof code === "string" && typeof words === "object";
}

function unreachable(cause: unknown): never {
  throw new ServiceUnreachable(cause);
}
