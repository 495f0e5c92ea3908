import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { answerOf } from "../../src/app/answer.ts";
import type { Answer } from "../../src/app/answer.ts";
import {
  presentCertificate,
  presentProof,
  proveChosen,
} from "../../src/app/present-certificate.ts";
import { verifyPresentation } from "../../src/app/verify-presentation.ts";
import type { Question } from "../../src/app/verify-presentation.ts";
import type { Primitives } from "../../src/core/hashing.ts";
import { decodePresentation } from "../../src/core/presentation/presentation.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import type { Given, LedgerView } from "../../src/core/verify/case.ts";
import type { ReplayCache } from "../../src/ports/replay-cache.ts";
import { CHECK_NAMES } from "../../src/core/verify/codes.ts";
import { certificateAt, issueBatch } from "../support/certificate-batch.ts";
import {
  HANGZHOU,
  IDENTITY,
  MARRIAGE,
  NOW,
  SANYA,
  YEAR,
  sanyaDocumentKey,
} from "../support/ledger-story.ts";
import { bindingFor, fileOf } from "../support/present.ts";
import { openServiceAt } from "../support/service-stores.ts";
import { CHALLENGE, COUNTER, holder, stranger, usualCase } from "../support/usual-case.ts";
import type { UsualCase } from "../support/usual-case.ts";

let folder: string;
let primitives: Primitives;
let usual: UsualCase;
let now = NOW;
let count = 0;
const clock = { now: () => now };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-verify-"));
  primitives = await loadPrimitives();
  usual = usualCase(primitives);
});
afterAll(() => rm(folder, { recursive: true }));

interface Replays extends ReplayCache {
  close(): Promise<void>;
}

const openReplays = async (): Promise<Replays> => {
  const { store } = await openServiceAt(join(folder, `${String(count)}.db`), clock);
  return { ...store.replays, close: () => store.close() };
};
const newStore = (): Promise<Replays> => {
  count++;
  return openReplays();
};

/** What a counter in Hangzhou asks. */
const STRICT: Question = {
  region: HANGZHOU.region,
  audience: COUNTER,
  nonce: CHALLENGE,
  requiresHolder: true,
};
const PLAIN: Question = { region: HANGZHOU.region };

async function ask(
  replays: ReplayCache,
  given: Given,
  question: Question,
  view: LedgerView | null = usual.story.view(),
): Promise<Answer> {
  const options = { primitives, clock, replays, maxLedgerAge: 60 };
  return answerOf(await verifyPresentation(options, view, given, question));
}

const codesOf = ({ checks }: Answer): unknown[] => checks.flatMap(({ code }) => code ?? []);

describe("a signed presentation", () => {
  it("is accepted once, and is REPLAYED when it is shown again", async () => {
    const store = await newStore();
    const shown = usual.signed();
    expect(await ask(store, shown, STRICT)).toMatchObject({ verdict: "accepted" });
    for (let i = 0; i < 3; i++) {
      const again = await ask(store, shown, STRICT);
      expect(again).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
      expect(codesOf(again)).toEqual(["REPLAYED"]);
    }
    expect(await ask(store, usual.signed({ issuedAt: NOW - 1 }), STRICT)).toMatchObject({
      verdict: "accepted",
    });
    await store.close();
  });

  it("is accepted by exactly one of fifty counters at once", async () => {
    const [one, other] = [await newStore(), await openReplays()];
    const shown = usual.signed();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => ask(i % 2 === 0 ? one : other, shown, STRICT)),
    );
    expect(answers.filter(({ verdict }) => verdict === "accepted")).toHaveLength(1);
    const rest = answers.filter(({ verdict }) => verdict !== "accepted");
    for (const answer of rest) expect(codesOf(answer)).toEqual(["REPLAYED"]);
    await one.close();
    await other.close();
  });

  it("is the same one again with another signature over the same words", async () => {
    const store = await newStore();
    const [first, second] = [usual.signed(), usual.signed()];
    expect(first).not.toEqual(second);
    expect((await ask(store, first, STRICT)).verdict).toBe("accepted");
    expect(codesOf(await ask(store, second, STRICT))).toEqual(["REPLAYED"]);
    await store.close();
  });

  it("may be shown again when it was refused, since nothing was given for it", async () => {
    const store = await newStore();
    const shown = usual.signed();
    const elsewhere = { ...STRICT, audience: "上海1号窗口" };
    expect(codesOf(await ask(store, shown, elsewhere))).toEqual(["AUDIENCE_MISMATCH"]);
    const unreached = await ask(store, shown, STRICT, null);
    expect(unreached).toMatchObject({ verdict: "indeterminate", authentic: null, ledger: null });
    expect((await ask(store, shown, STRICT)).verdict).toBe("accepted");
    await store.close();
  });

  it("of a stranger does not use up the holder's", async () => {
    const store = await newStore();
    expect(codesOf(await ask(store, usual.signed({}, stranger), STRICT))).toContain(
      "ROOT_MISMATCH",
    );
    expect((await ask(store, usual.signed(), STRICT)).verdict).toBe("accepted");
    await store.close();
  });

  it("is remembered for as long as it could be shown, and not longer", async () => {
    const store = await newStore();
    const shown = usual.signed();
    expect((await ask(store, shown, STRICT)).verdict).toBe("accepted");
    now = NOW + 59;
    expect(codesOf(await ask(store, shown, STRICT))).toEqual(["REPLAYED"]);
    now = NOW + 60;
    expect(codesOf(await ask(store, shown, STRICT))).toEqual(["PRESENTATION_EXPIRED"]);
    now = NOW;
    await store.close();
  });
});

