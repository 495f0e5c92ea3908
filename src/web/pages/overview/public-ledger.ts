/** What the verifier tells anyone of the ledger, for the public directory. */
import type { components } from "../../../../clients/javascript/src/api.ts";
import type { Words } from "../../../core/words.ts";

type Schemas = components["schemas"];
export type Overview = Schemas["Overview"];
export type OverviewType = Schemas["OverviewType"];
export type RecognitionMatrix = Schemas["RecognitionMatrix"];
export type Effect = Schemas["MatrixCell"]["effect"];
export type RecordedRule = Schemas["Rule"];
export type Agency = Schemas["Agency"];

/** Nobody answered, or the service says that it can't: `words` say which, where it said so. */
export class NoAnswer extends Error {
  readonly words: Words | null;

  constructor(words: Words | null, cause?: unknown) {
    super("the verifier gave no answer", { cause });
    this.words = words;
  }
}

const TIMEOUT_MS = 15_000;
/** The most that a list gives at once. */
const PAGE_ITEMS = 1_000;

/** @throws NoAnswer, as all of these */
export function fetchOverview(): Promise<Overview> {
  return ask("/v1/overview");
}

export function fetchMatrix(type: string): Promise<RecognitionMatrix> {
  return ask(`/v1/types/${encodeURIComponent(type)}/recognition`);
}

/** All agencies of a province and below; with `0` those of the whole country, and no province's. */
export async function fetchAgencies(region: string): Promise<readonly Agency[]> {
  const agencies: Agency[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const more: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const path = `/v1/agencies?region=${region}&limit=${String(PAGE_ITEMS)}${more}`;
    const page: Schemas["AgencyPage"] = await ask(path);
    agencies.push(...page.items.filter((agency) => region !== "0" || agency.region === "0"));
    cursor = page.next;
  }
  return agencies;
}

async function ask<T>(path: string): Promise<T> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(path, { headers: { Accept: "application/json" }, signal }).catch(
    (error: unknown) => {
      throw new NoAnswer(null, error);
    },
  );
  const said: unknown = await response.json().catch(() => null);
  if (response.ok && said !== null) return said as T;
  throw new NoAnswer((said as { readonly words?: Words } | null)?.words ?? null);
}
