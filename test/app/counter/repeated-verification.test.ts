/** Verifications under an Idempotency-Key, at two instances, whose workers may die after they have used something up. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { CounterAnswer } from "../../../src/app/counter/counter-answer.ts";
import type { CounterDesk } from "../../../src/app/counter/counter-desk.ts";
import {
  answerRequest,
  requestPresentation,
} from "../../../src/app/counter/presentation-requests.ts";
import { makeReference } from "../../../src/app/counter/references.ts";
import { carryOut } from "../../../src/app/counter/verification-order.ts";
import type { VerificationOrder } from "../../../src/app/counter/verification-order.ts";
import { repeatable } from "../../../src/app/repeat-call.ts";
import { fromHex } from "../../../src/core/encoding/bytes.ts";
import { Problem } from "../../../src/core/problem.ts";
import { ServiceItems } from "../../../src/core/service-items/service-item.ts";
import type { Client } from "../../../src/ports/clients.ts";
import { storePlaces } from "../../support/agency-stores.ts";
import type { StorePlaces } from "../../support/agency-stores.ts";
import {
  CAUSE,
  ITEM,
  SERVICE_KEYS,
  UsesInMemory,
  counterOf,
  deskOver,
} from "../../support/counter-desk.ts";
import { MARRIAGE, NOW } from "../../support/ledger-story.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";
import { CHALLENGE, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const textOf = (given: unknown): string => (given as { qr: string }).qr;
/** Short, so that a test needn't wait. */
const LEASE_MILLISECONDS = 100;
/** On a busy machine two hundred at once may wait in vain for a connection. */
const BUSY: readonly string[] = ["STORE_UNREACHABLE", "STORE_BUSY"];
/** What the client of the service tries again after, too. */
const WORTH_ANOTHER_TRY: readonly string[] = ["REPEAT_UNDER_WAY", ...BUSY];
/** In milliseconds, then twice as long each time: who has to wait must not keep the store from those who work. */
const FIRST_PAUSE = 20;
const LONGEST_PAUSE = 640;

interface Order {
  readonly client: Client;
  readonly key: string;
  readonly order: VerificationOrder;
}

