/** Changing the status of all certificates of a list: checked to its end, then packed into few transactions. */
import type { Change } from "../../app/change.ts";
import { planStatuses, setStatuses } from "../../app/set-statuses.ts";
import type { CertificatePlace, StatusChangeOrder, StatusesPlan } from "../../app/set-statuses.ts";
import { ancestryOf } from "../../core/identifiers/region.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { Problem } from "../../core/problem.ts";
import { openAgencyStore } from "../../main/stores/stores.ts";
import { estimatesOf, governWith } from "../../main/chain/accounts.ts";
import type { Governance } from "../../ports/governance.ts";
import type { Progress } from "../../ports/progress.ts";
import { CertificateFinder } from "../terminal/certificate-choice.ts";
import { govern } from "../governance/governing.ts";
import type { Plan, Situation } from "../governance/governing.ts";
import { createOutput, printProblem, problemJson } from "../terminal/output.ts";
import type { Output } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { faultWords, readStatusList } from "./status-list.ts";
import type { ListFault, StatusList } from "./status-list.ts";
import { keyFileOf } from "./status-order.ts";
import type { SetOptions } from "./status-order.ts";
import { both } from "../terminal/wording.ts";

/** The list has faults, which are told; nothing is sent. */
class ListEndsHere extends Error {
  readonly faults: readonly ListFault[];

  constructor(faults: readonly ListFault[]) {
    super("the list has faults");
    this.faults = faults;
  }
}

export async function setStatusesOfList(file: string, options: SetOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const progress = createProgress(output.isJson);
  try {
    await govern(options, (situation) => planList(output, progress.show, situation, file, options));
  } catch (error) {
    if (!(error instanceof ListEndsHere)) throw error;
    reportFaults(output, file, error.faults);
  } finally {
    progress.end();
  }
}

async function planList(
  output: Output,
  progress: Progress,
  situation: Situation,
  file: string,
  options: SetOptions,
): Promise<Plan> {
  const { to: status, reason, effectiveFrom = situation.now } = options;
  const list = await readList(file, situation, status);
  if (list.faults.length > 0) throw new ListEndsHere(list.faults);
  sayList(output, list);
  const order = { status, effectiveFrom, reason };
  const orders = await packAll(situation, list.places, order, options, progress);
  const [count, done] = [sumOf(orders, "count"), sumOf(orders, "done")];
  output.say(`待变更 To change: ${String(count)}；此前已是 so already: ${String(done)}`);
  const actors = new Map(orders.flatMap(({ changes, by }) => changes.map((one) => [one, by])));
  return {
    changes: [...actors.keys()],
    by: (change) => (actors.get(change) as () => Governance)(),
    result: { ...order, count, done, repeated: list.repeated },
    next: "./lz status show",
  };
}

/** The store is opened where the list names certificates by what only it knows. */
async function readList(
  file: string,
  { settings, state }: Situation,
  status: number,
): Promise<StatusList> {
  const finder = new CertificateFinder(() => openAgencyStore(settings));
  try {
    return await readStatusList(file, { state, finder, status });
  } finally {
    await finder.close();
  }
}

function sayList(output: Output, { places, repeated, unused }: StatusList): void {
  const again = repeated === 0 ? "" : `；重复 named again: ${String(repeated)}`;
  output.say(`清单 The list names ${String(places.length)} certificates${again}`);
  if (unused.length > 0) output.say(`未使用的列 Columns not used: ${unused.join(", ")}`);
}

interface PackedOrder extends Pick<StatusesPlan, "count" | "done"> {
  readonly changes: readonly Change[];
  readonly by: () => Governance;
}

function sumOf(orders: readonly PackedOrder[], what: "count" | "done"): number {
  return orders.reduce((sum, order) => sum + order[what], 0);
}

/** Each agency's certificates are changed by its own operator, unless --key names another's key. */
async function packAll(
  situation: Situation,
  places: readonly CertificatePlace[],
  order: StatusChangeOrder,
  options: SetOptions,
  progress: Progress,
): Promise<PackedOrder[]> {
  const packed: PackedOrder[] = [];
  for (const [agency, own] of Map.groupBy(places, (place) => place.agency)) {
    const plan = planStatuses(situation.state, own, order);
    const by = (): Governance =>
      governWith(situation.settings, situation.chain, keyFileOf(situation, agency, options));
    const account = options.callOnly === true ? authorityOf(situation.state, agency) : by().account;
    const estimates = estimatesOf(situation.chain, { account });
    const changes = await setStatuses({ governance: planning, estimates, progress }, plan);
    packed.push({ changes, by, count: plan.count, done: plan.done });
  }
  return packed;
}

/** Puts the calls down instead of making them: what a part takes is estimated before anything is sent. */
const planning: Pick<Governance<Change>, "setStatuses"> = {
  setStatuses: (order) => Promise.resolve((governance) => governance.setStatuses(order)),
};

/** For whom a contract account's calls are estimated: an authority over the agency's region. */
function authorityOf({ agencies, authorities }: LedgerState, agency: string): string {
  const regions = ancestryOf(agencies.get(agency)?.region ?? "0");
  const accounts = regions.flatMap((region) => [...(authorities.get(region)?.keys() ?? [])]);
  const [account] = accounts;
  if (account !== undefined) return account;
  throw new Problem("CONTRACT_REFUSED", `there is no authority over ${agency}`);
}

/** With --json the faults are members of the problem's line. */
function reportFaults(output: Output, file: string, faults: readonly ListFault[]): void {
  const [first] = faults;
  const place = `${file}, line ${String(first?.line)}`;
  const problem = new Problem("LIST_INVALID", `${String(faults.length)}; the first: ${place}`);
  output.table(
    ["line", "code", "detail", "what"],
    faults.map(({ line, code, detail }) => [String(line), code, detail, both(faultWords(code))]),
  );
  if (!output.isJson) printProblem(problem, false);
  output.result({ problem: problemJson(problem), faults });
  process.exitCode = problem.words.exit;
}
