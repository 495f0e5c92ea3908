import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { Client } from "../../../src/app/access/access.ts";
import type { CounterDesk } from "../../../src/app/counter/counter-desk.ts";
import {
  ANSWER_SECONDS,
  REQUEST_SECONDS,
  answerRequest,
  findRequest,
  requestPresentation,
  verifyAnswer,
} from "../../../src/app/counter/presentation-requests.ts";
import type { MadeRequest, RequestOrder } from "../../../src/app/counter/presentation-requests.ts";
import { tellRequest } from "../../../src/app/counter/told-request.ts";
import { presentCertificate } from "../../../src/app/present-certificate.ts";
import type { PresentOrder } from "../../../src/app/present-certificate.ts";
import { fromHex } from "../../../src/core/encoding/bytes.ts";
import { toQrText } from "../../../src/core/presentation/qr-text.ts";
import { ServiceItems } from "../../../src/core/service-items/service-item.ts";
import {
  CAUSE,
  ITEM,
  PUBLIC_HOST,
  UsesInMemory,
  counterOf,
  deskOver,
} from "../../support/counter-desk.ts";
import { HANGZHOU, MARRIAGE, NOW } from "../../support/ledger-story.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";
import { COUNTER, holder, stranger, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const ORDER: RequestOrder = {
  ...{ purpose: ITEM.names.zh, useCause: CAUSE, type: MARRIAGE },
  claims: ["birthDate"],
};
const COUNTER_CLIENT = counterOf();

let opened: OpenedServiceStore;
let now = NOW;
let uses: UsesInMemory;
let desk: CounterDesk;

beforeAll(async () => {
  opened = await openServiceAt(":memory:");
});
beforeEach(() => {
  now = NOW;
  uses = new UsesInMemory();
  desk = newDesk();
});
afterAll(() => opened.store.close());

function newDesk(changes: Partial<CounterDesk> = {}): CounterDesk {
  const { requests, held } = opened.store;
  return deskOver(primitives, usual.story.view(), {
    ...{ requests, held, uses, clock: { now: () => now } },
    items: new ServiceItems([ITEM]),
    ...changes,
  });
}

const request = (changes: Partial<RequestOrder> = {}, client: Client = COUNTER_CLIENT) =>
  requestPresentation(desk, client, { ...ORDER, ...changes });

/** As a wallet answers: the claims asked for, to who asks, with what is to be answered. */
function shownFor(
  { audience, nonce, claims }: Pick<MadeRequest, "audience" | "nonce" | "claims">,
  changes: Partial<PresentOrder> = {},
): string {
  const order = {
    ...{ certificate: usual.keyed, disclose: claims, audience, holderKey: holder },
    nonce: fromHex(nonce) as Uint8Array,
    ...{ now, lifetime: 60 },
    ...changes,
  };
  return toQrText(presentCertificate(primitives, order));
}

const verifyIt = (id: string, client: Client | null = COUNTER_CLIENT) =>
  verifyAnswer(desk, { client, address: "192.0.2.7" }, id, false);

const stateOf = async (id: string) => tellRequest(desk, await findRequest(desk, { id })).state;

describe("a counter's request", () => {
  it("is made with a code to say aloud, a challenge, a link and five minutes", async () => {
    const made = await request();
    expect(made).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      code: expect.stringMatching(/^\d{6}$/),
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      audience: COUNTER,
      claims: ["birthDate", "holderName"],
      expiresAt: new Date((NOW + REQUEST_SECONDS) * 1000).toISOString().replace(".000", ""),
      text: `https://${PUBLIC_HOST}/r#${made.id}`,
    });
  });

  it("tells whoever is asked who asks, for what, why and which claims, and that it is open", async () => {
    const { id, nonce, code } = await request();
    const told = tellRequest(desk, await findRequest(desk, { code }));
    expect(told).toEqual({
      ...{ id, nonce, audience: COUNTER, region: HANGZHOU.region, state: "open" },
      regionName: expect.objectContaining({ zh: expect.stringContaining("浙江") }),
      ...{ purpose: ITEM.names.zh, purposeName: ITEM.names, useCause: CAUSE, type: MARRIAGE },
      typeName: { zh: "结婚证", en: "Marriage certificate" },
      claims: [
        { name: "birthDate", words: { zh: "birthDate", en: "birthDate" } },
        { name: "holderName", words: { zh: "holderName", en: "holderName" } },
      ],
      requiresHolder: false,
      expiresAt: expect.stringMatching(/Z$/),
    });
  });

  it("tells what it can where the chain or the catalogue knows nothing", async () => {
    const { id } = await request({}, counterOf({ region: null }));
    const bare = newDesk({ view: () => null, items: new ServiceItems([]) });
    const kept = await findRequest(bare, { id });
    const told = tellRequest(bare, { ...kept, claims: ["unheardOf"] });
    expect(told).toMatchObject({
      ...{ region: null, regionName: null, purposeName: null, typeName: null },
      claims: [{ name: "unheardOf", words: null }],
    });
  });

  it.each<[string, Partial<RequestOrder>, Partial<Client>]>([
    ["PURPOSE_UNKNOWN", { purpose: "没有的事项" }, {}],
    ["PURPOSE_NOT_ALLOWED", {}, { serviceItems: ["another"] }],
    ["CLAIM_NOT_ALLOWED", { type: "9".repeat(21) }, {}],
    ["CLAIM_NOT_ALLOWED", { claims: ["birthDate", "children"] }, {}],
  ])("asks for nothing that the matter has no right to: %s", async (code, order, client) => {
    await expect(request(order, counterOf(client))).rejects.toMatchObject({ code });
  });

  it("has an id that no command line takes for an option, whatever is drawn", async () => {
    const dashed = newDesk({ randomness: (length) => new Uint8Array(length).fill(0xfb) });
    const { id } = await requestPresentation(dashed, COUNTER_CLIENT, ORDER);
    expect(id).toMatch(/^__v7-/);
  });

  it("that draws a code in use draws again, and gives up only when all seem taken", async () => {
    const drawn = (length: number, count: number) => new Uint8Array(length).fill(count);
    let count = 0;
    const random = newDesk({
      randomness: (length) => drawn(length, length === 4 ? (count >> 1) & 1 : count++),
    });
    const one = await requestPresentation(random, COUNTER_CLIENT, ORDER);
    const two = await requestPresentation(random, COUNTER_CLIENT, ORDER);
    expect(one.code).not.toBe(two.code);
    const stuck = newDesk({ randomness: (length) => drawn(length, length === 4 ? 0 : count++) });
    await expect(requestPresentation(stuck, COUNTER_CLIENT, ORDER)).rejects.toThrow("in use");
  });
});