/** Does it until it ends with anything but those codes. */
async function patiently<T>(act: () => Promise<T>, codes: readonly string[]): Promise<T> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Problem) || !codes.includes(error.code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

const verification = (qr: string): VerificationOrder => {
  return { given: { qr }, question: { nonce: CHALLENGE, useCause: CAUSE } };
};

describe.each(["SQLite", "PostgreSQL"] as const)("a verification under a key, in %s", (kind) => {
  let places: StorePlaces;
  let opened: readonly OpenedServiceStore[];
  let now: number;
  let uses: UsesInMemory;
  let serial = 0;

  beforeAll(async () => {
    places = await storePlaces(kind);
    const place = await places.newPlace();
    opened = [await openServiceAt(place), await openServiceAt(place)];
  });
  beforeEach(() => {
    now = NOW;
    uses = new UsesInMemory();
    serial++;
  });
  afterAll(async () => {
    for (const { store } of opened) await store.close();
    await places.end();
  });

  const storeOf = (i: number) => (opened[i % 2] as OpenedServiceStore).store;
  const deskOf = (i: number): CounterDesk => {
    const { requests, held, replays } = storeOf(i);
    const items = new ServiceItems([ITEM]);
    const clock = { now: () => now };
    const changes = { requests, held, replays, uses, clock, items };
    return deskOver(primitives, usual.story.view(), changes);
  };

  /** @param isDying after the work, before its answer is kept: nobody is told it */
  async function attempt(i: number, { client, key, order }: Order, isDying = false) {
    const { repeatedCalls } = storeOf(i);
    // An answer that could not be kept is told all the same, and a repeat may be told another: not meant here.
    const keep: typeof repeatedCalls.keep = isDying
      ? () => Promise.reject(new Error("killed"))
      : (...kept) => patiently(() => repeatedCalls.keep(...kept), BUSY);
    const tools = {
      calls: { ...repeatedCalls, keep },
      ...{ keys: SERVICE_KEYS, clock: { now: () => now }, leaseMilliseconds: LEASE_MILLISECONDS },
    };
    const named = { client: client.id, key, path: "/v1/verifications", body: order };
    const answer = await repeatable(tools, named, (attempt) => {
      return carryOut(deskOf(i), { client, address: "192.0.2.7", attempt }, order);
    });
    if (isDying) throw new Problem("REPEAT_UNDER_WAY", "killed");
    return answer;
  }

  /** As a caller who does not give up, at one instance and the other. @param isDying in the first attempt */
  function insist(i: number, order: Order, isDying = false): Promise<CounterAnswer> {
    let instance = i;
    let isStillDying = isDying;
    return patiently(async () => {
      try {
        return await attempt(instance++, order, isStillDying);
      } catch (error) {
        if (error instanceof Problem && error.detail === "killed") isStillDying = false;
        throw error;
      }
    }, WORTH_ANOTHER_TRY);
  }

  const mine = (order: VerificationOrder, key = "mine"): Order => {
    return { client: counterOf(), key: `${key}-${String(serial)}`, order };
  };
  const signed = (): string => textOf(usual.signed({ expiresAt: NOW + 60 - serial }));

  it("of 200 at once under several keys one key wins, and all its repeats are told the same, whoever dies", async () => {
    const order = verification(signed());
    const clients = [counterOf(), counterOf({ id: "C-0TEST002" })];
    const calls = Array.from({ length: 200 }, (_, i) => {
      const client = clients[i % 2] as Client;
      const key = `key-${String(serial)}-${String(Math.floor(i / 2) % 4)}`;
      return { client, key, order };
    });
    const answers = await Promise.all(calls.map((call, i) => insist(i >> 1, call, i < 24)));
    const numbered = answers.map((answer, i) => ({ answer, number: i % 8 }));
    const told = [...Map.groupBy(numbered, ({ number }) => number).values()];
    expect(told).toHaveLength(8);
    for (const same of told) for (const { answer } of same) expect(answer).toEqual(same[0]?.answer);
    const verdicts = told.map(([one]) => one?.answer.verdict);
    expect(verdicts.filter((verdict) => verdict === "accepted")).toHaveLength(1);
    expect(JSON.stringify(answers).match(/"REPLAYED"/g)).toHaveLength(175);
  });

  it("whose worker died is told what it would have been, though its time is over since", async () => {
    const call = mine(verification(signed()));
    await expect(attempt(0, call, true)).rejects.toMatchObject({ detail: "killed" });
    now = NOW + 59;
    const answer = await insist(1, call);
    expect(answer).toMatchObject({ verdict: "accepted", claims: { holderName: "王**1" } });
    expect(uses.kept.map(({ judged }) => judged.request.shownAt)).toEqual([undefined, NOW]);
  });

  it("is a replay under any other key, and under the same once the minute is over", async () => {
    const call = mine(verification(signed()));
    await expect(attempt(0, call, true)).rejects.toMatchObject({ detail: "killed" });
    expect(JSON.stringify(await insist(1, mine(call.order, "other")))).toContain("REPLAYED");
    expect((await insist(0, call)).verdict).toBe("accepted");
    const later = { ...call, order: verification(textOf(usual.signed({ expiresAt: NOW + 119 }))) };
    const held = { ...later, key: `${call.key}-later` };
    expect((await insist(0, held)).verdict).toBe("accepted");
    now = NOW + 60;
    expect(JSON.stringify(await insist(0, held))).toContain("REPLAYED");
  });

  it("takes what a reference or a request holds anew after its worker died, and nobody else does", async () => {
    const { text } = await makeReference(deskOf(0), signed());
    const referring = mine(verification(text), "reference");
    const made = await requestPresentation(deskOf(0), counterOf(), {
      ...{ purpose: ITEM.names.zh, useCause: CAUSE, type: MARRIAGE, claims: ["holderName"] },
    });
    const nonce = fromHex(made.nonce) as Uint8Array;
    const shown = usual.signed({ nonce, expiresAt: NOW + 60 });
    await answerRequest(deskOf(1), made.id, textOf(shown));
    const asked = mine({ request: made.id, isReceiptSigned: false }, "request");
    for (const [call, code] of [
      [referring, "REFERENCE_SPENT"],
      [asked, "PRESENTATION_REQUEST_SPENT"],
    ] as const) {
      await expect(attempt(0, call, true)).rejects.toMatchObject({ detail: "killed" });
      await expect(insist(1, { ...call, key: `${call.key}-other` })).rejects.toMatchObject({
        code,
      });
      expect(await insist(1, call)).toMatchObject({ verdict: "accepted" });
      await expect(insist(0, { ...call, key: `${call.key}-third` })).rejects.toMatchObject({
        code,
      });
    }
  });
});
