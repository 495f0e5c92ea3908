/** What is shown of a certificate, how its code stays fresh, and what stands before a holder's answer. */
import { beforeEach, describe, expect, it } from "@jest/globals";
import type { PresentationRequest, ServiceItem } from "../../clients/javascript/src/index.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { readQr } from "../../src/adapters/qr/read-qr.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { Binding } from "../../src/core/presentation/binding.ts";
import { narrowProof } from "../../src/core/presentation/disclose.ts";
import { decodePresentation } from "../../src/core/presentation/presentation.ts";
import { PartAssembler } from "../../src/core/presentation/qr-parts.ts";
import { fromQrText, toQrText } from "../../src/core/presentation/qr-text.ts";
import { drawCodes, shownWidth } from "../../src/web/parts/code-drawing.ts";
import type { DrawnCode } from "../../src/web/parts/code-drawing.ts";
import { answerText, candidatesFor } from "../../src/web/pages/showing/answer.ts";
import { choicesOf, defaultNames, presetsOf } from "../../src/web/pages/showing/claim-choice.ts";
import { dayFrom, draftFaults, orderOf } from "../../src/web/pages/showing/delegation-draft.ts";
import type { Draft } from "../../src/web/pages/showing/delegation-draft.ts";
import { limitOf, presenterOf } from "../../src/web/pages/showing/present-held.ts";
import { Renewal } from "../../src/web/pages/showing/renewal.ts";
import { doubtsOf, hostKind } from "../../src/web/pages/showing/request-doubts.ts";
import { makeOffline, makeReference } from "../../src/web/pages/showing/shown-code.ts";
import type { CodeScreen } from "../../src/web/pages/showing/shown-code.ts";
import { WakeLock } from "../../src/web/pages/showing/wake-lock.ts";
import type { Held } from "../../src/web/vault/held.ts";
import { CAUSE, ITEM } from "../support/counter-desk.ts";
import { MARRIAGE, NOW, sanyaDocumentKey } from "../support/ledger-story.ts";
import { bindingFor, proofOf } from "../support/present.ts";
import { seededBytes } from "../support/seeded.ts";
import { CHALLENGE, COUNTER, PLAIN, STRICT, holder, usualCase } from "../support/usual-case.ts";
import { storyType } from "./support/story-type.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const { definition } = storyType(primitives);
const { bearer, keyed } = usual;
const PHONE: CodeScreen = { width: 360, ratio: 3 };
const signer = { sign: (_: string, message: Uint8Array) => Promise.resolve(holder.sign(message)) };

function held(changes: Partial<Held> = {}): Held {
  const binding = bindingFor(bearer, holder, sanyaDocumentKey);
  return {
    ...{ id: "1", holding: { kind: "own", certificate: bearer }, holderKey: holder.publicKey },
    ...{ binding, bindingEnds: NOW + 86_400, definition, template: null, agencyUrl: null },
    ...{ addedAt: NOW, usedAt: null, useCount: 0, status: null, ...changes },
  };
}

const grant = { delegate: "李四", reason: "relative", grantor: "王小明3" } as const;
const granted = ["holderName", "birthDate"];

/** Somebody else's certificate, which may be shown for one matter. */
function delegatedHeld(until = NOW + 86_400): Held {
  const hash = suiteHash(primitives, bearer.suite);
  const proof = narrowProof(hash, proofOf(primitives, bearer), new Set(granted));
  const matters = [ITEM.code];
  const times = { issuedAt: NOW - 60, expiresAt: NOW + 3_600 };
  const changes = { ...times, grant: { ...grant, matters } };
  const binding = bindingFor(bearer, holder, sanyaDocumentKey, changes);
  const delegated = { id: "0".repeat(32), proof, claims: granted, until, matters, ...grant };
  return held({ holding: { kind: "delegated", delegated }, binding });
}

const item: ServiceItem = {
  ...{ code: ITEM.code, names: ITEM.names, requiresHolder: false, causes: [CAUSE] },
  types: [
    {
      ...{ type: MARRIAGE, typeName: null, claims: [] },
      ...{ allowed: ["holderName", "birthDate"], required: ["birthDate"] },
    },
  ],
};

