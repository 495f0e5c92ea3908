/** What the public overview answers. */
import { MATRIX_WORDS } from "../../app/recognition-matrix.ts";
import { STATUS_NAMES } from "../../core/ledger/statuses.ts";
import { TYPE_CODE } from "./identifiers.ts";
import type { Schema, SchemaName } from "./schema.ts";
import { a, integer, list, nullable, object, ref, text } from "./schema.ts";

const counts = {
  batches: integer("How many batches."),
  certificates: integer("How many certificates they hold."),
};

const totals = object("All there is.", {
  agencies: integer("Agencies ever registered (发证机关)."),
  types: integer("Certificate types (证照类型)."),
  ...counts,
  rules: integer("Rules of recognition that nobody has ended (互认规则)."),
});

const region = object("How many agencies a province has, by their status.", {
  region: a("Region", "A province with all below it; 0: agencies of the whole country."),
  regionName: ref("Words"),
  active: integer("May issue."),
  suspended: integer("May not issue for now."),
  closed: integer("Issue no more."),
});

const statuses = object(
  "How many certificates stand in which status, as recorded last. A batch's comes before their own.",
  Object.fromEntries([...STATUS_NAMES.values()].map(({ name, zh }) => [name, integer(`${zh}.`)])),
);

const type = object("What was issued of one type.", {
  type: TYPE_CODE,
  name: a("Words", "As its latest version says."),
  ...counts,
  statuses: ref("StatusCounts"),
  rules: integer("Rules of recognition that name this type, and that nobody has ended."),
});

const anchored = object("What was anchored in a month or on a day (上链).", {
  period: text("A month or a day of Beijing time.", { examples: ["2026-03", "2026-03-14"] }),
  ...counts,
});

const overview = object("The ledger in numbers (公开目录).", {
  totals: ref("OverviewTotals"),
  regions: list("By province, in the order of their codes.", ref("OverviewRegion")),
  types: list("Those with the most certificates first.", ref("OverviewType")),
  months: list(
    "Every month in which something was anchored, the oldest first.",
    ref("AnchoredPeriod"),
  ),
  days: list("The last 31 days up to the newest block, one by one.", ref("AnchoredPeriod")),
  ledger: ref("Ledger"),
});

const cell = object("What a counter of one region is told of an issuer of another.", {
  effect: text(
    "`own`: no rule is needed. A rule's effect, `expired` where the rule has run out, `none` where there is none.",
    { enum: Object.keys(MATRIX_WORDS) },
  ),
  rule: nullable(
    "The place in `rules`, from 0, of the rule that decides, or that once did.",
    integer(),
  ),
});

const matrix = object("Which region accepts a type from which (互认矩阵).", {
  type: TYPE_CODE,
  regions: list("Provinces, in the order of rows and columns.", ref("Region")),
  more: integer("How many cities and counties beside them have agencies or rules of their own."),
  rows: list("A row for each counter's region, a cell in it for each issuer's.", {
    type: "array",
    items: ref("MatrixCell"),
  }),
  rules: list("The rules that cells name.", ref("Rule")),
  ledger: ref("Ledger"),
});

export const OVERVIEW_SCHEMAS = {
  Overview: overview,
  OverviewTotals: totals,
  OverviewRegion: region,
  OverviewType: type,
  StatusCounts: statuses,
  AnchoredPeriod: anchored,
  RecognitionMatrix: matrix,
  MatrixCell: cell,
} satisfies Partial<Record<SchemaName, Schema>>;
