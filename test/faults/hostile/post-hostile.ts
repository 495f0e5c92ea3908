/** Sends hostile requests to the real application on a real port, and counts what went wrong. */
import { createPrng } from "../../../src/app/sample/prng.ts";
import type { Prng } from "../../../src/app/sample/prng.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import { accessOf } from "../../support/access.ts";
import { CAUSE, counterOf } from "../../support/counter-desk.ts";
import { runHttpApp, serviceOver } from "../../support/http-app.ts";
import type { RunningApp } from "../../support/http-app.ts";
import { HANGZHOU } from "../../support/ledger-story.ts";
import { usualCase } from "../../support/usual-case.ts";
import type { HostileResult } from "./judge-hostile.ts";
import { Latencies } from "./latencies.ts";
import { alterBytes, alterTree } from "./mutations.ts";
import { hostileShown } from "./shown.ts";

/** What a counter calls with. */
const WORD = "counter";
/** Callers at the same time. */
const CALLERS = 8;
const PATHS = [
  "/v1/verifications",
  "/v1/verifications/batch",
  "/v1/presentation-requests",
  "/v1/presentation-requests/AAAAAAAAAAAAAAAAAAAAAA/presentation",
  "/v1/references",
  "/v1/uses/query",
];

interface HostileCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** As judgeHostile; verdicts are by status of HTTP. A failure of the service itself (500 and above) is wrong. */
export async function postHostile(
  primitives: Primitives,
  count: number,
  seed: string,
): Promise<HostileResult> {
  const usual = usualCase(primitives);
  const access = accessOf({ [WORD]: counterOf() });
  const app = await runHttpApp(serviceOver(primitives, usual.story.view(), { access }));
  const run = new PostingRun(app, hostileCalls(usual, seed), seed);
  try {
    const numbers = Array.from({ length: count }, (_, n) => n).values();
    await Promise.all(Array.from({ length: CALLERS }, () => run.sendAll(numbers)));
    return { shown: count, verdicts: run.statuses, wrong: run.wrong, ...run.times.summary() };
  } finally {
    await app.stop();
  }
}

class PostingRun {
  readonly statuses: Record<string, number> = {};
  readonly wrong: string[] = [];
  readonly times = new Latencies();
  readonly #app: RunningApp;
  readonly #make: (n: number) => HostileCall;
  readonly #seed: string;

  constructor(app: RunningApp, make: (n: number) => HostileCall, seed: string) {
    this.#app = app;
    this.#make = make;
    this.#seed = seed;
  }

  async sendAll(numbers: Iterable<number>): Promise<void> {
    for (const n of numbers) await this.#send(n);
  }

  async #send(n: number): Promise<void> {
    const { path, body, headers } = this.#make(n);
    const begun = performance.now();
    const reply = await fetch(this.#app.url + path, { method: "POST", headers, body });
    await reply.arrayBuffer();
    this.times.add(performance.now() - begun);
    this.statuses[reply.status] = (this.statuses[reply.status] ?? 0) + 1;
    if (reply.status >= 500) {
      this.wrong.push(`${this.#seed}/${String(n)}: ${String(reply.status)} of ${path}`);
    }
  }
}

function hostileCalls(
  usual: ReturnType<typeof usualCase>,
  seed: string,
): (n: number) => HostileCall {
  const shown = hostileShown(usual, seed);
  return (n) => {
    const dice = createPrng(`${seed}/call/${String(n)}`);
    const given = shown(n);
    const asked = "file" in given ? { certificate: given.file } : shownAs(given);
    const whole = dice.below(4) === 0 ? alterTree(dice, withWishes(asked)) : withWishes(asked);
    const headers = headersOf(dice);
    return { path: pathOf(dice), headers, body: bodyOf(dice, JSON.stringify(whole)) };
  };
}

function shownAs(given: { readonly qr: string } | { readonly certificate: unknown }): object {
  return "qr" in given ? { presentation: given.qr } : { certificate: given.certificate };
}

function withWishes(asked: object): object {
  const wishes = { region: HANGZHOU.region, requiredClaims: ["holderName"], useCause: CAUSE };
  return { ...asked, ...wishes };
}

/** Most often a counter's. */
function headersOf(dice: Prng): Record<string, string> {
  const headers = { "Content-Type": "application/json" };
  return dice.below(4) === 0 ? headers : { ...headers, Authorization: `Bearer ${WORD}` };
}

/** Most often the usual one. */
function pathOf(dice: Prng): string {
  return dice.pick([...PATHS, ...PATHS.map(() => PATHS[0] as string)]);
}

/** Most often JSON; else bytes that once were. */
function bodyOf(dice: Prng, text: string): Uint8Array | string {
  return dice.below(4) === 0 ? alterBytes(dice, Buffer.from(text)) : text;
}