describe("The choice of claims", () => {
  const choices = choicesOf(held());

  it("has what is always shown first, then the others as the type orders them", () => {
    expect(choices.map(({ name }) => name)).toEqual([
      ...["holderName", "registryNumber", "birthDate", "住址", "children", "isFirst"],
    ]);
    expect(choices.filter(({ isAlways }) => isAlways)).toHaveLength(1);
    expect(choices.filter(({ isSensitive }) => isSensitive).map(({ name }) => name)).toEqual([
      ...["birthDate", "住址", "isFirst"],
    ]);
  });

  it("is at first what must be shown and nothing more", () => {
    expect(defaultNames(choices)).toEqual(["holderName"]);
  });

  it("is at first all that is no secret where nothing must be shown, and of an unknown type nothing", () => {
    const free = { ...definition, alwaysDisclosed: [] };
    expect(defaultNames(choicesOf(held({ definition: free })))).not.toContain("birthDate");
    expect(defaultNames(choicesOf(held({ definition: null })))).toEqual([]);
  });

  it("can be made for a purpose at one touch, with what that matter needs of this type", () => {
    const presets = presetsOf(choices, [item], MARRIAGE);
    expect(presets.map(({ kind }) => kind)).toEqual(["least", "notSensitive", "matter"]);
    expect(presets[1]?.names).toEqual(["holderName", "registryNumber", "children"]);
    expect(presets[2]).toMatchObject({ words: ITEM.names, names: ["holderName", "birthDate"] });
  });

  it("offers no matter twice, nor one that needs no more, nor one of another type", () => {
    const [asked] = item.types;
    const other = { ...item, types: [{ ...asked, type: "x" }] } as ServiceItem;
    const needsLittle = { ...item, types: [{ ...asked, required: ["holderName"] }] } as ServiceItem;
    const kinds = presetsOf(choices, [item, item, other, needsLittle], MARRIAGE);
    expect(kinds.map(({ kind }) => kind)).toEqual(["least", "notSensitive", "matter"]);
    expect(presetsOf(choices, [item], null)).toHaveLength(2);
  });

  it("of somebody else's certificate is among what its holder granted", () => {
    expect(choicesOf(delegatedHeld()).map(({ name }) => name)).toEqual(granted);
  });
});

describe("A presentation from the wallet", () => {
  const strict = { audience: COUNTER, nonce: CHALLENGE };

  it("proves its holder by the binding, and answers a counter alone", async () => {
    const present = presenterOf(primitives, held(), ["holderName", "birthDate"], signer);
    const qr = toQrText(await present(NOW, strict));
    expect(usual.judge({ qr }, STRICT).usable).toBe(true);
    expect(usual.judge({ qr }, { ...STRICT, audience: "别的窗口" }).usable).toBe(false);
  });

  it("is refused after its minute", async () => {
    const present = presenterOf(primitives, held(), ["holderName"], signer);
    const qr = toQrText(await present(NOW));
    expect(usual.judge({ qr }, PLAIN).usable).toBe(true);
    expect(usual.judge({ qr }, { ...PLAIN, now: NOW + 61 }).usable).toBe(false);
  });

  it("proves its holder by the leaf where that names the key", async () => {
    const own = held({ holding: { kind: "own", certificate: keyed }, binding: null });
    const qr = toQrText(
      await presenterOf(primitives, own, ["holderName", "birthDate"], signer)(NOW, strict),
    );
    expect(usual.judge({ qr }, STRICT).usable).toBe(true);
  });

  it("without a key, or a key that nothing names, is a bearer's", async () => {
    for (const changes of [{ holderKey: null }, { binding: null }]) {
      const bytes = await presenterOf(primitives, held(changes), ["holderName"], signer)(NOW);
      expect(decodePresentation(bytes).sign1).toBeUndefined();
    }
  });

  it("by a delegate names both, for the matters granted alone, with no claim beyond", async () => {
    const bytes = await presenterOf(primitives, delegatedHeld(), ["holderName"], signer)(NOW);
    const { binding, proof } = decodePresentation(bytes);
    expect((binding as Binding).grant).toMatchObject(grant);
    expect(proof.disclosed.map(({ name }) => name)).toEqual(["holderName"]);
    const holderCheck = (purpose: string): unknown => {
      const { checks } = usual.judge({ qr: toQrText(bytes) }, { ...PLAIN, purpose });
      return checks.find(({ check }) => check === "holder");
    };
    expect(holderCheck(ITEM.code)).toMatchObject({ result: "pass" });
    expect(holderCheck("330100-MZ-999")).toMatchObject({ code: "GRANT_NOT_FOR_PURPOSE" });
  });

  it.each<[string, Held, string | null]>([
    ["nothing where its holder is proven", held(), null],
    [
      "a key elsewhere",
      held({ holding: { kind: "own", certificate: keyed }, holderKey: null }),
      "KEY_ELSEWHERE",
    ],
    [
      "nothing where the leaf names the key",
      held({ holding: { kind: "own", certificate: keyed } }),
      null,
    ],
    ["no key", held({ holderKey: null }), "NO_KEY"],
    ["no binding", held({ binding: null, bindingEnds: null }), "NO_KEY"],
    ["a binding that has ended", held({ bindingEnds: NOW }), "BINDING_ENDED"],
    ["a delegation that has ended", delegatedHeld(NOW), "DELEGATION_ENDED"],
  ])("is held back by %s", (_, what, limit) => {
    expect(limitOf(what, NOW)).toBe(limit);
  });
});

