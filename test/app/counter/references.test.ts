import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { clientOf } from "../../support/access.ts";
import type { CounterDesk } from "../../../src/app/counter/counter-desk.ts";
import {
  MAX_REFERENCE_SECONDS,
  makeReference,
  takeReference,
} from "../../../src/app/counter/references.ts";
import { carryOut } from "../../../src/app/counter/verification-order.ts";
import { parseReference } from "../../../src/core/presentation/qr-text.ts";
import { Problem } from "../../../src/core/problem.ts";
import type { Caller } from "../../../src/ports/clients.ts";
import type { ReferencePeers } from "../../../src/ports/presentation-requests.ts";
import {
  CAUSE,
  PUBLIC_HOST,
  UsesInMemory,
  counterOf,
  deskOver,
} from "../../support/counter-desk.ts";
import { NOW } from "../../support/ledger-story.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";
import { CHALLENGE, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const textOf = (given: unknown) => (given as { qr: string }).qr;
const TOKEN = "8QZ3vN1xT0eYb2kLw6mRfA";

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
  const clock = { now: () => now };
  return deskOver(primitives, usual.story.view(), { requests, held, uses, clock, ...changes });
}

const counter: Caller = { client: counterOf(), address: "192.0.2.7" };

function verify(qr: string, useCause: string | undefined = CAUSE, caller = counter) {
  const question = { nonce: CHALLENGE, ...(useCause !== "" && { useCause }) };
  return carryOut(desk, caller, { given: { qr }, question });
}

const tokenOf = (text: string) => parseReference(text)?.token as string;

describe("a code that refers to a presentation", () => {
  it("holds the host and a token, and is verified once as what it refers to", async () => {
    const { text, expiresAt } = await makeReference(desk, textOf(usual.signed()));
    expect(text).toMatch(new RegExp(`^LZR:${PUBLIC_HOST}/[A-Za-z0-9_-]{22}$`));
    expect(Date.parse(expiresAt) / 1000).toBe(NOW + 60);
    expect(await verify(text)).toMatchObject({
      verdict: "accepted",
      claims: { holderName: "王小明1" },
    });
    expect(uses.kept).toMatchObject([{ mode: "reference" }]);
    await expect(verify(text)).rejects.toMatchObject({ code: "REFERENCE_SPENT" });
  });

  it("lives as long as what it refers to, two minutes at most", async () => {
    const long = await makeReference(desk, textOf(usual.printed()));
    expect(Date.parse(long.expiresAt) / 1000).toBe(NOW + MAX_REFERENCE_SECONDS);
    now += MAX_REFERENCE_SECONDS;
    await expect(takeReference(desk, tokenOf(long.text), null)).rejects.toMatchObject({
      code: "REFERENCE_SPENT",
    });
  });

  it("is taken by one of many at once", async () => {
    const { text } = await makeReference(desk, textOf(usual.signed()));
    const ends = await Promise.allSettled(Array.from({ length: 50 }, () => verify(text)));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is not taken from who may not be told what it says without a cause", async () => {
    const { text } = await makeReference(desk, textOf(usual.signed()));
    await expect(verify(text, "")).rejects.toMatchObject({ code: "USE_CAUSE_REQUIRED" });
    expect((await verify(text)).verdict).toBe("accepted");
    for (const client of [null, clientOf("auditor")]) {
      const other = await makeReference(desk, textOf(usual.printed()));
      const question = {};
      const answer = await carryOut(
        desk,
        { client, address: "192.0.2.7" },
        { given: { qr: other.text }, question },
      );
      expect(answer).toMatchObject({ verdict: "accepted", claims: {} });
    }
  });

  it.each([
    ["nothing readable", "hello", "MALFORMED"],
    ["a reference", `LZR:${PUBLIC_HOST}/${TOKEN}`, "UNSUPPORTED_VERSION"],
    ["what has run out", textOf(usual.signed({ issuedAt: NOW - 60, expiresAt: NOW })), "EXPIRED"],
  ])("is not made for %s", async (_, text, why) => {
    await expect(makeReference(desk, text)).rejects.toMatchObject({
      code: "PRESENTATION_UNFIT",
      detail: expect.stringContaining(why),
    });
  });

  it("is kept sealed under a key of its own, and who knows the token alone can take it", async () => {
    const rows: [string, Uint8Array][] = [];
    const held = {
      ...desk.held,
      hold: (key: string, sealed: Uint8Array) => Promise.resolve(void rows.push([key, sealed])),
    };
    const { text } = await makeReference(newDesk({ held }), textOf(usual.signed()));
    const [[key, sealed]] = rows as [[string, Uint8Array]];
    expect(key).not.toContain(tokenOf(text));
    expect(Buffer.from(sealed).toString("latin1")).not.toContain("LZ1");
    const other = { ...desk.held, take: () => Promise.resolve(sealed) };
    await expect(takeReference(newDesk({ held: other }), TOKEN, null)).rejects.toMatchObject({
      code: "REFERENCE_SPENT",
    });
  });
});