describe("a bearer's presentation and a certificate file", () => {
  it("may be shown any number of times", async () => {
    const store = await newStore();
    for (const given of [usual.printed(), fileOf(usual.bearer)]) {
      for (let i = 0; i < 3; i++) {
        expect((await ask(store, given, PLAIN)).verdict).toBe("accepted");
      }
    }
    await store.close();
  });
});

describe("what a verifier's memory can't do", () => {
  it("a memory that fails is not an acceptance", async () => {
    const broken = { isFirstUse: () => Promise.reject(new Error("disk")) };
    const options = { primitives, clock, replays: broken, maxLedgerAge: 60 };
    const asked = verifyPresentation(options, usual.story.view(), usual.signed(), STRICT);
    await expect(asked).rejects.toThrow("disk");
  });
});

describe("the answer a counter gets", () => {
  it("accepted: ten checks in order with words, the certificate in the chain's names, the rule, the ledger", async () => {
    const store = await newStore();
    const answer = await ask(store, usual.signed(), STRICT);
    expect(answer).toMatchObject({
      verdict: "accepted",
      words: { zh: "有效", en: "Accepted" },
      authentic: true,
      usable: true,
      certificate: {
        type: MARRIAGE,
        typeName: { zh: "结婚证", en: "Marriage certificate" },
        schemaVersion: 1,
        agency: SANYA.code,
        agencyName: SANYA.name,
        region: "460200",
        regionName: { zh: expect.stringContaining("海南"), en: expect.stringContaining("Hainan") },
        notBefore: "2026-01-01T00:00:00Z",
        notAfter: "2030-12-31T00:00:00Z",
        root: usual.batch.root,
        index: 1,
        anchoredAt: "2026-01-01T00:00:00Z",
        successor: null,
      },
      recognition: {
        by: "rule",
        ruleId: 1,
        rule: { effect: "accept", basis: "浙政办〔2025〕1号" },
      },
      ledger: { chainId: 31337, directory: IDENTITY.directory, ageSeconds: 0 },
    });
    expect(answer.checks.map(({ check }) => check)).toEqual(CHECK_NAMES);
    for (const { words, result } of answer.checks) {
      expect(words.zh).not.toBe("");
      expect(words.en).not.toBe("");
      expect(["pass", "skipped"]).toContain(result);
    }
    expect(answer.claims["holderName"]).toBe("王小明1");
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    await store.close();
  });

  it("names the agency that goes on with the work of one that is closed", async () => {
    const store = await newStore();
    const { story, printed } = usualCase(primitives);
    const { code, name } = HANGZHOU;
    story.at(NOW - 50);
    const succession = { agency: SANYA.code, successor: code, effectiveFrom: NOW - 50 };
    story.tell({ kind: "AgencySucceeded", ...succession });
    const answer = await ask(store, printed(), PLAIN, story.view());
    expect(answer).toMatchObject({
      verdict: "accepted",
      certificate: { agencyName: SANYA.name, successor: { code, name } },
    });
    const before = await ask(store, printed(), { ...PLAIN, asKnownAt: NOW - 51 }, story.view());
    expect(before.certificate?.successor).toBeNull();
    await store.close();
  });

  it("rejected: the code, its words and a remedy at the check that failed", async () => {
    const store = await newStore();
    const answer = await ask(
      store,
      usual.printed({ expiresAt: NOW - 5, issuedAt: NOW - 50 }),
      PLAIN,
    );
    expect(answer).toMatchObject({ verdict: "rejected", words: { zh: "不予受理" } });
    const failed = answer.checks.filter(({ result }) => result === "fail");
    expect(failed).toMatchObject([
      {
        check: "freshness",
        code: "PRESENTATION_EXPIRED",
        detail: "5 s ago",
        words: { zh: expect.any(String), en: expect.any(String) },
        remedy: { zh: expect.any(String), en: expect.any(String) },
      },
    ]);
    await store.close();
  });

  it("rejected without a detail has none, and claims that are not proven are not told", async () => {
    const store = await newStore();
    const file = fileOf(usual.bearer);
    file.certificate.claims[0] = { ...file.certificate.claims[0], value: "张三" } as never;
    const answer = await ask(store, file, PLAIN);
    expect(codesOf(answer)).toEqual(["ROOT_MISMATCH"]);
    expect(answer.claims).toEqual({});
    const check = answer.checks.find(({ code }) => code === "ROOT_MISMATCH");
    expect(Object.keys(check ?? {})).not.toContain("detail");
    await store.close();
  });

  it("can't tell: the age that is too great", async () => {
    const store = await newStore();
    const answer = await ask(store, usual.printed(), PLAIN, usual.story.view(NOW - 61));
    expect(answer).toMatchObject({
      verdict: "indeterminate",
      words: { zh: "暂时无法判断", en: "Can't tell" },
      ledger: { ageSeconds: 61 },
    });
    expect(codesOf(answer)).toContain("CHAIN_STALE");
    await store.close();
  });

  it("can't tell where the chain was never reached: what the certificate says of itself, and no names", async () => {
    const store = await newStore();
    const answer = await ask(store, usual.printed(), PLAIN, null);
    expect(answer).toMatchObject({
      verdict: "indeterminate",
      ledger: null,
      certificate: {
        ...{ type: null, typeName: null, schemaVersion: null, agencyName: null },
        ...{ region: null, regionName: null, anchoredAt: null, agency: SANYA.code },
      },
    });
    await store.close();
  });

  it("unreadable: no certificate, no claims, no rule, and every other check waits", async () => {
    const store = await newStore();
    for (const given of [{ qr: "hello" }, { file: "{" }, { certificate: null }]) {
      const answer = await ask(store, given, PLAIN);
      expect(answer).toMatchObject({
        ...{ verdict: "rejected", certificate: null, claims: {}, recognition: null },
        checks: [
          { check: "format", result: "fail", code: "MALFORMED" },
          ...CHECK_NAMES.slice(1).map(() => ({ result: "skipped" })),
        ],
      });
    }
    await store.close();
  });

  it("names no rule for what a region's own agencies issue, and the rule that ran out where one did", async () => {
    const store = await newStore();
    const own = await ask(store, usual.printed(), { region: "460200" });
    expect(own.recognition).toEqual({ by: "own", ruleId: null, rule: null });
    const nobody = await ask(store, usual.printed(), { region: "440000" });
    expect(nobody.recognition).toEqual({ by: "nothing", ruleId: null, rule: null });
    const { story, printed } = usualCase(primitives);
    story.addRule({ recognising: "440000", validUntil: NOW - 5 });
    const expired = await ask(store, printed(), { region: "440000" }, story.view());
    expect(expired.recognition).toMatchObject({ by: "nothing", ruleId: 2 });
    expect(codesOf(expired)).toEqual(["RECOGNITION_EXPIRED"]);
    const unasked = await ask(store, usual.printed(), {});
    expect(unasked.recognition).toBeNull();
    await store.close();
  });

  it("says no end where a certificate has none", async () => {
    const store = await newStore();
    const endless = usualCase(primitives, { notAfter: null });
    const answer = await ask(store, endless.printed(), PLAIN, endless.story.view());
    expect(answer.certificate).toMatchObject({ notAfter: null });
    await store.close();
  });
});