describe("The code on the screen", () => {
  const read = async (dots: Uint8ClampedArray, side: number): Promise<string> => {
    return readQr(bitmap(dots, side), "code");
  };

  it("is read as it was written, black on white, with a white edge of four squares", async () => {
    const { side, pictures } = drawCodes([toQrText(seededBytes("short", 200))]);
    const [dots] = pictures as [Uint8ClampedArray];
    expect(dots.subarray(0, 4 * 4 * side).every((part) => part === 255)).toBe(true);
    expect(await read(dots, side)).toBe(toQrText(seededBytes("short", 200)));
  });

  const made = async (bytes: Uint8Array, screen: CodeScreen): Promise<DrawnCode> => {
    return (await makeOffline(() => Promise.resolve(bytes), NOW * 1000, screen)).code;
  };

  it("holds 850 bytes in one, more in parts of one size that give the whole again", async () => {
    expect((await made(seededBytes("one", 850), PHONE)).pictures).toHaveLength(1);
    const long = seededBytes("long", 1_301);
    const { side, pictures } = await made(long, PHONE);
    expect(pictures).toHaveLength(2);
    const assembler = new PartAssembler();
    const texts = await Promise.all(pictures.map((dots) => read(dots, side)));
    const whole = texts.map((text) => assembler.take(text)?.text).at(-1);
    expect(fromQrText(String(whole))).toEqual(long);
  });

  it("is in parts too where its squares would be finer than half a millimetre", async () => {
    const bytes = seededBytes("one", 850);
    expect((await made(bytes, { width: 320, ratio: 1 })).pictures).toHaveLength(2);
    expect((await made(seededBytes("one", 300), { width: 320, ratio: 1 })).pictures).toHaveLength(
      1,
    );
  });

  it("is as wide as whole dots of the screen allow", () => {
    const code = drawCodes(["LZ1:"]);
    expect(code.side).toBe(29);
    expect(shownWidth(code, 100, 1)).toBe(87);
    expect(shownWidth(code, 100, 3)).toBeCloseTo(96.67, 2);
    expect(shownWidth(code, 10, 1)).toBe(29);
  });

  it("ends a minute after the second it was made in, offline as by reference", async () => {
    const present = presenterOf(primitives, held(), ["holderName"], signer);
    const left: string[] = [];
    const leave = (text: string) => {
      left.push(text);
      return Promise.resolve("LZR:verify.example/8QZ3vN1xT0eYb2kLw6mRfA");
    };
    const at = NOW * 1000 + 999;
    expect((await makeOffline(present, at, PHONE)).endsAt).toBe((NOW + 60) * 1000);
    const { code, endsAt } = await makeReference(present, leave, at);
    expect(endsAt).toBe((NOW + 60) * 1000);
    expect(await read(code.pictures[0] as Uint8ClampedArray, code.side)).toMatch(/^LZR:/);
    expect(usual.judge({ qr: left[0] as string }, PLAIN).usable).toBe(true);
  });
});

describe("Renewal", () => {
  let made: number[];
  let fails: boolean;
  let renewal: Renewal<string>;
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const tick = async (now: number) => {
    renewal.tick(now);
    await settled();
    return renewal.code;
  };

  beforeEach(() => {
    made = [];
    fails = false;
    renewal = new Renewal((now) => {
      if (fails) return Promise.reject(new Error("no network"));
      made.push(now);
      return Promise.resolve({ code: `code ${String(made.length)}`, endsAt: now + 60_000 });
    });
  });

  it("shows another every 30 seconds, made ready before it is wanted", async () => {
    expect(renewal.code).toBeNull();
    expect(await tick(1_000)).toBe("code 1");
    expect(await tick(27_999)).toBe("code 1");
    expect(made).toEqual([1_000]);
    expect(await tick(28_000)).toBe("code 1");
    expect(made).toEqual([1_000, 28_000]);
    expect(renewal.secondsLeft(28_000)).toBe(3);
    renewal.tick(31_000);
    expect(renewal.code).toBe("code 2");
    expect(renewal.secondsLeft(31_000)).toBe(30);
  });

  it("shows none past its end, though nothing better can be had", async () => {
    await tick(0);
    fails = true;
    expect(await tick(27_000)).toBe("code 1");
    expect(renewal.trouble).toMatchObject({ message: "no network" });
    expect(await tick(59_999)).toBe("code 1");
    expect(renewal.secondsLeft(59_999)).toBe(0);
    expect(await tick(60_000)).toBeNull();
    expect(renewal.secondsLeft(60_000)).toBe(0);
  });

  it("tries again two seconds after a failure, and says no more of it then", async () => {
    fails = true;
    await tick(0);
    fails = false;
    expect(await tick(1_999)).toBeNull();
    expect(await tick(2_000)).toBe("code 1");
    expect(renewal.trouble).toBeNull();
  });

  it("goes on where the clock is when the phone slept", async () => {
    await tick(0);
    expect(await tick(3_600_000)).toBe("code 2");
  });

  it("shows nothing of what was dropped, nor of what was being made then", async () => {
    renewal.tick(0);
    renewal.drop();
    await settled();
    expect(renewal.code).toBeNull();
    expect(await tick(1)).toBe("code 2");
    renewal.drop();
    expect(renewal.code).toBeNull();
  });
});

