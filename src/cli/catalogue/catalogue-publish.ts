/** Publishes certificate types: first the plan and its conflicts, then a handful of transactions. */
import { Command } from "commander";
import { CATALOGUE_CONFLICTS } from "../../app/catalogue-conflicts.ts";
import type { CatalogueConflict } from "../../app/catalogue-conflicts.ts";
import type { Change } from "../../app/change.ts";
import { planPublication, publishCatalogue } from "../../app/publish-catalogue.ts";
import type { PublicationPlan } from "../../app/publish-catalogue.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import { NATIONAL } from "../../core/identifiers/region.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import { loadTypes } from "../../main/catalogue.ts";
import { estimatesOf, governAsAuthority } from "../../main/chain/accounts.ts";
import { primitives } from "../../main/system.ts";
import type { Governance } from "../../ports/governance.ts";
import { govern, withGovernance } from "../governance/governing.ts";
import type { GovernOptions, Plan, Situation } from "../governance/governing.ts";
import { createOutput, printProblem, problemJson } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { instant } from "../terminal/options.ts";
import { createProgress } from "../terminal/progress.ts";
import { both, regionText } from "../terminal/wording.ts";

export function publishCommand(): Command {
  return withGovernance(new Command("publish"))
    .description("Publish certificate types, or new versions of them\n公布证照类型")
    .argument("[paths...]", "files or folders of types (default: the project's catalogue/)")
    .option("--skip-conflicts", "publish the others although some types conflict")
    .option("--dry-run", "show the plan and its conflicts; nothing is sent")
    .option("--effective-from <time>", "from when on they are in force (default: now)", instant)
    .addHelpText("after", NOTES)
    .action(publish);
}

const NOTES = `
What is published already is left out, so that it can be run again after an interruption. A type that conflicts with one on
the chain (a regional type with a national one's name, another region's code, other content under the same version) is
reported, and nothing is published unless --skip-conflicts says so.

Examples:
  ./lz catalogue publish --dry-run
  ./lz catalogue generate --out demo-catalogue
  ./lz catalogue publish demo-catalogue --basis 国办发〔2022〕3号
Next: ./lz catalogue diff demo-catalogue`;

interface PublishOptions extends GovernOptions {
  readonly skipConflicts?: true;
  readonly dryRun?: true;
  readonly effectiveFrom?: number;
}

/** The plan was shown, and ends here: in a dry run, or because of its conflicts. */
class PlanEndsHere extends Error {
  readonly plan: PublicationPlan;

  constructor(plan: PublicationPlan) {
    super("the plan is not carried out");
    this.plan = plan;
  }
}

async function publish(paths: readonly string[], options: PublishOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const types = await loadTypes(paths);
  try {
    await govern(options, (situation) => planOf(output, situation, types, options));
  } catch (error) {
    if (!(error instanceof PlanEndsHere)) throw error;
    reportEnd(output, error.plan);
  }
}

async function planOf(
  output: Output,
  situation: Situation,
  types: readonly CertificateType[],
  options: PublishOptions,
): Promise<Plan> {
  const plan = planPublication(primitives.keccak256, situation.state, types);
  sayPlan(output, plan);
  const isStopped = plan.conflicts.length > 0 && options.skipConflicts !== true;
  if (isStopped || options.dryRun === true) throw new PlanEndsHere(plan);
  const changes = await packed(situation, plan, options);
  return { changes, result: { ...countsOf(plan) }, next: "./lz catalogue diff" };
}

/** As few calls as the chain's limit of gas allows; each is a change that is not made yet. */
async function packed(
  situation: Situation,
  plan: PublicationPlan,
  options: PublishOptions,
): Promise<Change[]> {
  const progress = createProgress(options.json === true);
  const { effectiveFrom = situation.now, basis } = options;
  const tools = {
    governance: planning,
    estimates: estimatesOf(situation.chain, { account: await accountOf(situation, options) }),
    keccak256: primitives.keccak256,
    progress: progress.show,
  };
  const publication = { effectiveFrom, skipConflicts: true, ...(basis !== "" && { basis }) };
  const changes = await publishCatalogue(tools, plan, publication);
  progress.end();
  return changes;
}

const planning: Pick<Governance<Change>, "publishTypes"> = {
  publishTypes: (publications) => {
    return Promise.resolve((governance) => governance.publishTypes(publications));
  },
};

/** For whom is estimated: a contract account's calls are estimated as a national authority's. */
async function accountOf(
  { settings, chain, state }: Situation,
  { callOnly, key }: PublishOptions,
): Promise<string> {
  if (callOnly !== true) return (await governAsAuthority(settings, chain, key)).account;
  return nationalAuthorityOf(state);
}

function nationalAuthorityOf({ authorities }: LedgerState): string {
  const [account] = authorities.get(NATIONAL)?.keys() ?? [];
  if (account === undefined)
    throw new Problem("CONTRACT_REFUSED", "there is no national authority");
  return account;
}

function sayPlan(output: Output, plan: PublicationPlan): void {
  const { toPublish, unchanged, conflicts } = countsOf(plan);
  output.say(
    `计划 Plan: 公布 publish ${String(toPublish)}, 已公布 published before ${String(unchanged)}, 冲突 conflicts ${String(conflicts.length)}`,
  );
  if (conflicts.length > 0) output.table(HEADER, conflicts.map(rowOf));
}

const HEADER = ["code", "version", "name", "region", "conflict", "with"];

function rowOf({ code, type, version, name, region, detail }: CatalogueConflict): string[] {
  const words = both(CATALOGUE_CONFLICTS[code]);
  return [type, String(version), name, regionText(region), `${words} [${code}]`, detail || "—"];
}

interface Counts {
  readonly toPublish: number;
  readonly unchanged: number;
  readonly conflicts: readonly CatalogueConflict[];
}

function countsOf({ toPublish, unchanged, conflicts }: PublicationPlan): Counts {
  return { toPublish: toPublish.length, unchanged: unchanged.length, conflicts };
}

function reportEnd(output: Output, plan: PublicationPlan): void {
  const counts = countsOf(plan);
  const [first] = counts.conflicts;
  if (first === undefined) {
    output.say("试运行，未公布 Dry run: nothing was published.");
    output.result({ dryRun: true, ...counts });
    return;
  }
  const detail = `${String(counts.conflicts.length)}; the first: ${first.code} ${first.type} ${first.name}`;
  const problem = new Problem("CATALOGUE_CONFLICT", detail);
  if (!output.isJson) printProblem(problem, false);
  output.result({ ...counts, problem: problemJson(problem) });
  process.exitCode = problem.words.exit;
}
