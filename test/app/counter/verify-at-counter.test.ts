import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { Client } from "../../../src/app/access/access.ts";
import type { CounterDesk } from "../../../src/app/counter/counter-desk.ts";
import { verifyAtCounter } from "../../../src/app/counter/verify-at-counter.ts";
import type { CounterQuestion } from "../../../src/app/counter/verify-at-counter.ts";
import { HIDDEN } from "../../../src/core/catalogue/mask.ts";
import { Problem } from "../../../src/core/problem.ts";
import { ServiceItems } from "../../../src/core/service-items/service-item.ts";
import type { Given } from "../../../src/core/verify/case.ts";
import { clientOf } from "../../support/access.ts";
import {
  CAUSE,
  DEFINITIONS,
  ITEM,
  UsesInMemory,
  counterOf,
  deskOver,
} from "../../support/counter-desk.ts";
import { HANGZHOU, SANYA } from "../../support/ledger-story.ts";
import { fileOf } from "../../support/present.ts";
import { CHALLENGE, COUNTER, stranger, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const view = usual.story.view();
const ITEMS = new ServiceItems([ITEM]);
const ADDRESS = "192.0.2.7";

interface Asking extends CounterQuestion {
  readonly client?: Client | null;
}

function newDesk(changes: Partial<CounterDesk> = {}) {
  const uses = new UsesInMemory();
  return { desk: deskOver(primitives, view, { uses, ...changes }), uses };
}

function ask(desk: CounterDesk, given: Given, { client = counterOf(), ...question }: Asking = {}) {
  return verifyAtCounter(desk, { client, address: ADDRESS }, given, question);
}

const codesOf = (answer: { checks: readonly { code?: string }[] }) =>
  answer.checks.flatMap(({ code }) => code ?? []);
const strict = { nonce: CHALLENGE, useCause: CAUSE };

describe("a counter that verifies", () => {
  it("is told what its service item names, the rest masked, and gets the record's reference", async () => {
    const { desk, uses } = newDesk({ items: ITEMS });
    const asked = { ...strict, purpose: ITEM.names.zh };
    const answer = await ask(desk, usual.signed(), asked);
    expect(answer).toMatchObject({
      verdict: "accepted",
      claims: {
        holderName: "王小明1",
        birthDate: "1990-05-17",
        住址: "三亚市吉阳区解放路1号",
        registryNumber: 1,
        children: ["王*", "王*"],
        isFirst: HIDDEN,
      },
      masked: expect.arrayContaining(["children", "isFirst"]),
      receipt: { id: "R-1", number: 1 },
    });
    expect(answer.masked).toHaveLength(2);
    expect(uses.kept).toMatchObject([
      { mode: "qr", useCause: CAUSE, caller: { client: { name: COUNTER } } },
    ]);
    expect(new Set(uses.kept[0]?.claims)).toEqual(new Set(Object.keys(answer.claims)));
  });

  it("that names no service item where there are some is told nothing personal in full", async () => {
    const { desk } = newDesk({ items: ITEMS });
    const { claims } = await ask(desk, usual.printed(), { useCause: CAUSE });
    expect(claims).toEqual({
      ...{ holderName: "王**3", birthDate: HIDDEN, 住址: "三亚市吉阳区****" },
      ...{ registryNumber: 3, children: ["王*", "王*"], isFirst: HIDDEN },
    });
  });

  it("is told all but sensitive claims where no service items are configured", async () => {
    const { desk } = newDesk();
    const { claims, masked } = await ask(desk, usual.printed(), { useCause: CAUSE });
    expect(claims).toMatchObject({ holderName: "王小明3", 住址: "三亚市吉阳区****" });
    expect(masked).toEqual(["住址"]);
  });

  it("must say what for, and nothing is used up or kept while it does not", async () => {
    const { desk, uses } = newDesk();
    const shown = usual.signed();
    await expect(ask(desk, shown, { nonce: CHALLENGE })).rejects.toMatchObject({
      code: "USE_CAUSE_REQUIRED",
      detail: expect.stringContaining("holderName"),
    });
    expect(uses.kept).toEqual([]);
    expect((await ask(desk, shown, strict)).verdict).toBe("accepted");
    expect(codesOf(await ask(desk, shown, strict))).toEqual(["REPLAYED"]);
    expect(uses.kept.map(({ judged }) => judged.verdict.verdict)).toEqual(["accepted", "rejected"]);
  });

  it("need say nothing where nothing personal would be told: a forgery, or what can't be read", async () => {
    const { desk } = newDesk();
    const forged = fileOf(usual.bearer);
    forged.certificate.claims[0] = { ...forged.certificate.claims[0], value: "张三" } as never;
    for (const given of [forged, { qr: "hello" }]) {
      expect(await ask(desk, given)).toMatchObject({ verdict: "rejected", claims: {}, masked: [] });
    }
  });

  it("asks as itself: what was made for another counter is not for it", async () => {
    const { desk } = newDesk();
    const client = counterOf({ name: "别的窗口" });
    expect(codesOf(await ask(desk, usual.signed(), { ...strict, client }))).toEqual([
      "AUDIENCE_MISMATCH",
    ]);
    await expect(
      ask(desk, usual.signed(), { ...strict, client, audience: COUNTER }),
    ).rejects.toMatchObject({ code: "COUNTER_MISMATCH" });
    expect((await ask(desk, usual.signed(), { ...strict, audience: COUNTER })).verdict).toBe(
      "accepted",
    );
  });

  it("asks for its own region or one below it, and for no other", async () => {
    const { desk } = newDesk();
    const own = await ask(desk, usual.printed(), { useCause: CAUSE });
    expect(own.recognition).toMatchObject({ by: "rule", ruleId: 1 });
    const below = await ask(desk, usual.printed(), { useCause: CAUSE, region: "330106" });
    expect(below.recognition).toMatchObject({ by: "rule" });
    for (const region of ["330000", "460000", "0"]) {
      const asked = ask(desk, usual.printed(), { useCause: CAUSE, region });
      await expect(asked).rejects.toMatchObject({ code: "COUNTER_MISMATCH" });
    }
    const client = counterOf({ region: null });
    const free = await ask(desk, usual.printed(), { useCause: CAUSE, region: "0", client });
    expect(free.recognition).not.toEqual(own.recognition);
  });

  it("that handles some service items can name no other", async () => {
    const { desk } = newDesk({ items: ITEMS });
    const asked = { useCause: CAUSE, purpose: ITEM.code };
    const handles = (code: string) => counterOf({ serviceItems: [code] });
    expect(
      (await ask(desk, usual.printed(), { ...asked, client: handles(ITEM.code) })).claims,
    ).toMatchObject({ holderName: "王小明3" });
    for (const [client, purpose] of [
      [handles("other"), ITEM.code],
      [handles(ITEM.code), "no such item"],
    ] as const) {
      await expect(ask(desk, usual.printed(), { ...asked, client, purpose })).rejects.toMatchObject(
        {
          code: "PURPOSE_NOT_ALLOWED",
        },
      );
    }
  });

  it("is held to what the matter itself demands: the holder in person, and its claims", async () => {
    const [type] = ITEM.types;
    const types = [{ ...type, claims: ["salary"], required: ["salary"] } as never];
    const items = new ServiceItems([{ ...ITEM, requiresHolder: true, types }]);
    const { desk } = newDesk({ items });
    const asked = { useCause: CAUSE, purpose: ITEM.code, requiredClaims: ["photo"] };
    const answer = await ask(desk, usual.printed(), asked);
    expect(codesOf(answer)).toEqual(["HOLDER_PROOF_REQUIRED", "CLAIM_MISSING"]);
    expect(answer.checks.at(-1)?.detail).toBe("photo, salary");
  });

  it("is demanded nothing of a type that the item does not ask for", async () => {
    const items = new ServiceItems([
      { ...ITEM, types: [{ ...ITEM.types[0], type: "other" } as never] },
    ]);
    const { desk } = newDesk({ items });
    const asked = { useCause: CAUSE, purpose: ITEM.code };
    const answer = await ask(desk, usual.printed(), asked);
    expect(answer).toMatchObject({ verdict: "accepted", claims: { holderName: "王**3" } });
    const unread = newDesk({ items, view: () => null }).desk;
    expect(await ask(unread, usual.printed(), asked)).toMatchObject({ verdict: "indeterminate" });
    expect(await ask(unread, { qr: "hello" }, asked)).toMatchObject({ verdict: "rejected" });
  });

  it("gets the signed receipt where it asks for it", async () => {
    const { desk } = newDesk();
    const answer = await ask(desk, usual.printed(), { useCause: CAUSE, isReceiptSigned: true });
    expect(answer.receipt).toMatchObject({ id: "R-1", receipt: expect.stringMatching(/^ey/) });
  });

  it("gets no answer where the use can't be kept", async () => {
    const lost = () => Promise.reject(new Problem("DISK_FAILED", "service.sqlite"));
    const { desk } = newDesk({ uses: { record: lost, recordSigned: lost } });
    await expect(ask(desk, usual.printed(), { useCause: CAUSE })).rejects.toMatchObject({
      code: "DISK_FAILED",
    });
  });

  it("tells whoever counts of each verdict, the one that was given", async () => {
    const given: string[] = [];
    const { desk } = newDesk({ onVerdict: ({ verdict }) => given.push(verdict) });
    const shown = usual.signed();
    await ask(desk, shown, strict);
    await ask(desk, shown, strict);
    expect(given).toEqual(["accepted", "rejected"]);
  });
});

describe("others that verify", () => {
  const full = { useCause: CAUSE };

  it("an agency sees its own certificates whole, and others' masked", async () => {
    const { desk } = newDesk({ items: ITEMS });
    const agency = (code: string) => clientOf("agency", { agency: code, region: null });
    const own = await ask(desk, usual.printed(), { ...full, client: agency(SANYA.code) });
    expect(own).toMatchObject({
      masked: [],
      claims: { 住址: "三亚市吉阳区解放路1号", isFirst: true },
    });
    const other = await ask(desk, usual.printed(), { ...full, client: agency(HANGZHOU.code) });
    expect(other.claims).toMatchObject({ holderName: "王**3", 住址: "三亚市吉阳区****" });
  });

  it("an authority is told claims masked, whatever it says it is for", async () => {
    const { desk } = newDesk({ items: ITEMS });
    const client = clientOf("authority", { region: "0" });
    const { claims } = await ask(desk, usual.printed(), { ...full, client, purpose: ITEM.code });
    expect(claims).toMatchObject({ holderName: "王**3", registryNumber: 3 });
  });

  it.each(["auditor", "administrator"] as const)("an %s is told no claims", async (role) => {
    const { desk, uses } = newDesk();
    const client = clientOf(role, { region: null });
    const answer = await ask(desk, usual.printed(), { client });
    expect(answer).toMatchObject({ verdict: "accepted", claims: {}, receipt: { id: "R-1" } });
    expect(uses.kept[0]?.claims).toEqual([]);
  });

  it("anyone is told verdict, type, agency and validity, and leaves a record", async () => {
    const { desk, uses } = newDesk();
    const answer = await ask(desk, usual.printed(), { client: null });
    expect(answer).toMatchObject({ verdict: "accepted", claims: {}, masked: [], receipt: null });
    expect(Object.keys(answer.certificate ?? {}).sort()).toEqual(
      [
        ...["agency", "agencyName", "notAfter", "notBefore", "region", "regionName"],
        ...["schemaVersion", "successor", "type", "typeName"],
      ].sort(),
    );
    expect(uses.kept).toMatchObject([{ caller: { client: null }, claims: [], useCause: null }]);
  });

  it("anyone uses up a signed code as a counter does", async () => {
    const { desk } = newDesk();
    const asked = { client: null, audience: COUNTER, nonce: CHALLENGE };
    const shown = usual.signed();
    expect((await ask(desk, shown, asked)).verdict).toBe("accepted");
    expect(codesOf(await ask(desk, shown, asked))).toEqual(["REPLAYED"]);
  });

  it("anyone is told why in codes and the chain's words, and nothing of what is shown", async () => {
    const { desk } = newDesk();
    const asked = { client: null, region: "330100", requiredClaims: ["王小明的秘密"] };
    const answer = await ask(desk, usual.signed({}, stranger), asked);
    for (const { check, detail } of answer.checks) {
      if (!["anchor", "issuer", "status", "validity", "recognition"].includes(check)) {
        expect(detail).toBeUndefined();
      }
    }
    expect(JSON.stringify(answer)).not.toMatch(/王|杭州市民政局3号窗口/);
    const revoked = usualCase(primitives);
    revoked.story.setStatus(revoked.batch, 3, 5);
    const desk2 = deskOver(primitives, revoked.story.view());
    const told = await ask(desk2, revoked.printed(), { client: null });
    expect(told.checks.find(({ code }) => code === "REVOKED")?.detail).toMatch(/^the certificate/);
  });
});

describe("whatever is asked by whomever", () => {
  const PERSONAL = ["王小明", "1990-05-17", "解放路", "王一", "王二"];
  const roles = fc.constantFrom(
    ...(["counter", "agency", "authority", "auditor", "administrator", null] as const),
  );
  const items = fc.constantFrom(new ServiceItems([]), ITEMS);
  const purposes = fc.constantFrom(undefined, ITEM.code, ITEM.names.zh, "别的事项");
  const shown = fc.constantFrom(usual.printed(), usual.signed(), fileOf(usual.bearer));

  it("no answer holds anything personal unless a role that may said what for, and then no more than its right", async () => {
    await fc.assert(
      fc.asyncProperty(
        roles,
        items,
        purposes,
        fc.boolean(),
        shown,
        async (role, all, purpose, says, given) => {
          const { desk, uses } = newDesk({ items: all });
          const client =
            role === null ? null : clientOf(role, { region: null, agency: HANGZHOU.code });
          const question = {
            client,
            ...(purpose !== undefined && { purpose }),
            ...(says && { useCause: CAUSE }),
          };
          const answer = await ask(desk, given, question).catch((error: unknown) => error);
          if (answer instanceof Problem) {
            expect([answer.code, says]).toEqual(["USE_CAUSE_REQUIRED", false]);
            expect(uses.kept).toEqual([]);
            return;
          }
          expect(uses.kept).toHaveLength(1);
          const text = JSON.stringify(answer);
          const isTold =
            role === "counter" &&
            (all === ITEMS ? purpose !== undefined && purpose !== "别的事项" : true);
          if (!isTold || !says) for (const word of PERSONAL) expect(text).not.toContain(word);
          if (role === null) expect(text).not.toContain("王");
        },
      ),
      { numRuns: 200 },
    );
  });

  it("the catalogue of these tests describes the usual claims", () => {
    expect(DEFINITIONS.of(ITEM.types[0]?.type ?? "", 1).size).toBe(5);
  });
});