describe("A counter's request", () => {
  const request: PresentationRequest = {
    ...{ id: "8QZ3vN1xT0eYb2kLw6mRfA", state: "open", audience: COUNTER, useCause: CAUSE },
    ...{ region: "330100", regionName: { zh: "浙江省（330100）", en: "Zhejiang (330100)" } },
    ...{ purpose: ITEM.names.zh, purposeName: ITEM.names, type: MARRIAGE, typeName: null },
    claims: [{ name: "birthDate", words: { zh: "出生日期", en: "Birth date" } }],
    ...{ requiresHolder: true, nonce: toHex(CHALLENGE), expiresAt: "2026-04-11T00:05:00Z" },
  };
  const at = { items: [item], now: NOW };
  const first = (changes: Partial<PresentationRequest>, what: Held) => {
    return candidatesFor({ ...request, ...changes }, [what], at)[0];
  };

  it("is answered with its nonce, for its audience, with what it asks and what is always shown", async () => {
    const [candidate] = candidatesFor(request, [held()], at);
    if (candidate === undefined) throw new Error("no candidate");
    expect(candidate).toMatchObject({ obstacle: null, lacking: [] });
    expect(candidate.shown.map(({ name }) => name)).toEqual(["holderName", "birthDate"]);
    const qr = await answerText(primitives, request, candidate, { signer, now: NOW });
    expect(usual.judge({ qr }, STRICT).usable).toBe(true);
    const odd = { ...request, nonce: "not hex" };
    const answer = answerText(primitives, odd, candidate, { signer, now: NOW });
    await expect(answer).rejects.toMatchObject({ code: "SERVER_FAULT" });
  });

  it("is for certificates of its type, those that can answer first", () => {
    const imported = held({ id: "2", holderKey: null });
    const other = held({
      id: "3",
      holding: { kind: "own", certificate: { ...bearer, type: "x" } },
    });
    const found = candidatesFor(request, [imported, other, held()], at);
    expect(found.map(({ held: { id }, obstacle }) => [id, obstacle])).toEqual([
      ["1", null],
      ["2", "NEEDS_HOLDER"],
    ]);
  });

  it("can't be answered without what it asks for, the holder, or the holder's leave", () => {
    const claims = [{ name: "salary", words: null }];
    expect(first({ claims }, held())).toMatchObject({
      ...{ obstacle: "LACKS", lacking: [{ zh: "salary", en: "salary" }] },
    });
    expect(first({ requiresHolder: false }, held({ holderKey: null }))?.obstacle).toBeNull();
    const elsewhere = held({ holding: { kind: "own", certificate: keyed }, holderKey: null });
    expect(first({ requiresHolder: false }, elsewhere)?.obstacle).toBe("NEEDS_HOLDER");
    expect(first({}, delegatedHeld())?.obstacle).toBeNull();
    expect(first({}, delegatedHeld(NOW))?.obstacle).toBe("NOT_GRANTED");
    expect(first({ purpose: "别的事项" }, delegatedHeld())?.obstacle).toBe("NOT_GRANTED");
  });

  it.each<[string, Partial<PresentationRequest>, string[]]>([
    ["nothing that is always shown", {}, []],
    [
      "a name with a hidden mark of direction",
      { audience: "杭州\u202e市民政局" },
      ["NAME_DECEIVES"],
    ],
    ["Cyrillic letters among Latin ones", { audience: "Bаnk of China" }, ["NAME_DECEIVES"]],
    ["a reason that deceives", { useCause: "查\u200b询" }, ["NAME_DECEIVES"]],
    ["no region", { region: null }, ["REGION_UNKNOWN"]],
    ["a matter nobody knows", { purposeName: null }, ["MATTER_UNKNOWN"]],
  ])("makes one stop at %s", (_, changes, doubts) => {
    const always = choicesOf(held()).filter(({ isAlways }) => isAlways);
    expect(doubtsOf({ ...request, ...changes }, always)).toEqual(doubts);
  });

  it("makes one stop where it asks for more than is always shown, and for what is sensitive", () => {
    const shown = (...names: string[]) =>
      choicesOf(held()).filter(({ name }) => names.includes(name));
    expect(doubtsOf(request, shown("holderName", "children"))).toEqual(["ASKS_MORE"]);
    expect(doubtsOf(request, shown("birthDate"))).toEqual(["ASKS_MORE", "ASKS_SENSITIVE"]);
  });

  it.each([
    ["verify.example.gov.cn", "own"],
    ["VERIFY.example.gov.cn", "own"],
    ["verify.example.gov.cn.evil.net", "alike"],
    ["verlfy.example.gov.cn", "alike"],
    ["verify-example.gov.cn", "alike"],
    ["verify.exarnple.gov.cn", "alike"],
    ["verify.example.gov.cm", "alike"],
    ["xn--vrify-9ra.example", "alike"],
    ["vеrify.example.gov.cn", "alike"],
    ["other.province.cn", "other"],
  ])("from %s is from a host that is %s", (host, kind) => {
    expect(hostKind(host, ["verify.example.gov.cn"])).toBe(kind);
  });
});