describe("showing a certificate", () => {
  const certificate = () => certificateAt(usual.batch, 1);

  it("tells what was chosen and nothing else, signed and good for as long as asked", async () => {
    const store = await newStore();
    const wire = presentCertificate(primitives, {
      certificate: certificate(),
      disclose: ["birthDate", "holderName"],
      audience: COUNTER,
      nonce: CHALLENGE,
      holderKey: holder,
      now: NOW,
      lifetime: 60,
    });
    const answer = await ask(store, { qr: toQrText(wire) }, STRICT);
    expect(answer.verdict).toBe("accepted");
    expect(answer.claims).toEqual({ birthDate: "1990-05-17", holderName: "王小明1" });
    for (const hidden of ["解放路", "王一"]) {
      expect(Buffer.from(wire).includes(Buffer.from(hidden))).toBe(false);
    }
    await store.close();
  });

  it("on paper has no times and no key", async () => {
    const store = await newStore();
    const order = {
      certificate: certificateAt(usual.batch, 3),
      disclose: ["holderName"],
      now: NOW,
    };
    const wire = presentCertificate(primitives, { ...order, lifetime: null });
    now = NOW + YEAR;
    const view = usual.story.view(now);
    expect((await ask(store, { qr: toQrText(wire) }, PLAIN, view)).verdict).toBe("accepted");
    now = NOW;
    await store.close();
  });

  it("carries the agency's binding where it is given one", async () => {
    const store = await newStore();
    const bearer = certificateAt(usual.batch, 3);
    const order = { certificate: bearer, disclose: ["holderName"], now: NOW, lifetime: 60 };
    const show = (key: typeof holder): Promise<Answer> => {
      const binding = bindingFor(bearer, holder, sanyaDocumentKey);
      const wire = presentCertificate(primitives, { ...order, binding, holderKey: key });
      return ask(store, { qr: toQrText(wire) }, { ...PLAIN, requiresHolder: true });
    };
    expect((await show(holder)).verdict).toBe("accepted");
    expect((await show(stranger)).verdict).toBe("rejected");
    await store.close();
  });

  it("is signed as well by a key that takes its time, or by none", async () => {
    const proof = proveChosen(primitives, certificate(), ["holderName"]);
    const circumstances = { audience: COUNTER, nonce: CHALLENGE, now: NOW, lifetime: 60 };
    const slow = {
      publicKey: holder.publicKey,
      sign: (message: Uint8Array) => Promise.resolve(holder.sign(message)),
    };
    const order = { ...circumstances, certificate: certificate(), disclose: ["holderName"] };
    for (const key of [slow, null]) {
      const atOnce = { ...order, ...(key !== null && { holderKey: holder }) };
      const later = decodePresentation(await presentProof(proof, circumstances, key));
      const { sign1: _later, ...said } = later;
      const { sign1: _now, ...expected } = decodePresentation(
        presentCertificate(primitives, atOnce),
      );
      expect(said).toEqual(expected);
    }
    const store = await newStore();
    const shown = { qr: toQrText(await presentProof(proof, circumstances, slow)) };
    const asked = { ...STRICT, requiredClaims: ["holderName"] };
    expect((await ask(store, shown, asked)).verdict).toBe("accepted");
    await store.close();
  });

  it("says which claims there are when one is asked for that is not there", () => {
    const order = { certificate: certificate(), disclose: ["holderName", "salary", "x"] };
    expect(() => presentCertificate(primitives, { ...order, now: NOW, lifetime: 60 })).toThrow(
      expect.objectContaining({
        code: "CLAIM_UNKNOWN",
        detail: expect.stringMatching(/^salary, x; it has .*holderName/),
      }),
    );
  });
});

describe("two batches of one issue", () => {
  it("have nothing to do with each other: a path of one is no proof in the other", async () => {
    const store = await newStore();
    const other = issueBatch(primitives, { seed: "other" });
    const file = fileOf(certificateAt(other, 2));
    expect(codesOf(await ask(store, file, PLAIN))).toContain("ROOT_NOT_ANCHORED");
    await store.close();
  });
});
