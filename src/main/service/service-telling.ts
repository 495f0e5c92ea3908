/** What a service says of each request, to its log and its figures; and of what callers are not told. */
import type { Fault, HttpService } from "../../http/http-service.ts";
import type { LogMembers } from "../../ports/service-log.ts";
import type { ServiceContext } from "./service-part.ts";
import type { ServiceFigures } from "./service-metrics.ts";

const SHOWN_FRAMES = 3;

export function tellOf(
  { log }: Pick<ServiceContext, "log">,
  figures: ServiceFigures,
): Required<Pick<HttpService, "log" | "report">> {
  return {
    log: (entry) => {
      figures.request(entry);
      log.write("info", "request", { ...entry });
    },
    report: (fault) => {
      log.write("error", "fault", faultMembers(fault));
    },
  };
}

/**
 * The message of an unforeseen error may quote what somebody sent ("… is not valid JSON"): its name and its
 * place in the program say what a developer needs.
 */
function faultMembers({ requestId, problem }: Fault): LogMembers {
  const { code, detail, cause } = problem;
  const error = cause instanceof Error ? { error: cause.name, at: framesOf(cause) } : {};
  return { requestId, code, detail, ...error };
}

/** "request-checks.ts:72 < serve-routes.ts:40" */
function framesOf({ stack = "" }: Error): string {
  const places = [...stack.matchAll(/([\w.-]+:\d+):\d+\)?$/gm)].map(([, place]) => place);
  return places.slice(0, SHOWN_FRAMES).join(" < ");
}
