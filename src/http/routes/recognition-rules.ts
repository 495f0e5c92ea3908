/** GET /v1/recognition-rules: on what terms regions accept each other's certificates. */
import { isRegionWithin } from "../../core/identifiers/region.ts";
import type { LedgerState, RuleRecord as RecordedRule } from "../../core/ledger/state.ts";
import { ledgerOf, requireView } from "../ledger-view.ts";
import { EXAMPLE_INSTANT, EXAMPLE_TYPE, examplePage } from "../openapi/examples.ts";
import { REGION, TYPE_CODE } from "../openapi/identifiers.ts";
import type { PageParameters } from "../page.ts";
import { PAGE_PARAMETERS, pageOf } from "../page.ts";
import type { RuleRecord } from "../records/rule-record.ts";
import { ruleRecord } from "../records/rule-record.ts";
import { defineRoute } from "../route.ts";

export const exampleRule: RuleRecord = {
  ruleId: 1,
  generation: 0,
  rule: {
    recognising: "460000",
    recognised: "310000",
    group: null,
    type: EXAMPLE_TYPE,
    serviceItems: [],
    leastAssurance: 3,
    maxStatusAge: 0,
    validFrom: 1_767_225_600,
    validUntil: null,
    effect: "accept",
    condition: "",
    basis: "琼政办〔2025〕1号",
  },
  recordedAt: EXAMPLE_INSTANT,
  endedAt: null,
};

interface Filters {
  readonly recognising?: string;
  readonly recognised?: string;
  readonly type?: string;
}

export const listRecognitionRules = defineRoute<Filters & PageParameters>(
  {
    method: "get",
    path: "/v1/recognition-rules",
    operationId: "listRecognitionRules",
    tag: "ledger",
    summary: "互认规则列表",
    description:
      "Every recognition rule that was ever recorded, also those ended. Filters name what a rule says; " +
      "which rule decides a case is told by a verification.",
    parameters: [
      {
        name: "recognising",
        in: "query",
        schema: REGION,
        description: "Only rules by which this region, or one below it, accepts (认可地区).",
      },
      {
        name: "recognised",
        in: "query",
        schema: REGION,
        description:
          "Only rules about issuers in this region or one below it (签发地区), be it as one of a group.",
      },
      {
        name: "type",
        in: "query",
        schema: TYPE_CODE,
        description: "Only rules that name this certificate type; rules for any type are left out.",
      },
      ...PAGE_PARAMETERS,
    ],
    answer: {
      schema: "RulePage",
      examples: { page: examplePage(exampleRule) },
      description: "One page of recognition rules.",
    },
    caching: "ledger",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "NOT_READY"],
  },
  ({ service, parameters }) => {
    const view = requireView(service);
    const list = {
      name: "recognition-rules",
      records: view.state.rules.values(),
      isAskedFor: (record: RecordedRule) => isAskedFor(view.state, record, parameters),
      toItem: ruleRecord,
    };
    return pageOf(list, parameters, ledgerOf(service, view));
  },
);

function isAskedFor(state: LedgerState, { rule }: RecordedRule, filters: Filters): boolean {
  const { recognising = "0", recognised = "0", type = rule.type } = filters;
  const issuers = rule.group === null ? [rule.recognised] : presentRegions(state, rule.group);
  const isAboutIssuer =
    recognised === "0" || issuers.some((region) => isRegionWithin(region, recognised));
  return isRegionWithin(rule.recognising, recognising) && isAboutIssuer && rule.type === type;
}

function presentRegions(state: LedgerState, group: string): readonly string[] {
  return state.groups.get(group)?.at(-1)?.regions ?? [];
}
