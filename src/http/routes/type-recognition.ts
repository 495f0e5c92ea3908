/** GET /v1/types/{code}/recognition: which province accepts a type from which. */
import { provincesOf, recognitionMatrix, regionsConcerned } from "../../app/recognition-matrix.ts";
import type { MatrixCell, MatrixEffect, RecognitionMatrix } from "../../app/recognition-matrix.ts";
import { Problem } from "../../core/problem.ts";
import type { LedgerState, RuleRecord as RecordedRule } from "../../core/ledger/state.ts";
import { ruleKey } from "../../core/ledger/state.ts";
import { ledgerOf, requireView } from "../ledger-view.ts";
import { EXAMPLE_TYPE, exampleLedger } from "../openapi/examples.ts";
import { TYPE_CODE } from "../openapi/identifiers.ts";
import type { RuleRecord } from "../records/rule-record.ts";
import { ruleRecord } from "../records/rule-record.ts";
import { defineRoute } from "../route.ts";
import { exampleRule } from "./recognition-rules.ts";

const MAX_ITEM = 128;

interface Parameters {
  readonly code: string;
  readonly serviceItem?: string;
}

/** `rule` is a place in the list of rules. */
interface ToldCell {
  readonly effect: MatrixEffect;
  readonly rule: number | null;
}

const example = {
  type: EXAMPLE_TYPE,
  regions: ["460000"],
  more: 0,
  rows: [[{ effect: "own", rule: null }]],
  rules: [exampleRule],
  ledger: exampleLedger,
};

export const showTypeRecognition = defineRoute<Parameters>(
  {
    method: "get",
    path: "/v1/types/{code}/recognition",
    operationId: "showTypeRecognition",
    tag: "ledger",
    summary: "证照类型的互认矩阵",
    description:
      "Which province accepts this type from which, now: the judge's own answer for every pair of provinces " +
      "that have an agency or a rule for it.",
    parameters: [
      { name: "code", in: "path", schema: TYPE_CODE, description: "The type's code." },
      {
        name: "serviceItem",
        in: "query",
        schema: { type: "string", minLength: 1, maxLength: MAX_ITEM },
        description: "The service item that it is wanted for (事项).",
      },
    ],
    answer: {
      schema: "RecognitionMatrix",
      examples: { matrix: example },
      description: "The matrix, with the rules that decide.",
    },
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID", "TYPE_UNKNOWN", "NOT_READY"],
  },
  ({ service, parameters: { code, serviceItem } }) => {
    const view = requireView(service);
    const { state } = view;
    if (!state.types.has(code)) throw new Problem("TYPE_UNKNOWN", `path.code: ${code}`);
    const concerned = regionsConcerned(state, code);
    const regions = provincesOf(concerned);
    const item = serviceItem === undefined ? {} : { serviceItem };
    const matrix = recognitionMatrix(state, { regions, type: code, at: service.now(), ...item });
    const more = concerned.filter((region) => !regions.includes(region)).length;
    return { type: code, regions, more, ...told(state, matrix), ledger: ledgerOf(service, view) };
  },
);

/** Each rule once, though it decides for many pairs. */
function told(
  state: LedgerState,
  { rows }: RecognitionMatrix,
): { readonly rows: readonly ToldCell[][]; readonly rules: readonly RuleRecord[] } {
  const keys = [...new Set(rows.flat().map(keyOf))].filter((key) => key !== null);
  const cells = rows.map((row) => {
    return row.map((cell) => {
      const key = keyOf(cell);
      return { effect: cell.effect, rule: key === null ? null : keys.indexOf(key) };
    });
  });
  return {
    rows: cells,
    rules: keys.map((key) => ruleRecord(state.rules.get(key) as RecordedRule)),
  };
}

function keyOf({ ruleId, generation }: MatrixCell): string | null {
  return ruleId === null || generation === null ? null : ruleKey(generation, ruleId);
}