describe("the answer to a request", () => {
  it("is taken once and verified once, by the counter that asked, with the claims it asked for", async () => {
    const made = await request();
    await answerRequest(desk, made.id, shownFor(made));
    expect(await stateOf(made.id)).toBe("answered");
    await expect(answerRequest(desk, made.id, shownFor(made))).rejects.toMatchObject({
      code: "PRESENTATION_REQUEST_ANSWERED",
    });
    const answer = await verifyIt(made.id);
    expect(answer).toMatchObject({
      verdict: "accepted",
      claims: { birthDate: "1990-05-17", holderName: "王小明1" },
    });
    expect(uses.kept).toMatchObject([{ mode: "request", useCause: CAUSE }]);
    expect(await stateOf(made.id)).toBe("verified");
    await expect(verifyIt(made.id)).rejects.toMatchObject({ code: "PRESENTATION_REQUEST_SPENT" });
  });

  it("of two hundred verifications at once one is answered", async () => {
    const made = await request();
    await answerRequest(desk, made.id, shownFor(made));
    const ends = await Promise.allSettled(Array.from({ length: 200 }, () => verifyIt(made.id)));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(uses.kept).toHaveLength(1);
  });

  it("of two answers at the same moment one is taken, and the other told so", async () => {
    const made = await request();
    const ends = await Promise.allSettled(
      [1, 2, 3].map(() => answerRequest(desk, made.id, shownFor(made))),
    );
    const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as Error] : []));
    expect(refused).toHaveLength(2);
    for (const error of refused) {
      expect(error).toMatchObject({ code: "PRESENTATION_REQUEST_ANSWERED" });
    }
  });

  it("may wait for the clerk longer than a code lives: it is judged as new for when it was shown", async () => {
    const made = await request();
    await answerRequest(desk, made.id, shownFor(made));
    now += ANSWER_SECONDS - 1;
    const view = usual.story.view(now);
    desk = newDesk({ view: () => view });
    expect((await verifyIt(made.id)).verdict).toBe("accepted");
  });

  it("is gone after two minutes, and the request after its own time", async () => {
    const [answered, open] = [await request(), await request()];
    await answerRequest(desk, answered.id, shownFor(answered));
    now += ANSWER_SECONDS;
    await expect(verifyIt(answered.id)).rejects.toMatchObject({
      code: "PRESENTATION_REQUEST_SPENT",
    });
    await expect(verifyIt(open.id)).rejects.toMatchObject({
      code: "PRESENTATION_REQUEST_UNANSWERED",
    });
    now = NOW + REQUEST_SECONDS;
    expect(await stateOf(open.id)).toBe("expired");
    for (const late of [answerRequest(desk, open.id, shownFor(open)), verifyIt(open.id)]) {
      await expect(late).rejects.toMatchObject({ code: "PRESENTATION_REQUEST_EXPIRED" });
    }
  });

  it("that ran out while it was looked at is told to have run out", async () => {
    const made = await request();
    const shown = shownFor(made);
    const requests = {
      ...desk.requests,
      answer: () => {
        now = NOW + REQUEST_SECONDS;
        return Promise.resolve(false);
      },
    };
    await expect(answerRequest(newDesk({ requests }), made.id, shown)).rejects.toMatchObject({
      code: "PRESENTATION_REQUEST_EXPIRED",
    });
  });

  it("is nobody's but the counter's that asked", async () => {
    const made = await request();
    await answerRequest(desk, made.id, shownFor(made));
    for (const client of [counterOf({ id: "C-0TEST002" }), null]) {
      await expect(verifyIt(made.id, client)).rejects.toMatchObject({
        code: "PRESENTATION_REQUEST_UNKNOWN",
      });
    }
    expect(JSON.stringify(tellRequest(desk, await findRequest(desk, { id: made.id })))).not.toMatch(
      /王小明|LZ1/,
    );
    expect((await verifyIt(made.id)).verdict).toBe("accepted");
  });

  it("is kept sealed: who reads the store reads no claim, and another key opens nothing", async () => {
    const made = await request();
    await answerRequest(desk, made.id, shownFor(made));
    const sealed = (await opened.store.requests.answerTo(made.id, now, null)) as Uint8Array;
    expect(Buffer.from(sealed).toString("latin1")).not.toContain("LZ1");
    desk = newDesk({ keys: { seal: () => sealed, open: () => null } });
    await expect(verifyIt(made.id)).rejects.toMatchObject({ code: "PRESENTATION_REQUEST_SPENT" });
  });

  it("that is revoked reaches the counter, which is told so", async () => {
    const revoked = usualCase(primitives);
    revoked.story.setStatus(revoked.batch, 1, 5);
    const view = revoked.story.view();
    desk = newDesk({ view: () => view });
    const made = await request();
    await answerRequest(desk, made.id, shownFor(made, { certificate: revoked.keyed }));
    expect(await verifyIt(made.id)).toMatchObject({ verdict: "rejected", authentic: true });
  });
});

