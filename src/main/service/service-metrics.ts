/** The figures of the service itself: requests, verdicts, the ledger. Parts add their own where they happen. */
import type { AccessEntry } from "../../http/http-service.ts";
import type { Verdict } from "../../core/verify/verdict.ts";
import type { Metrics } from "../../ports/metrics.ts";

/** In seconds. Around the limits that are promised: 25 ms for the slowest of a hundred. */
const REQUEST_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export interface ServiceFigures {
  readonly request: (entry: AccessEntry) => void;
  readonly verdict: (verdict: Verdict) => void;
}

/** Whatever no route took counts as one: addresses that callers make up are no labels. */
const NO_ROUTE = "none";

export function serviceFigures(metrics: Metrics): ServiceFigures {
  const requests = metrics.histogram(
    {
      name: "lz_http_request_duration_seconds",
      help: "Answered requests by route and status.",
      labels: ["method", "route", "status"],
    },
    REQUEST_BUCKETS,
  );
  const problems = metrics.counter({
    name: "lz_problems_total",
    help: "Problem documents answered, by code.",
    labels: ["code"],
  });
  const verdicts = metrics.counter({
    name: "lz_verdicts_total",
    help: "Certificates judged, by verdict.",
    labels: ["verdict"],
  });
  const findings = metrics.counter({
    name: "lz_check_failures_total",
    help: "Checks of judged certificates that did not pass, by code.",
    labels: ["code"],
  });
  return {
    request: ({ method, route, status, milliseconds, problem }) => {
      const labels = { method: methodOf(method), route: route ?? NO_ROUTE, status: String(status) };
      requests.observe(milliseconds / 1000, labels);
      if (problem !== undefined) problems.increase({ code: problem });
    },
    verdict: ({ verdict, checks }) => {
      verdicts.increase({ verdict });
      for (const check of checks) if ("code" in check) findings.increase({ code: check.code });
    },
  };
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]);

/** Callers may send any word as a method. */
function methodOf(method: string): string {
  return METHODS.has(method) ? method : "other";
}