describe("An order to let somebody else show it", () => {
  const draft: Draft = {
    ...{ delegate: " 李四 ", reason: "relative", matters: [ITEM.code], claims: ["holderName"] },
    lastDay: dayFrom(NOW, 30),
  };

  it("names the certificate, and ends with the day in Beijing", () => {
    expect(draftFaults(draft, NOW)).toEqual([]);
    const order = orderOf(held(), draft);
    expect(order).toMatchObject({ delegate: "李四", index: bearer.batch.index });
    expect(new Date((order.until + 1) * 1000).toISOString()).toMatch(/T16:00:00.000Z$/);
  });

  it.each<[Partial<Draft>, string]>([
    [{ delegate: "  " }, "NAME_MISSING"],
    [{ delegate: "李\u202e四" }, "NAME_UNFIT"],
    [{ delegate: "四".repeat(51) }, "NAME_UNFIT"],
    [{ matters: [] }, "MATTERS_MISSING"],
    [{ matters: Array.from({ length: 17 }, (_, i) => String(i)) }, "MATTERS_TOO_MANY"],
    [{ claims: [] }, "CLAIMS_MISSING"],
    [{ lastDay: dayFrom(NOW, -1) }, "UNTIL_PAST"],
    [{ lastDay: "" }, "UNTIL_PAST"],
    [{ lastDay: dayFrom(NOW, 367) }, "UNTIL_FAR"],
  ])("is not sent with %j: %s", (changes, fault) => {
    expect(draftFaults({ ...draft, ...changes }, NOW)).toEqual([fault]);
  });
});

describe("The screen", () => {
  it("stays on while a code is shown, and no longer", async () => {
    const released: number[] = [];
    let count = 0;
    const request = () => {
      const mine = ++count;
      return Promise.resolve({ release: () => Promise.resolve(void released.push(mine)) });
    };
    const lock = new WakeLock({ wakeLock: { request } });
    await lock.hold();
    await lock.hold();
    expect(released).toEqual([1]);
    await lock.release();
    expect(released).toEqual([1, 2]);
    const late = lock.hold();
    await lock.release();
    await late;
    expect(released).toEqual([1, 2, 3]);
  });

  it("may go dark where the browser can't help it, and nothing else comes of it", async () => {
    await expect(new WakeLock({}).hold()).resolves.toBeUndefined();
    const request = () => Promise.reject(new Error("low battery"));
    await expect(new WakeLock({ wakeLock: { request } }).hold()).resolves.toBeUndefined();
  });
});

/** A picture as a BMP file of 24 bits, each dot as three by three. */
function bitmap(dots: Uint8ClampedArray, side: number): Uint8Array {
  const SCALE = 3;
  const width = side * SCALE;
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * width);
  file.write("BM");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(-width, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const grey = dots[(Math.floor(y / SCALE) * side + Math.floor(x / SCALE)) * 4] as number;
      file.fill(grey, 54 + y * row + x * 3, 54 + y * row + x * 3 + 3);
    }
  }
  return file;
}