describe("what does not answer a request", () => {
  it.each<[string, Partial<PresentOrder>, string]>([
    ["another challenge", { nonce: new Uint8Array(16) }, "NONCE_MISMATCH"],
    ["another counter's", { audience: "别的窗口" }, "AUDIENCE_MISMATCH"],
    ["a claim too few", { disclose: ["holderName"] }, "CLAIM_MISSING (birthDate)"],
    ["a stranger's key", { holderKey: stranger }, "ROOT_MISMATCH"],
    ["one that has run out", { now: NOW - 61 }, "PRESENTATION_EXPIRED"],
  ])("is refused and burns nothing: %s", async (_, changes, why) => {
    const made = await request();
    await expect(answerRequest(desk, made.id, shownFor(made, changes))).rejects.toMatchObject({
      code: "PRESENTATION_UNFIT",
      detail: expect.stringContaining(why),
    });
    expect(await stateOf(made.id)).toBe("open");
    await answerRequest(desk, made.id, shownFor(made));
    expect((await verifyIt(made.id)).verdict).toBe("accepted");
  });

  it("is refused where the matter wants the holder's own key and there is none", async () => {
    const items = new ServiceItems([{ ...ITEM, requiresHolder: true }]);
    desk = newDesk({ items });
    const made = await request();
    const { holderKey: _key, ...unsigned } = {
      ...{ certificate: usual.bearer, disclose: made.claims, holderKey: holder },
      ...{ audience: made.audience, nonce: fromHex(made.nonce) as Uint8Array, now, lifetime: 60 },
    };
    const shown = toQrText(presentCertificate(primitives, unsigned));
    await expect(answerRequest(desk, made.id, shown)).rejects.toMatchObject({
      detail: "HOLDER_PROOF_REQUIRED",
    });
  });

  it("is refused where it is of another type, or where nobody can tell now of which", async () => {
    const items = new ServiceItems([
      { ...ITEM, types: [...ITEM.types, { ...ITEM.types[0], type: "9".repeat(21) } as never] },
    ]);
    desk = newDesk({ items });
    const made = await request({ type: "9".repeat(21) });
    await expect(answerRequest(desk, made.id, shownFor(made))).rejects.toMatchObject({
      detail: `type ${"9".repeat(21)} expected, ${MARRIAGE}`,
    });
    const usualOne = await request();
    desk = newDesk({ items, view: () => null });
    await expect(answerRequest(desk, usualOne.id, shownFor(usualOne))).rejects.toMatchObject({
      detail: expect.stringContaining("can't tell"),
    });
    expect(await stateOf(usualOne.id)).toBe("open");
  });

  it.each(["", "hello", "LZ1:", `LZR:${PUBLIC_HOST}/8QZ3vN1xT0eYb2kLw6mRfA`, "x".repeat(5000)])(
    "is refused where it is nothing: %.20s",
    async (presentation) => {
      const made = await request();
      await expect(answerRequest(desk, made.id, presentation)).rejects.toMatchObject({
        code: "PRESENTATION_UNFIT",
      });
    },
  );

  it("is an answer to nothing where no such request is", async () => {
    const made = await request();
    await expect(answerRequest(desk, "x".repeat(22), shownFor(made))).rejects.toMatchObject({
      code: "PRESENTATION_REQUEST_UNKNOWN",
    });
    await expect(findRequest(desk, { code: "999999999" })).rejects.toMatchObject({
      code: "PRESENTATION_REQUEST_UNKNOWN",
    });
  });

  it("is whatever was shown for another request", async () => {
    const claims = fc.subarray(["holderName", "birthDate", "住址"], { minLength: 1 });
    const names = fc.constantFrom(COUNTER, "别的窗口");
    await fc.assert(
      fc.asyncProperty(claims, claims, names, names, async (ones, others, name, otherName) => {
        const one = await request({ claims: ones }, counterOf({ name }));
        const other = await request({ claims: others }, counterOf({ name: otherName, id: "C-2" }));
        const shown = shownFor({ ...one, claims: [...one.claims, ...other.claims] });
        await expect(answerRequest(desk, other.id, shown)).rejects.toMatchObject({
          code: "PRESENTATION_UNFIT",
          detail: expect.stringContaining("NONCE_MISMATCH"),
        });
        await answerRequest(desk, one.id, shown);
      }),
      { numRuns: 20 },
    );
  });
});
