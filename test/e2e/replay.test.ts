/** A presentation is good once, for a minute, by a clock that is about right: whoever shows it, wherever, how often. */
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { storePlaces } from "../support/agency-stores.ts";
import {
  AGENCY,
  AGENCY_REGION,
  TYPE,
  issueAndExport,
  openWorld,
} from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { startCommand } from "../support/command.ts";
import type { Running } from "../support/command.ts";
import { deskOver } from "../support/counter-desk.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import { HANGZHOU, NOW } from "../support/ledger-story.ts";
import { COUNTER, PLAIN, usualCase } from "../support/usual-case.ts";
import type { UsualCase } from "../support/usual-case.ts";

const USES = 200;
const CLERK = "黄浦区政务服务中心3号窗口";

describe("two verifiers", () => {
  let world: World;
  let certificate: string;

  beforeAll(async () => {
    world = await openWorld({ verifier: "no", batch: "no" });
    certificate = await issueToHolder(world);
  });
  afterAll(() => world.close());

  it.each(["SQLite", "PostgreSQL"] as const)(
    "on one %s accept one of two hundred simultaneous uses of a presentation",
    async (kind) => {
      const places = await storePlaces(kind);
      const verifiers: Running[] = [];
      try {
        const place = await places.newPlace();
        const key = await addCounter(world, place, kind);
        verifiers.push(...(await Promise.all([1, 2].map((i) => startVerifier(world, i, place)))));
        const answers = await useOften(world, certificate, verifiers, key);
        const accepted = answers.filter(({ verdict }) => verdict === "accepted");
        expect(accepted).toHaveLength(1);
        const others = answers.filter((answer) => answer !== accepted[0]);
        const told = others.map(
          ({ verdict, checks }) => `${verdict} ${checks.map(codeOf).join("")}`,
        );
        expect(new Set(told)).toEqual(new Set(["rejected REPLAYED"]));
      } finally {
        for (const verifier of verifiers) await verifier.stop();
        await places.end();
      }
    },
  );
});

/** All at once, half of them at each. */
async function useOften(
  world: World,
  certificate: string,
  verifiers: readonly Running[],
  key: string,
): Promise<Verified[]> {
  const show = ["present", "--certificate", certificate, "--key", world.file("citizen.jwk")];
  const { text } = (await world.ask(show)) as { text: string };
  const body = { presentation: text, region: AGENCY_REGION, useCause: "测试" };
  const ask = async (i: number): Promise<Verified> => {
    const { server } = verifiers[i % 2]?.json as { server: string };
    const response = await fetch(`${server}/v1/verifications`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Verified;
  };
  return Promise.all(Array.from({ length: USES }, (_, i) => ask(i)));
}

/** @returns its key */
async function addCounter(world: World, place: string, name: string): Promise<string> {
  const file = world.file(`${name}.key`);
  const counter = ["client", "add", CLERK, "--role", "counter", "--region", AGENCY_REGION];
  await world.ask([...counter, "--service-store", place, "--key", file]);
  return (await readFile(file, "utf8")).trim();
}

function codeOf({ code = "" }: Verified["checks"][number]): string {
  return code;
}

interface Verified {
  readonly verdict: string;
  readonly checks: readonly {
    readonly check: string;
    readonly result: string;
    readonly code?: string;
    readonly words: { readonly zh: string; readonly en: string };
  }[];
}

/** @returns the file of a certificate that belongs to the key in citizen.jwk */
async function issueToHolder(world: World): Promise<string> {
  const { thumbprint } = await world.ask(["key", "new", "--out", world.file("citizen.jwk")]);
  const name = ["--name", "上海市证照样例局", "--region", AGENCY_REGION, "--basis", "测试"];
  await world.ask(["agency", "add", "--code", AGENCY, ...name, "--type", TYPE]);
  const lines = (await readFile(world.records, "utf8")).trimEnd().split(/\r?\n/);
  const [header = "", first = ""] = lines;
  const records = world.file("holder.csv");
  await writeFile(records, `${header},holderKey\n${first},${String(thumbprint)}\n`);
  const { files } = await issueAndExport(world, records);
  return String(files[0]);
}

/** Each follows the chain into a store of its own; what was used they share. */
async function startVerifier(world: World, number: number, place: string): Promise<Running> {
  const name = `${String(number)}-${randomUUID()}`;
  const config = world.file(`${name}.json`);
  const settings = {
    serviceStore: place,
    ledgerStore: world.file(`${name}.sqlite`),
    listen: { port: 0 },
  };
  await writeFile(config, JSON.stringify(settings));
  return startCommand(world.home, ["serve", "--config", config, "--json"]);
}

describe("a code on a phone", () => {
  let usual: UsualCase;
  /** Made at NOW for a minute, without a challenge. */
  const shownAt = (now: number): { verdict: string; code: string | undefined } => {
    const given = usual.signed({ issuedAt: NOW, expiresAt: NOW + 60 });
    const question = { ...PLAIN, now, audience: COUNTER };
    const view = { ...usual.story.view(), asOf: now };
    const verdict = usual.judge(given, question, view);
    const failed = verdict.checks.find((check) => "code" in check);
    return {
      verdict: verdict.verdict,
      code: failed !== undefined && "code" in failed ? failed.code : undefined,
    };
  };

  beforeAll(async () => {
    usual = usualCase(await loadPrimitives());
  });

  it("is good from 30 seconds before it was made, for a slow clock, until its minute is over", () => {
    for (let skew = -120; skew <= 120; skew++) {
      const expected =
        skew < -30
          ? { verdict: "rejected", code: "CLOCK_SKEW" }
          : skew < 60
            ? { verdict: "accepted", code: undefined }
            : { verdict: "rejected", code: "PRESENTATION_EXPIRED" };
      expect([skew, shownAt(NOW + skew)]).toEqual([skew, expected]);
    }
  });

  it("shown as a screenshot 61 seconds later is refused over HTTP, with words that say so", async () => {
    let now = NOW;
    const clock = { now: () => now };
    const view = usual.story.view();
    const desk = deskOver(usual.primitives, view, { clock, maxLedgerAge: 3600 });
    const app = await runHttpApp(serviceOver(usual.primitives, view, { desk }));
    try {
      const { qr } = usual.signed({ issuedAt: NOW, expiresAt: NOW + 60 }) as { qr: string };
      const body = { presentation: qr, region: HANGZHOU.region, audience: COUNTER };
      now = NOW + 61;
      const late = (await app.post(body)).json as Verified;
      expect(late.verdict).toBe("rejected");
      expect(late.checks.find(({ check }) => check === "freshness")).toMatchObject({
        code: "PRESENTATION_EXPIRED",
        words: {
          zh: "亮证码已过期，可能是截图",
          en: "The code has run out; it may be a screenshot.",
        },
      });
      now = NOW + 59;
      expect((await app.post(body)).json).toMatchObject({ verdict: "accepted" });
      expect((await app.post(body)).json).toMatchObject({ verdict: "rejected" });
    } finally {
      await app.stop();
    }
  });
});