describe("a code that refers to another service", () => {
  const asked: string[] = [];
  const peerThat = (take: ReferencePeers["take"]): ReferencePeers => ({
    knows: (host) => host === "verify.zj.example",
    take: (host, token, by) => {
      asked.push(host);
      return take(host, token, by);
    },
  });
  const peer = (token = TOKEN) => `LZR:verify.zj.example/${token}`;

  it("is fetched from there where it is a peer", async () => {
    desk = newDesk({ peers: peerThat(() => Promise.resolve(textOf(usual.signed()))) });
    expect((await verify(peer())).verdict).toBe("accepted");
  });

  it("is fetched in the name of the call, so that a repeat of it is given the same", async () => {
    const named: (string | null)[] = [];
    const take: ReferencePeers["take"] = (_host, _token, by) => {
      named.push(by);
      return Promise.resolve(textOf(usual.printed()));
    };
    desk = newDesk({ peers: peerThat(take) });
    const attempt = { call: "c1".repeat(32), number: 1, begunAt: NOW };
    await verify(peer(), CAUSE, { ...counter, attempt });
    await verify(peer());
    expect(named).toEqual([attempt.call, null]);
  });

  it("says that it is spent where the peer says so, and unreachable where it is: never a verdict", async () => {
    desk = newDesk({ peers: peerThat(() => Promise.resolve(null)) });
    await expect(verify(peer())).rejects.toMatchObject({ code: "REFERENCE_SPENT" });
    const away = new Problem("REFERENCE_UNREACHABLE", "verify.zj.example");
    desk = newDesk({ peers: peerThat(() => Promise.reject(away)) });
    await expect(verify(peer())).rejects.toBe(away);
    expect(uses.kept).toEqual([]);
  });

  it("is never asked where it is none, whoever the code names", async () => {
    desk = newDesk({ peers: peerThat(() => Promise.resolve("LZ1:00")) });
    asked.length = 0;
    for (const host of ["evil.example", "127.0.0.1:8545", "localhost", "169.254.169.254"]) {
      await expect(verify(`LZR:${host}/${TOKEN}`)).rejects.toMatchObject({
        code: "REFERENCE_HOST_UNKNOWN",
        detail: host,
      });
    }
    expect(asked).toEqual([]);
  });

  it("that refers on to a third is followed no further: it can't be read", async () => {
    desk = newDesk({ peers: peerThat(() => Promise.resolve(`LZR:evil.example/${TOKEN}`)) });
    const answer = await verify(peer());
    expect(answer.verdict).toBe("rejected");
    expect(answer.checks[0]).toMatchObject({ check: "format", code: "UNSUPPORTED_VERSION" });
  });

  it("that is no reference is a code that can't be read, as before", async () => {
    const answer = await verify(`LZR:verify.zj.example/short`);
    expect(answer.checks[0]).toMatchObject({ check: "format", code: "UNSUPPORTED_VERSION" });
  });
});
