/** What was true then, and what was known then: both times, in every check that reads the chain. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  AGENCY,
  COUNTER_REGION,
  AGENCY_REGION,
  TYPE,
  issueAndExport,
  openWorld,
} from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { chainTime } from "../support/dev-accounts.ts";

let world: World;
let files: readonly string[];
/** The time of the newest block after each chapter; the next one's events are later. */
const after: Record<
  "nothing" | "registered" | "issued" | "recognised" | "withdrawn" | "stolen",
  number
> = { nothing: 0, registered: 0, issued: 0, recognised: 0, withdrawn: 0, stolen: 0 };

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "no" });
  const { ask, records } = world;
  after.nothing = await endOfChapter();
  const name = ["--name", "上海市证照样例局", "--region", AGENCY_REGION];
  const { operator } = await ask(["agency", "add", "--code", AGENCY, ...name, "--type", TYPE]);
  after.registered = await endOfChapter();
  ({ files } = await issueAndExport(world, records));
  after.issued = await endOfChapter();
  const regions = ["--by", COUNTER_REGION, "--from", AGENCY_REGION, "--valid-from", "2020-01-01"];
  await ask(["recognise", "add", ...regions, "--type", TYPE]);
  after.recognised = await endOfChapter();
  const withdraw = ["status", "set", "--certificate", String(files[0]), "--to", "withdrawn"];
  await ask([...withdraw, "--effective-from", rfc3339(after.issued)]);
  after.withdrawn = await endOfChapter();
  const distrust = ["agency", "operator", "distrust", AGENCY, "--account", operator as string];
  await ask([...distrust, "--since", rfc3339(after.registered)]);
  after.stolen = await endOfChapter();
});

afterAll(() => world.close(), 30_000);

/** The chain counts whole seconds, and a new one begins before the next chapter. */
async function endOfChapter(): Promise<number> {
  const time = await chainTime(world.rpc);
  await sleep(1_100);
  return time;
}

function rfc3339(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

interface Moments {
  readonly at?: number;
  readonly known?: number;
}

function verify(index: number, { at, known }: Moments): string[] {
  const when = at === undefined ? [] : ["--at", rfc3339(at)];
  const knowledge = known === undefined ? [] : ["--as-known-at", rfc3339(known)];
  const where = ["--region", COUNTER_REGION];
  return ["verify", String(files[index]), ...where, ...when, ...knowledge];
}

/** The codes of the checks that failed, or nothing for what was accepted. */
async function codes(index: number, moments: Moments, exitCode: number): Promise<string[]> {
  const { checks } = await world.ask(verify(index, moments), exitCode);
  return (checks as { code?: string; result: string }[]).flatMap(({ code, result }) =>
    result === "fail" ? (code ?? []) : [],
  );
}

describe("a certificate that was withdrawn later with effect from the day of issue", () => {
  it("was good as far as anyone knew, and was not good in law", async () => {
    const at = after.recognised;
    const [known, inLaw, bothToday] = await Promise.all([
      codes(0, { at, known: after.recognised }, 0),
      codes(0, { at, known: after.withdrawn }, 1),
      codes(0, { known: after.withdrawn }, 1),
    ]);
    expect(known).toEqual([]);
    expect(inLaw).toEqual(["WITHDRAWN"]);
    expect(bothToday).toEqual(["WITHDRAWN"]);
  });

  it("is told with both times, so that nobody takes an old answer for today's", async () => {
    const at = after.recognised;
    const [{ stdout }, today] = await Promise.all([
      world.run(verify(1, { at, known: at })),
      world.run(verify(1, {})),
    ]);
    expect(stdout).toContain(`判断时点 judged for: ${rfc3339(at)}`);
    expect(stdout).toContain(`knowing only what was on the chain by: ${rfc3339(at)}`);
    expect(today.stdout).not.toContain("judged for");
    const { at: asked, asKnownAt } = await world.ask(verify(1, { at, known: at }));
    expect([asked, asKnownAt]).toEqual([at, at]);
  });
});

describe("what was recorded later does not count", () => {
  it.each([
    ["for the agency, before it was registered", "nothing", ["AGENCY_UNKNOWN"]],
    ["for the batch, before it was anchored", "registered", ["ROOT_NOT_ANCHORED"]],
    ["for recognition, before there was a rule", "issued", ["NO_RULE"]],
    ["for the operator's key, before it was distrusted", "withdrawn", []],
    ["but for a key that was distrusted since, it does", "stolen", ["ANCHOR_DISTRUSTED"]],
  ] as const)("%s", async (_what, moment, expected) => {
    const exitCode = expected.length === 0 ? 0 : 1;
    const found = await codes(1, { known: after[moment] }, exitCode);
    expect(found).toEqual(expect.arrayContaining([...expected]));
    if (expected.length === 0) expect(found).toEqual([]);
  });
});

describe("the time", () => {
  it("is not asked of a verifier, and must be one", async () => {
    const [elsewhere, wrong] = await Promise.all([
      world.ask([...verify(1, { known: after.issued }), "--server", "http://127.0.0.1:1"], 64),
      world.ask(["verify", String(files[1]), "--as-known-at", "gestern"], 64),
    ]);
    expect(elsewhere.problem.detail).toContain("--as-known-at are answered without --server");
    expect(wrong.problem.detail).toContain("2026-01-31");
  });
});
