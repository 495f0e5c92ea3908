/** GET /v1/trust-pack: what a counter needs to judge without a network. */
import type { Selection } from "../../core/trust-pack/selection.ts";
import { TRUST_PACK_MEDIA_TYPE } from "../../core/trust-pack/trust-pack.ts";
import { Problem } from "../../core/problem.ts";
import { Content } from "../content.ts";
import { requireView } from "../ledger-view.ts";
import { AGENCY_CODE, REGION, ROOT, TYPE_CODE } from "../openapi/identifiers.ts";
import { defineRoute } from "../route.ts";

const MAX_PLACE = 512;

interface Parameters {
  readonly region?: string;
  readonly type?: string;
  readonly agency?: string;
  readonly root?: string;
  readonly after?: string;
}

export const fetchTrustPack = defineRoute<Parameters>(
  {
    method: "get",
    path: "/v1/trust-pack",
    operationId: "fetchTrustPack",
    tag: "ledger",
    summary: "下载离线信任包",
    description:
      "A signed snapshot of agencies, keys, batches, statuses, rules and types, on which the same judge gives " +
      "the same verdicts without a network. It says when the chain was last read: past the limit that a counter " +
      "sets, it can't tell. With `after` only what came since; a 304 says that nothing did, but only an " +
      "increment, which is then a few hundred bytes, says it with a new date. Its keys are at /v1/keys.",
    parameters: [
      {
        name: "region",
        in: "query",
        schema: REGION,
        description:
          "Batches of agencies that counters of this region may accept or must refuse (窗口所在行政区划); all where nothing is said.",
      },
      { name: "type", in: "query", schema: TYPE_CODE, description: "Batches of this type alone." },
      {
        name: "agency",
        in: "query",
        schema: AGENCY_CODE,
        description: "With `root`: this one batch, with all that a verdict on it needs.",
      },
      { name: "root", in: "query", schema: ROOT, description: "With `agency`: the batch's root." },
      {
        name: "after",
        in: "query",
        schema: { type: "string", pattern: `^[A-Za-z0-9_-]{1,${String(MAX_PLACE)}}$` },
        description:
          "The `place` of the pack that is held, for what came after it. Where that can't be told, the pack is whole.",
      },
    ],
    answer: {
      schema: "TrustPack",
      examples: {},
      mediaType: TRUST_PACK_MEDIA_TYPE,
      description: "The pack.",
    },
    caching: "content",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_READY"],
  },
  ({ service, parameters }) => {
    const view = requireView(service);
    const { after = null } = parameters;
    const { bytes, entity } = service.packs.give(view, selectionOf(parameters), after);
    return new Content(TRUST_PACK_MEDIA_TYPE, bytes, entity);
  },
);

function selectionOf({ region, type, agency, root }: Parameters): Selection {
  if (agency === undefined && root === undefined) {
    return { region: region ?? null, type: type ?? null, batch: null };
  }
  if (agency === undefined || root === undefined) {
    throw new Problem("PARAMETER_INVALID", "query: agency and root go together");
  }
  if (region !== undefined || type !== undefined) {
    throw new Problem("PARAMETER_INVALID", "query: agency and root go without region and type");
  }
  return { region: null, type: null, batch: { agency, root } };
}
